"use strict";
/* The explorer: what is chosen, what follows from it on the page, and what every key and button does. */
(() => {
  const R = snRecord, all = R.all;
  const byId = (name) => document.getElementById("sn-x-" + name);
  const root = document.documentElement;
  const VERBS = {
    observed: "saw or heard", told: "told", asked: "asked", declined: "declined", met: "met", withheld: "held back from",
    assumed: "counted on", believed: "believed it of", agreed: "agreed to act", expected: "was expected to act",
    needed: "needed, looking back", decided: "decided", disagreed: "disagreed with", done: "did", opened: "opened", closed: "closed",
  };
  const TO = { decided: "decided, and told" };
  const TO_NOBODY = {
    assumed: "counted on others", believed: "took it to be so", disagreed: "disagreed", withheld: "held it back",
  };
  const WORDS = [
    "no record of knowing", "first hand", "on record, source not recorded", "told", "perhaps on record: the date is partial",
    "could have known",
  ];
  const S = {
    day: all.at, step: -1, level: all.level, concern: -1, agency: -1, world: "possible", flows: "all", beside: "none",
    a: "", b: "", day2: all.at, hide: false, large: false, keys: true, chain: null,
  };
  const sheets = [new snMap.Sheet(byId("map-0")), new snMap.Sheet(byId("map-1"))];
  const head = document.querySelector("h1"), title = document.title, heading = head.textContent;

  /* names ---------------------------------------------------------------------------------------- */
  const TURNED = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
  const isolate = (text) => (TURNED.test(text) ? "\u2068" + text + "\u2069" : text);
  const name = (holder) => {
    const one = all.people[holder];
    return isolate(S.hide ? one.h : one.n);
  };
  const nameOf = (entity) => {
    if (!entity) return "";
    return entity[0] === "g" ? isolate(S.hide ? all.groups[+entity.slice(1)].h : all.groups[+entity.slice(1)].n) : name(+entity.slice(1));
  };
  const membersOf = (entity) => (entity[0] === "g" ? all.groups[+entity.slice(1)].m : [+entity.slice(1)]);
  const masks = all.people.filter((one) => one && one.n.length > 2).sort((a, b) => b.n.length - a.n.length);
  function masked(text) {
    if (!S.hide) return text;
    for (const one of masks) text = text.split(one.n).join(one.h);
    return text;
  }
  const concern = (number) => all.concerns[number].i + " " + masked(all.concerns[number].t);

  function make(tag, attributes, ...inside) {
    const made = document.createElement(tag);
    for (const one of Object.keys(attributes || {})) made.setAttribute(one, attributes[one]);
    for (const one of inside) made.append(one);
    return made;
  }

  /* the rows ------------------------------------------------------------------------------------- */
  const set = () => R.sets.record;
  const shownSet = () => (S.beside === "whatif" && R.sets.other ? R.sets.other : R.sets.record);
  function fits(row) {
    if (S.concern >= 0 && !(row.c || []).includes(S.concern)) return false;
    if (S.agency >= 0) {
      const named = [...(row.w || []), ...(row.t || []), ...(row.p || [])];
      return named.some((one) => one === S.agency || (all.people[one] && all.people[one].a === S.agency));
    }
    return true;
  }
  const steps = () => shownSet().order.filter((number) => !shownSet().rows[number].z && fits(shownSet().rows[number]));
  function rowText(number) {
    const other = all.other && all.other.texts[number];
    if (other && shownSet() === R.sets.other) return other;
    const line = lineOf[number];
    if (!line) return other || { id: "", date: "", summary: "", notes: "" };
    const [id, date, , , , , words] = line.cells, notes = words.querySelector("i");
    const summary = words.firstChild && words.firstChild.nodeType === 3 ? words.firstChild.textContent.trim() : "";
    return { id: id.textContent, date: date.textContent, summary: summary, notes: notes ? notes.textContent : "" };
  }
  const list = (holders) => holders.map(name).join("; ");

  function describe(number, place, many) {
    const row = shownSet().rows[number], text = rowText(number), kind = all.words[row.k];
    const box = make("div", { class: "what" });
    const top = make("p", {}, make("strong", {}, text.date), " · ", make("span", { class: "tag" }, kind));
    if (text.id) top.append(" ", make("span", { class: "soft" }, "row " + text.id + (many ? ", " + place + " of " + many : "")));
    if (!(number in R.sets.record.rows)) top.append(" ", make("span", { class: "tag" }, "what if: not in the record"));
    const said = make("p", {}, list(row.w || []) || "Nobody named", " ", make("em", {}, (row.t ? TO : TO_NOBODY)[kind] || VERBS[kind] || kind));
    if (row.t) said.append(" " + list(row.t));
    if (row.p) said.append("; in the room: " + list(row.p));
    box.append(top, said);
    for (const one of row.c || []) box.append(make("p", { class: "about" }, isolate(concern(one))));
    if (!S.hide && text.summary) box.append(make("p", { class: "soft" }, isolate(text.summary)));
    if (!S.hide && text.notes) box.append(make("p", { class: "soft" }, "(" + text.notes + ")"));
    if ((row.x || []).length) box.append(make("p", {}, "No record that it reached " + list(row.x) + "."));
    return box;
  }

  /* the map -------------------------------------------------------------------------------------- */
  function best(which, holders, one, day) {
    let found = 0;
    for (const holder of holders) {
      const code = R.code(which, holder, one, day, S.world);
      if (code && (!found || code < found)) found = code;
    }
    return found;
  }
  const entityOf = (spot) => (spot.g >= 0 ? "g" + spot.g : "p" + spot.m[0]);
  function shareOf(which, entity, day) {
    if (entity[0] === "p") return R.share(which, entity.slice(1), day);
    const group = all.groups[+entity.slice(1)];
    return group.a >= 0 ? R.share(which, "a" + group.a, day) : null;
  }
  const view = {
    of(which, spot, day) {
      const entity = entityOf(spot);
      const here = spot.m.some((one) => R.here(which, one, day));
      const spells = spot.m.map((one) => R.involved(which, one, day)).filter((one) => one !== null);
      const chosen = entity === S.a ? "chosen-a" : S.beside === "people" && entity === S.b ? "chosen-b" : "";
      const found = { here: here, left: here && spells.length > 0 && !spells.includes(true) && !spot.m.some((one) => all.people[one].k === "agency" && R.here(which, one, day)), chosen: chosen };
      if (S.concern >= 0) {
        found.code = best(which, spot.m, S.concern, day);
        found.mark = snMap.MARKS[found.code];
        return found;
      }
      let number = 0;
      all.concerns.forEach((one, place) => {
        if (one && spot.m.some((holder) => R.state(which, holder, place, day, "recorded") === "certain")) number += 1;
      });
      const share = shareOf(which, entity, day);
      found.mark = number ? String(number) : "";
      found.code = !number ? "0" : share === null ? "-some" : share >= 67 ? "-most" : share >= 34 ? "-part" : "-some";
      return found;
    },
    among(spot) {
      return S.agency < 0 || spot.m.some((one) => one === S.agency || all.people[one].a === S.agency) || spot.k === "child";
    },
    touches(a, b) {
      return S.agency < 0 || view.belongs(a) || view.belongs(b);
    },
    belongs(spot) {
      return spot.m.some((one) => one === S.agency || all.people[one].a === S.agency);
    },
    draws(row, day) {
      if (S.flows === "step") return false;
      if (S.concern >= 0 && !(row.c || []).includes(S.concern)) return false;
      return S.flows === "all" || row.d > day - 100;
    },
  };
  const two = () => S.beside === "dates" || S.beside === "whatif";
  /* which of the four widths of map fits */
  function size() {
    const wide = byId("figure-0").clientWidth;
    return wide < 480 ? "phone" : wide < 720 ? "half" : wide < 1060 ? "wide" : "room";
  }
  function choose(spot, event) {
    const entity = entityOf(spot);
    if (S.beside === "people" && (event.shiftKey || (S.a && S.a !== entity && !S.b))) S.b = entity;
    else S.a = S.a === entity ? "" : entity;
    S.chain = null;
    show();
  }

  /* columns: whose record, on which day, of whom --------------------------------------------------- */
  function columns() {
    const record = R.sets.record;
    if (S.beside === "people" && S.b) return [column(record, S.day, S.a), column(record, S.day, S.b)];
    if (S.beside === "dates") return [column(record, S.day, S.a), column(record, S.day2, S.a)];
    if (S.beside === "whatif") return [column(record, S.day, S.a, "the record"), column(R.sets.other, S.day, S.a, "what if")];
    return [column(record, S.day, S.a)];
  }
  const column = (which, day, entity, word) => ({ set: which, day: day, entity: entity, word: word || "" });

  function panel() {
    const box = byId("panel");
    box.replaceChildren();
    if (!S.a && !(S.beside === "people" && S.b)) return box.append(...columns().map(fullest));
    const found = columns().filter((one) => one.entity);
    box.append(make("div", { class: "heads", "data-many": found.length }, ...found.map(card)));
    box.append(ledger(found));
  }
  function card(one) {
    const box = make("div", { class: "card" }), holders = membersOf(one.entity);
    const entity = one.entity[0] === "p" ? all.people[+one.entity.slice(1)] : null;
    box.append(make("h3", {}, nameOf(one.entity)));
    if (entity && entity.a >= 0 && entity.k !== "agency") box.append(make("p", { class: "soft" }, name(entity.a)));
    box.append(make("p", { class: "soft" }, (one.word ? one.word + ", " : "") + "by the end of " + R.date(one.day)));
    const share = shareOf(one.set, one.entity, one.day);
    if (share !== null) {
      box.append(make("p", {}, make("strong", {}, share + "%"), " of the known worries on record, by severity"));
    }
    if (!holders.some((holder) => R.here(one.set, holder, one.day))) box.append(make("p", {}, "No row names them by then."));
    else if (entity && R.involved(one.set, holders[0], one.day) === false) box.append(make("p", {}, "Not involved on this day."));
    return box;
  }
  /* a line per concern that one of the columns has, or could have had */
  function ledger(found) {
    const lines = [], without = [];
    all.concerns.forEach((one, place) => {
      if (!one || (S.concern >= 0 && place !== S.concern)) return;
      const codes = found.map((column) => best(column.set, membersOf(column.entity), place, column.day));
      if (codes.some((code) => code)) lines.push([place, codes]);
      else if (all.people.some((person, holder) => person && found.some((column) => R.state(column.set, holder, place, column.day, "recorded") === "certain"))) without.push(place);
    });
    lines.sort((x, y) => Math.min(...x[1].map((c) => c || 9)) - Math.min(...y[1].map((c) => c || 9)) || x[0] - y[0]);
    const box = make("div", {});
    if (lines.length) {
      const table = make("table", { class: "ledger" });
      table.append(make("caption", {}, "On record, and what could have been known"));
      const top = make("tr", {}, make("th", { scope: "col" }, "Concern"));
      found.forEach((column) => top.append(make("th", { scope: "col" }, found.length > 1 ? headOf(column) : "How it stands")));
      table.append(make("thead", {}, top));
      const body = make("tbody", {});
      for (const [place, codes] of lines) {
        const line = make("tr", {}, make("th", { scope: "row" }, isolate(concern(place)), " ", make("span", { class: "soft" }, all.concerns[place].w ? "severity " + all.concerns[place].v : all.concerns[place].g)));
        found.forEach((column, which) => line.append(cell(column, place, codes[which])));
        body.append(line);
      }
      table.append(body);
      box.append(make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "On record, and what could have been known" }, table));
    } else box.append(make("p", {}, "No record of knowing any concern by then."));
    if (without.length) {
      box.append(make("p", { class: "soft" }, "No record of knowing by then, though somebody has it on record: " + without.map((one) => all.concerns[one].i).join(", ") + "."));
    }
    return box;
  }
  const headOf = (column) => (S.beside === "people" ? nameOf(column.entity) : column.word || R.date(column.day));
  function cell(column, place, code) {
    const box = make("td", { class: "k" + code }, make("b", { class: "code" }, snMap.MARKS[code]), " ");
    const holders = membersOf(column.entity).filter((one) => R.code(column.set, one, place, column.day, S.world));
    if (!code) {
      box.append(WORDS[0]);
      return box;
    }
    holders.sort((x, y) => R.code(column.set, x, place, column.day, S.world) - R.code(column.set, y, place, column.day, S.world));
    holders.forEach((holder) => {
      const own = R.code(column.set, holder, place, column.day, S.world);
      const line = make("div", {});
      if (column.entity[0] === "g") line.append(make("strong", {}, all.people[holder].k === "agency" ? "the agency's file" : name(holder)), ": ");
      const certain = R.state(column.set, holder, place, column.day, S.world) === "certain";
      const word = own === 5 ? (certain ? "could have known" : "could perhaps have known: a date is partial") : WORDS[own];
      const day = own === 5 ? R.could(column.set, holder, place, column.day, S.world) : R.since(column.set, holder, place, column.day);
      line.append(word + (own === 5 ? " (" + S.world + ")" : "") + " from " + R.date(day));
      const rows = own === 5 ? R.chain(column.set, holder, place, column.day, S.world) : R.recordedRows(column.set, holder, place, column.day);
      if (rows.length) line.append(path(rows, column, holder, place));
      box.append(line);
    });
    return box;
  }
  function path(rows, column, holder, place) {
    const items = make("ol", {});
    for (const one of rows) {
      const row = column.set.rows[one.row], text = textIn(column.set, one.row);
      const item = make("li", {}, text.date + " ");
      item.append(...linkTo(one.row, text.id, column.set));
      item.append(": " + (one.from.length ? list(one.from) + " → " : "") + name(one.to) + ", " + one.how + " (" + all.words[row.k] + ")");
      items.append(item);
    }
    const mark = holder + "," + place + "," + column.day + "," + (column.set === R.sets.record);
    const made = make("details", {}, make("summary", {}, rows.length === 1 ? "by 1 row" : "by " + rows.length + " rows"), items);
    if (S.chain && S.chain.mark === mark) made.open = true;
    made.addEventListener("toggle", () => {
      const open = S.chain && S.chain.mark === mark;
      if (made.open === Boolean(open)) return;
      S.chain = made.open ? { mark: mark, rows: rows, second: column.set !== R.sets.record || (two() && column.day === S.day2 && S.beside === "dates") } : null;
      maps();
    });
    return made;
  }
  function textIn(which, number) {
    if (which !== R.sets.record && all.other.texts[number]) return all.other.texts[number];
    const line = lineOf[number];
    return line ? { id: line.cells[0].textContent, date: line.cells[1].textContent } : { id: "", date: "" };
  }
  function linkTo(number, id) {
    const line = lineOf[number];
    if (!line || !line.id) return [make("span", {}, "(" + (id || "added") + ")")];
    return [make("a", { href: "#" + encodeURIComponent(line.id).replace(/%7E/g, "~") }, "row " + id)];
  }
  /* nobody is chosen: who has most of the picture */
  function fullest(column) {
    const box = make("div", {});
    const found = [];
    if (S.level === "agency") {
      all.groups.forEach((group, place) => group.a >= 0 && found.push(["g" + place, R.share(column.set, "a" + group.a, column.day) || 0]));
    } else {
      all.people.forEach((one, holder) => one && one.k === "professional" && R.involved(column.set, holder, column.day) && found.push(["p" + holder, R.share(column.set, String(holder), column.day) || 0]));
    }
    const top = found.filter((one) => one[1] > 0 && (S.agency < 0 || membersOf(one[0]).some((holder) => all.people[holder].a === S.agency))).sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).slice(0, 8);
    const where = (column.word ? column.word + ", " : "") + "by the end of " + R.date(column.day);
    if (!top.length) {
      box.append(make("p", {}, "No worry is on a professional's record " + where + "."));
      return box;
    }
    const table = make("table", { class: "ledger" }, make("caption", {}, "The fullest pictures, " + where));
    table.append(make("thead", {}, make("tr", {}, make("th", { scope: "col" }, S.level === "agency" ? "Agency, its file and people" : "Who is involved"), make("th", { scope: "col" }, "Share of the known worries, by severity"))));
    const body = make("tbody", {});
    for (const [entity, share] of top) {
      const button = make("button", { type: "button", class: "plain" }, nameOf(entity));
      button.addEventListener("click", () => {
        S.a = entity;
        show();
      });
      const bar = snMap.draw("svg", { class: "bar", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" });
      bar.append(snMap.draw("rect", { class: "bar-all", width: 100, height: 6 }), snMap.draw("rect", { class: "bar-share", width: share, height: 6 }));
      body.append(make("tr", {}, make("th", { scope: "row" }, button), make("td", {}, share + "% ", bar)));
    }
    table.append(body);
    box.append(table);
    return box;
  }

  /* showing ---------------------------------------------------------------------------------------- */
  function maps() {
    byId("figure-1").hidden = !two();
    const now = current(), sizes = size();
    const places = [[R.sets.record, S.day, now], [S.beside === "whatif" ? R.sets.other : R.sets.record, S.beside === "dates" ? S.day2 : S.day, S.beside === "whatif" ? now : S.beside === "dates" ? rowsOn(R.sets.record, S.day2) : []]];
    const seen = [];
    places.slice(0, two() ? 2 : 1).forEach(([which, day, rows], place) => {
      const sheet = sheets[place];
      sheet.lay(S.level, sizes, S.hide, (spot) => nameOf(entityOf(spot)), choose);
      seen.push(sheet.colour(which, day, view));
      sheet.flow(which, day, rows.filter((number) => which.rows[number] && which.rows[number].d <= day), view);
      const here = seen[place].filter((one) => one.here).length;
      sheet.svg.setAttribute("aria-label", "Map of the network by the end of " + R.date(day) + ": " + here + " of " + seen[place].length + " places in use. The child is in the middle. What it shows stands in words beside and below it.");
    });
    if (two()) {
      const differ = new Set();
      seen[0].forEach((one, place) => (one.mark !== seen[1][place].mark || one.code !== seen[1][place].code) && differ.add(place));
      sheets[0].differ(new Set());
      sheets[1].differ(differ);
    }
    if (S.chain) (S.chain.second && two() ? sheets[1] : sheets[0]).chain(S.chain.rows);
    byId("day-0").textContent = (S.beside === "whatif" ? "The record, " : "") + R.date(places[0][1]);
    byId("day-1").textContent = (S.beside === "whatif" ? "What if, " : "") + R.date(places[1][1]);
  }
  const rowsOn = (which, day) => which.order.filter((number) => which.rows[number].d === day && !which.rows[number].z && fits(which.rows[number]));
  /* the rows of the step; where a day was chosen, those of that day */
  function current() {
    return S.step >= 0 ? [S.step] : rowsOn(shownSet(), S.day);
  }
  function story() {
    const box = byId("step"), now = current(), order = steps();
    box.replaceChildren();
    if (!now.length) {
      const before = order.filter((number) => shownSet().rows[number].d <= S.day).length;
      box.append(make("p", {}, "No row is dated " + R.date(S.day) + ". " + before + " of " + order.length + " rows lie before it."));
    }
    now.slice(0, 6).forEach((number) => box.append(describe(number, order.indexOf(number) + 1, order.length)));
    if (now.length > 6) box.append(make("p", {}, "And " + (now.length - 6) + " more on that day: step through them."));
    const note = byId("whatif");
    if (note) note.hidden = S.beside !== "whatif" || S.hide;
    byId("previous").disabled = !order.length || place(order, -1) === null;
    byId("next").disabled = !order.length || place(order, 1) === null;
  }
  let lined = -1, cellsShown = "";
  function tables() {
    const rows = set().rows, order = set().order;
    const bound = order.filter((number) => rows[number].d <= S.day).length;
    if (bound !== lined) {
      const low = lined < 0 ? 0 : Math.min(bound, lined), high = lined < 0 ? order.length : Math.max(bound, lined);
      for (let place = low; place < high; place += 1) lineOf[order[place]] && lineOf[order[place]].classList.toggle("later", place >= bound);
      lined = bound;
    }
    const wanted = [S.day, S.world].join();
    if (wanted !== cellsShown) {
      cellsShown = wanted;
      for (const one of matrix) {
        const code = R.code(set(), one.holder, one.concern, S.day, S.world);
        if (code !== one.code) {
          one.code = code;
          one.cell.className = "k" + code;
          one.cell.textContent = snMap.MARKS[code];
        }
      }
      byId("known-day").textContent = R.date(S.day);
    }
  }
  const lineOf = {};
  document.querySelectorAll("tr[data-row]").forEach((line) => (lineOf[+line.dataset.row] = line));
  const matrix = [];
  document.querySelectorAll("tr[data-holder]").forEach((line) => {
    line.querySelectorAll("td").forEach((one, place) => matrix.push({ cell: one, holder: +line.dataset.holder, concern: all.columns[place], code: -1 }));
  });

  function controls() {
    const slider = byId("slider"), later = byId("slider-2");
    slider.value = S.day;
    slider.setAttribute("aria-valuetext", R.date(S.day));
    later.value = S.day2;
    later.setAttribute("aria-valuetext", R.date(S.day2));
    byId("day").textContent = R.date(S.day);
    byId("second").hidden = S.beside !== "dates";
    byId("second-day").textContent = R.date(S.day2);
    byId("with").hidden = S.beside !== "people";
    byId("a").value = S.a;
    byId("b").value = S.b;
    byId("level").value = S.level;
    byId("beside").value = S.beside;
    byId("hide").setAttribute("aria-pressed", S.hide);
    byId("large").setAttribute("aria-pressed", S.large);
    byId("stage").dataset.two = two();
    byId("stage").dataset.columns = columns().filter((one) => one.entity).length;
    root.classList.toggle("sn-large", S.large);
    root.classList.toggle("sn-hidden-names", S.hide);
  }
  let drawn = false;
  function show() {
    if (drawn) return;
    drawn = true;
    requestAnimationFrame(() => {
      drawn = false;
      controls();
      maps();
      story();
      panel();
      tables();
    });
  }

  /* names everywhere else on the page ---------------------------------------------------------------- */
  function rename() {
    for (const line of Object.values(lineOf)) {
      const row = set().rows[+line.dataset.row];
      if (!row) continue;
      line.cells[3].textContent = list(row.w || []);
      line.cells[4].textContent = list(row.t || []);
    }
    document.querySelectorAll("[data-name]").forEach((one) => (one.textContent = name(+one.dataset.name)));
    document.querySelectorAll("[data-group]").forEach((one) => (one.textContent = nameOf("g" + one.dataset.group)));
    document.querySelectorAll("[data-concern]").forEach((one) => (one.textContent = masked(all.concerns[+one.dataset.concern].t)));
    for (const one of ["a", "b"]) {
      for (const option of byId(one).querySelectorAll("option[value]:not([value=''])")) option.textContent = nameOf(option.value);
      for (const group of byId(one).querySelectorAll("optgroup[data-of]")) group.label = name(+group.dataset.of);
    }
    for (const option of byId("agency").querySelectorAll("option")) if (+option.value >= 0) option.textContent = name(+option.value);
    for (const option of byId("concern").querySelectorAll("option")) if (+option.value >= 0) option.textContent = short(concern(+option.value));
    head.textContent = S.hide ? "A case" : heading;
    document.title = S.hide ? "A case: explorer" : title;
  }
  const short = (text) => (text.length > 60 ? text.slice(0, Math.max(text.lastIndexOf(" ", 59), 36)).replace(/[ ,;:(-]+$/, "") + "…" : text); // as shortened() of wording.py

  /* steps -------------------------------------------------------------------------------------------- */
  function place(order, by) {
    const rows = shownSet().rows, at = order.indexOf(S.step);
    if (S.step >= 0 && at >= 0) return order[at + by] === undefined ? null : order[at + by];
    if (by > 0) {
      const next = order.find((number) => rows[number].d > S.day);
      return next === undefined ? null : next;
    }
    const before = order.filter((number) => rows[number].d <= S.day);
    return before.length ? before[before.length - 1] : null;
  }
  function step(by) {
    const next = place(steps(), by);
    if (next === null) return;
    S.step = next;
    S.day = shownSet().rows[next].d;
    S.chain = null;
    show();
  }
  function go(day) {
    S.day = Math.max(0, Math.min(all.last, day));
    S.step = -1;
    S.chain = null;
    show();
  }
  function end(first) {
    const order = steps();
    if (!order.length) return;
    S.step = order[first ? 0 : order.length - 1];
    S.day = shownSet().rows[S.step].d;
    show();
  }
  function fullScreen() {
    const box = byId("explorer");
    if (document.fullscreenElement) document.exitFullscreen();
    else if (box.requestFullscreen) box.requestFullscreen().catch(() => box.classList.toggle("filled"));
  }
  const toggle = (what) => () => {
    S[what] = !S[what];
    if (what === "hide") rename();
    show();
  };
  function level(value) {
    S.level = value;
    S.chain = null;
    show();
  }

  /* what is on the page begins to work ----------------------------------------------------------------- */
  const KEYS = {
    ArrowRight: () => step(1), ArrowLeft: () => step(-1), Home: () => end(true), End: () => end(false), PageDown: () => go(S.day + 30),
    PageUp: () => go(S.day - 30), n: toggle("hide"), f: fullScreen, t: toggle("large"), p: () => level(S.level === "person" ? "agency" : "person"),
    Escape: () => ((S.a = S.b = ""), (S.chain = null), show()),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const where = event.target, slider = where === byId("slider");
    const typing = where.closest && where.closest("select, textarea, input:not(#sn-x-slider)");
    const letter = event.key.length === 1;
    if (typing || (letter && !S.keys)) return;
    if (["PageDown", "PageUp", "Home", "End"].includes(event.key) && !slider && !document.fullscreenElement) return;
    const does = KEYS[letter ? event.key.toLowerCase() : event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
  byId("previous").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  byId("to-at").addEventListener("click", () => go(all.at));
  byId("slider").addEventListener("input", (event) => go(+event.target.value));
  byId("slider-2").addEventListener("input", (event) => ((S.day2 = +event.target.value), show()));
  byId("hide").addEventListener("click", toggle("hide"));
  byId("large").addEventListener("click", toggle("large"));
  byId("full").addEventListener("click", fullScreen);
  byId("keys").addEventListener("change", (event) => (S.keys = event.target.checked));
  byId("a").addEventListener("change", (event) => ((S.a = event.target.value), (S.chain = null), show()));
  byId("b").addEventListener("change", (event) => ((S.b = event.target.value), show()));
  byId("level").addEventListener("change", (event) => level(event.target.value));
  byId("world").addEventListener("change", (event) => ((S.world = event.target.value), show()));
  byId("flows").addEventListener("change", (event) => ((S.flows = event.target.value), show()));
  byId("beside").addEventListener("change", (event) => {
    S.beside = event.target.value;
    S.step = -1;
    S.chain = null;
    if (S.beside === "dates" && S.day2 === S.day) S.day2 = all.last;
    if (S.beside === "whatif" && all.other) S.day = Math.max(S.day, all.other.day);
    show();
  });
  function ticks() {
    const days = new Set(steps().map((number) => shownSet().rows[number].d));
    byId("ticks").replaceChildren(snMap.draw("path", { d: [...days].map((day) => "M" + day + " 1V10").join("") }));
  }
  function filter() {
    S.step = -1;
    ticks();
    for (const number of Object.keys(lineOf)) lineOf[number].hidden = !fits(set().rows[number]);
    document.querySelectorAll("tr[data-holder]").forEach((line) => {
      const one = all.people[+line.dataset.holder];
      line.hidden = S.agency >= 0 && +line.dataset.holder !== S.agency && one.a !== S.agency;
    });
    show();
  }
  byId("concern").addEventListener("change", (event) => ((S.concern = +event.target.value), filter()));
  byId("agency").addEventListener("change", (event) => ((S.agency = +event.target.value), filter()));
  window.addEventListener("resize", show);
  document.addEventListener("fullscreenchange", show);
  root.classList.add("sn-script");
  ticks();
  show();
})();
