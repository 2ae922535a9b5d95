"use strict";
(() => {
  const form = document.getElementById("sn-filter");
  if (!form) return;
  document.documentElement.classList.add("sn-script");
  const rows = [...document.querySelectorAll("#sn-rows > tbody > tr")].map((line) => ({
    line,
    text: line.textContent.toLocaleLowerCase(),
    kind: line.dataset.kind,
    agencies: JSON.parse(line.dataset.agencies),
    concerns: JSON.parse(line.dataset.concerns),
  }));
  const field = (name) => document.getElementById(`sn-filter-${name}`);
  const show = () => {
    const words = field("words").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const [agency, concern, kind] = ["agency", "concern", "kind"].map((name) => field(name).value);
    let shown = 0;
    for (const row of rows) {
      const fits =
        words.every((word) => row.text.includes(word)) &&
        (!agency || row.agencies.includes(agency)) &&
        (!concern || row.concerns.includes(concern)) &&
        (!kind || row.kind === kind);
      row.line.hidden = !fits;
      shown += fits;
    }
    field("said").textContent = shown === rows.length ? `All ${shown} rows.` : `${shown} of ${rows.length} rows.`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  show();
})();
