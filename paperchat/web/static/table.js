// A comparison: aspects by papers, each cell with the sentence that it rests on.

const UNSTATED = "not stated in the abstract";

const tableNode = (index, { aspects, papers, cells }) => {
  const head = papers.map((paper) => make("th", { scope: "col" }, titleButton(index, paper)));
  const cell = (sentence) => {
    if (!sentence) return make("td", { class: "pc-unstated" }, UNSTATED);
    const node = make("td", { class: "pc-cell", dir: "auto" }, sentenceSpan(index, sentence));
    const [chip] = sentence.chips;
    if (chip) node.addEventListener("click", ({ target }) => target.closest("button") || show(index, chip, node.querySelector(".pc-chip")));
    return node;
  };
  const rows = aspects.map((aspect, row) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, aspect), ...cells[row].map(cell)));
  return make(
    "div",
    { class: "pc-table-box", role: "region", tabindex: "0", "aria-label": "Comparison" },
    make("table", { class: "pc-table" }, make("thead", {}, make("tr", {}, make("td"), ...head)), make("tbody", {}, ...rows)),
  );
};

const TABLE_FORMS = { md: ["Markdown", "table"], csv: ["CSV", "table"], tex: ["LaTeX", "table"] };

/** The table and, at a click, its text in a format. */
const tableParts = (index, table) => {
  const place = make("div");
  const toggle = ({ currentTarget }) => {
    const isOpen = place.childElementCount > 0;
    place.replaceChildren(...(isOpen ? [] : [takeAway({ id: shownId, exchange: index }, TABLE_FORMS)]));
    currentTarget.setAttribute("aria-expanded", String(!isOpen));
  };
  const more = action("copy", "Copy or save the table", toggle);
  more.setAttribute("aria-expanded", "false");
  return [tableNode(index, table), make("div", { class: "pc-row" }, more), place];
};
