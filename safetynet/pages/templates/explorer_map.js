"use strict";
/* The map as inline SVG: places come with the page, what is known and what flowed is drawn for a day. */
const snMap = (() => {
  const R = snRecord;
  const NS = "http://www.w3.org/2000/svg";
  const MARKS = ["", "1", "?", "2", "~", "·"];

  function draw(name, attributes, text) {
    const made = document.createElementNS(NS, name);
    for (const one of Object.keys(attributes)) made.setAttribute(one, attributes[one]);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* a curve between two markers that leaves the straight line to one side */
  function bow(a, b) {
    const dx = b.x - a.x, dy = b.y - a.y, long = Math.hypot(dx, dy) || 1;
    const mx = (a.x + b.x) / 2 - dy * 0.14, my = (a.y + b.y) / 2 + dx * 0.14;
    const toward = (from, to, by) => {
      const far = Math.hypot(to.x - from.x, to.y - from.y) || 1;
      return { x: from.x + ((to.x - from.x) / far) * by, y: from.y + ((to.y - from.y) / far) * by };
    };
    const mid = { x: mx, y: my };
    const start = toward(a, mid, Math.min(a.r + 1, long / 3)), end = toward(b, mid, Math.min(b.r + 4, long / 3));
    const n = (value) => Math.round(value * 10) / 10;
    const on = (t) => ({
      x: (1 - t) * (1 - t) * start.x + 2 * t * (1 - t) * mx + t * t * end.x,
      y: (1 - t) * (1 - t) * start.y + 2 * t * (1 - t) * my + t * t * end.y,
    });
    return { d: "M" + n(start.x) + " " + n(start.y) + "Q" + n(mx) + " " + n(my) + " " + n(end.x) + " " + n(end.y), on: on };
  }

  /* one map in a figure */
  class Sheet {
    constructor(svg) {
      this.svg = svg;
      this.size = "";
    }
    /* lay the places out, for a level and a width of screen */
    lay(level, size, hidden, name, onChoose) {
      const plan = R.all.maps[level][size], wanted = level + size + hidden;
      this.plan = plan;
      if (this.wanted === wanted) return;
      this.wanted = wanted;
      this.svg.setAttribute("viewBox", plan.box);
      this.svg.replaceChildren();
      this.lines = draw("g", { class: "lines" });
      this.front = draw("g", { class: "front" });
      const nodes = draw("g", { class: "nodes" }), heads = draw("g", { class: "heads" });
      this.heads = plan.heads.map((head) => ({ text: this.text(head, hidden ? head.h : head.t), of: head.m }));
      heads.append(...this.heads.map((head) => head.text));
      this.home = {};
      this.spots = plan.spots.map((spot) => {
        const group = draw("g", { class: "node " + spot.k });
        const shape = draw("path", {
          class: "shape", d: R.all.shapes[spot.s],
          transform: "translate(" + spot.x + " " + spot.y + ") scale(" + spot.r / 10 + ")",
        });
        const number = draw("text", { class: "mark", x: spot.x, y: spot.q, "font-size": Math.max(9, spot.r * 1.15) });
        group.append(draw("title", {}, name(spot)), shape, number);
        const lines = hidden ? spot.h : spot.l.map((one) => one.t);
        spot.l.forEach((one, place) => group.append(this.text(one, lines[place] || "")));
        group.addEventListener("click", (event) => onChoose(spot, event));
        for (const one of spot.m) this.home[one] = spot;
        nodes.append(group);
        return Object.assign({ group: group, number: number, was: "" }, { spot: spot });
      });
      this.svg.append(this.lines, heads, nodes, this.front);
    }
    text(one, words) {
      return draw("text", {
        x: one.x, y: one.y, "text-anchor": one.a, "font-size": one.z, class: "label" + (one.b ? " bold" : ""),
      }, words);
    }
    /* what everybody has on record on a day; chosen concern or all of them */
    colour(set, day, view) {
      for (const head of this.heads) head.text.classList.toggle("away", !head.of.some((one) => R.here(set, one, day)));
      return this.spots.map((one) => {
        const found = view.of(set, one.spot, day);
        const dim = !view.among(one.spot);
        const classes = ["node", one.spot.k, "k" + found.code];
        if (!found.here) classes.push("away");
        if (found.left) classes.push("left");
        if (dim) classes.push("dim");
        if (found.chosen) classes.push(found.chosen);
        const now = classes.join(" ") + "|" + found.mark;
        if (one.was !== now) {
          one.group.setAttribute("class", classes.join(" "));
          one.number.textContent = found.mark;
          one.was = now;
        }
        return found;
      });
    }
    differ(places) {
      this.spots.forEach((one, place) => one.group.classList.toggle("differs", places.has(place)));
      this.spots.forEach((one) => (one.was = ""));
    }
    /* contacts up to a day: those of the step in front, earlier ones pale */
    flow(set, day, now, view) {
      const earlier = new Map(), sets = new Map();
      const current = new Set(now);
      this.lines.replaceChildren();
      this.front.replaceChildren();
      for (const number of set.order) {
        const row = set.rows[number];
        if (row.d > day) break;
        if (row.z || current.has(number) || !view.draws(row, day)) continue;
        for (const [from, to, came] of R.flows(row, day)) {
          const a = this.home[from], b = this.home[to];
          if (!a || !b || a === b || !view.touches(a, b)) continue;
          const pair = a.n + ">" + b.n, kind = !came ? 0 : (row.c || []).length ? 2 : 1;
          const one = earlier.get(pair) || { a: a, b: b, kind: 0, times: 0 };
          one.kind = Math.max(one.kind, kind);
          one.times += 1;
          earlier.set(pair, one);
        }
        const spots = this.spotsOf(R.together(row)).filter((spot) => spot);
        if (spots.length > 1 && spots.some((spot) => view.touches(spot, spot))) {
          const name = spots.map((spot) => spot.n).sort((x, y) => x - y).join(" ");
          sets.set(name, { spots: spots });
        }
      }
      this.stars([...sets.values()]);
      for (const one of earlier.values()) this.arrow(this.lines, one.a, one.b, one.kind, one.times, "");
      for (const number of now) this.step(set.rows[number], day);
    }
    spotsOf(holders) {
      return [...new Set(holders.map((one) => this.home[one]).filter((spot) => spot))];
    }
    step(row, day) {
      for (const [from, to, came] of R.flows(row, day)) {
        const a = this.home[from], b = this.home[to];
        if (a && b && a !== b) this.arrow(this.front, a, b, !came ? 0 : (row.c || []).length ? 2 : 1, 3, " now");
      }
      const there = this.spotsOf(R.together(row));
      if (there.length > 1) this.star(this.front, there, "met now" + ((row.c || []).length ? " told" : ""));
      for (const spot of this.spotsOf(row.w || [])) this.ring(spot);
    }
    ring(spot) {
      this.front.append(draw("circle", { class: "ring", cx: spot.x, cy: spot.y, r: spot.r + 5 }));
    }
    arrow(where, a, b, kind, times, more) {
      const way = bow(a, b), names = ["lost", "empty", "told"];
      where.append(draw("path", {
        class: "flow " + names[kind] + more, d: way.d, "stroke-width": Math.min(1 + times * 0.6, 4),
        "marker-end": kind ? "url(#sn-head-" + names[kind] + ")" : "none",
      }));
      if (!kind) {
        const x = way.on(0.8).x, y = way.on(0.8).y;
        where.append(draw("path", { class: "cross" + more, d: "M" + (x - 5) + " " + (y - 5) + "l10 10m0 -10l-10 10" }));
      }
    }
    /* the middle of those who met, beside any marker that is there */
    middle(spots) {
      let x = 0, y = 0;
      for (const spot of spots) {
        x += spot.x / spots.length;
        y += spot.y / spots.length;
      }
      for (const spot of this.plan.spots) {
        if (Math.hypot(spot.x - x, spot.y - y) < spot.r + 14 && !spots.includes(spot)) y += 34;
      }
      return [Math.round(x), Math.round(y)];
    }
    star(where, spots, name) {
      const [x, y] = this.middle(spots);
      const d = spots.map((spot) => "M" + x + " " + y + "L" + spot.x + " " + spot.y).join("");
      where.append(draw("path", { class: "spokes " + name, d: d }));
      where.append(draw("rect", { class: "hub " + name, x: x - 5, y: y - 5, width: 10, height: 10 }));
    }
    /* many meetings as two shapes */
    stars(sets) {
      let spokes = "", hubs = "";
      for (const one of sets) {
        const [x, y] = this.middle(one.spots);
        for (const spot of one.spots) spokes += "M" + x + " " + y + "L" + spot.x + " " + spot.y;
        hubs += "M" + (x - 5) + " " + (y - 5) + "h10v10h-10Z";
      }
      if (spokes) this.lines.append(draw("path", { class: "spokes met", d: spokes }), draw("path", { class: "hub met", d: hubs }));
    }
    /* a chain, step by step, over everything else */
    chain(steps) {
      let number = 0;
      for (const step of steps) {
        for (const from of step.from) {
          const a = this.home[from], b = this.home[step.to];
          if (!a || !b || a === b) continue;
          number += 1;
          const way = bow(a, b);
          this.front.append(draw("path", { class: "flow chain", d: way.d, "marker-end": "url(#sn-head-chain)" }));
          const x = way.on(0.5).x, y = way.on(0.5).y;
          this.front.append(draw("circle", { class: "numeral", cx: x, cy: y, r: 11 }));
          this.front.append(draw("text", { class: "mark numeral", x: x, y: y, "font-size": 14 }, String(number)));
        }
      }
    }
  }
  return { Sheet, MARKS, draw };
})();
