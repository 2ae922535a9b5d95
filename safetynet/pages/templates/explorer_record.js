"use strict";
/* What the page knows of the record: looked up for a day, never worked out. Everything was computed beforehand. */
const snRecord = (() => {
  const all = JSON.parse(document.getElementById("sn-data-explorer").textContent);
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const FROM_OTHERS = new Set(["was told", "was at the meeting", "was present"]);
  const WORLDS = { recorded: 0, possible: 1, permitted: 2 };

  /* one set of data: the record, or what it would have been */
  function laid(base, over) {
    const made = {};
    for (const name of Object.keys(base)) {
      made[name] = Object.assign({}, base[name], over ? over[name] : {});
      for (const key of Object.keys(made[name])) if (made[name][key] === null) delete made[name][key];
    }
    return made;
  }
  const sets = { record: laid(all.record, null) };
  sets.record.order = all.order;
  if (all.other) {
    sets.other = laid(all.record, all.other.differs);
    sets.other.order = all.other.order;
  }

  const date = (day) => {
    const one = new Date(Date.parse(all.first + "T00:00:00Z") + day * 86400000);
    return one.getUTCDate() + " " + MONTHS[one.getUTCMonth()] + " " + one.getUTCFullYear();
  };
  const key = (holder, concern) => holder + "," + concern;
  const shown = (from, day) => from >= 0 && from <= day;

  /* "certain", "possible" or "no record" in a world */
  function state(set, holder, concern, day, world) {
    const cell = set.cells[key(holder, concern)];
    if (!cell) return "no record";
    const place = Math.min(2 * WORLDS[world], cell.length - 2);
    return shown(cell[place], day) ? "certain" : shown(cell[place + 1], day) ? "possible" : "no record";
  }
  /* how it stands: 0 no record, 1 first hand, 2 source not recorded, 3 told, 4 perhaps on record, 5 could have known */
  function code(set, holder, concern, day, world) {
    const recorded = state(set, holder, concern, day, "recorded");
    if (recorded === "certain") return how(set, holder, concern, day);
    if (recorded === "possible") return 4;
    return world !== "recorded" && state(set, holder, concern, day, world) !== "no record" ? 5 : 0;
  }
  function at(steps, day) {
    let found = 0;
    for (let place = 0; steps && place < steps.length && steps[place] <= day; place += 2) found = steps[place + 1];
    return found;
  }
  const how = (set, holder, concern, day) => at(set.how[key(holder, concern)], day) || 2;
  const since = (set, holder, concern, day) => {
    const cell = set.cells[key(holder, concern)];
    return shown(cell[0], day) ? cell[0] : cell[1];
  };
  /* from which day it could have been known in a world */
  function could(set, holder, concern, day, world) {
    const cell = set.cells[key(holder, concern)];
    const place = Math.min(2 * WORLDS[world], cell.length - 2);
    return shown(cell[place], day) ? cell[place] : cell[place + 1];
  }

  /* by which rows: those that put it on the record, or the chain by which it could have come */
  function recordedRows(set, holder, concern, day) {
    const steps = set.entries[key(holder, concern)] || [], found = [];
    const certain = state(set, holder, concern, day, "recorded") === "certain";
    for (let place = 0; place < steps.length; place += 4) {
      if (shown(certain ? steps[place + 2] : steps[place + 3], day)) {
        const word = all.words[steps[place + 1]], row = set.rows[steps[place]];
        const from = FROM_OTHERS.has(word) ? row.w.filter((one) => one !== holder) : [];
        found.push({ row: steps[place], how: word, from: from, to: holder });
      }
    }
    return found;
  }
  function chain(set, holder, concern, day, world) {
    const ways = set.ways[key(holder, concern)];
    if (!ways) return [];
    const later = state(set, holder, concern, day, world) === "certain" ? 0 : 1;
    let step = ways[(world === "permitted" && ways.length > 2 ? 2 : 0) + later];
    const back = [];
    while (step >= 0) {
      back.push(all.steps[step]);
      step = all.steps[step][0];
    }
    back.reverse();
    return back.map((one, place) => ({
      row: one[1],
      how: place ? "may have been passed on" : "had it",
      from: place ? [back[place - 1][2]] : [],
      to: one[2],
    }));
  }

  const share = (set, who, day) => (set.shares[who] ? at(set.shares[who], day) : null);
  const here = (set, holder, day) => holder in set.here && set.here[holder] <= day;
  function involved(set, holder, day) {
    const spells = set.involved[holder];
    if (!spells) return null;
    for (let place = 0; place < spells.length; place += 2) if (spells[place] <= day && day <= spells[place + 1]) return true;
    return false;
  }
  /* between whom a row went: from, to, and whether it came there by a day; meetings have nobody in front */
  function flows(row, day) {
    const found = [];
    if ((row.s || 0) & 1) {
      const missed = new Set(row.x || []);
      for (const from of row.w || []) {
        for (const to of [...(row.t || []), ...(row.p || [])]) {
          if (from !== to) found.push([from, to, !missed.has(to) && !(row.r > day)]);
        }
      }
    }
    return found;
  }
  const together = (row) => (((row.s || 0) & 2) ? [...(row.w || []), ...(row.p || [])] : []);

  return { all, sets, date, state, code, since, could, recordedRows, chain, share, here, involved, flows, together };
})();
