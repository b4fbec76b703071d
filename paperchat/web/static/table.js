// A comparison: parts by papers, each cell in few words of the sentence that it rests on, which a click shows whole.

const arranged = new Map(); // of each table by what its reader has sorted it: {row, rising}

const tableKey = ({ papers, aspects }) => JSON.stringify([shownId, papers.map(({ paper }) => paper), aspects]);

/** The table as its reader has sorted it: {papers, rows}, each row with its cells in that order. */
const inOrder = (table) => {
  const { aspects, papers, cells, sorts, unstated } = table;
  const by = arranged.get(tableKey(table));
  const order = by ? sorts[by.row][by.rising ? "rising" : "falling"] : papers.map((_, place) => place);
  const rows = aspects.map((aspect, row) => ({ aspect, sort: sorts[row], missing: unstated[row], cells: order.map((at) => cells[row][at]) }));
  return { order, papers: order.map((at) => papers[at]), rows };
};

/** The few words of a sentence, which a click turns into all of it, with these marked; and back. */
const fewWords = ({ few, around: [before, after] }) => {
  const open = (isOpen) => {
    button.setAttribute("aria-expanded", String(isOpen));
    button.title = isOpen ? "Show only the words marked" : `${before}${few}${after}`;
    button.replaceChildren(...(isOpen ? [before, make("mark", {}, few), after] : [few]));
  };
  const turn = () => open(button.getAttribute("aria-expanded") !== "true");
  const press = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault(); // a space would scroll
    turn();
  };
  // a button breaks into lines as one block: the number behind would stand below it
  const button = make("span", { role: "button", tabindex: "0", class: "pc-few", onclick: turn, onkeydown: press });
  open(false);
  return button;
};

const cellNode = (index, sentence, missing) => {
  if (!sentence) return make("td", { class: "pc-unstated" }, missing);
  const [chip] = sentence.chips;
  const shortened = sentence.few && make("span", { class: "pc-sentence" }, fewWords(sentence), "\u00a0", ...sentence.chips.map((one) => chipButton(index, one)));
  const node = make("td", { class: chip && "pc-opens", dir: "auto" }, shortened || sentenceSpan(index, sentence));
  if (chip) node.addEventListener("click", ({ target }) => target.closest("button, [role=button]") || show(index, chip, node.querySelector(".pc-chip")));
  return node;
};

/** The head of a column: the short name of its paper, whose title stands at a point; a paper without one has its title. */
const headNode = (index, paper) => {
  const button = titleButton(index, paper);
  if (paper.head) button.lastChild.replaceChildren(make("b", { class: "pc-called" }, paper.head));
  button.title = paper.title;
  if (paper.head) button.setAttribute("aria-description", paper.title);
  return make("th", { scope: "col" }, button);
};

/** The head of a row, by which the papers are sorted where its numbers can be compared; where not, a click says why. */
const rowHead = (table, { aspect, sort }, row, redraw) => {
  if (!sort) return make("th", { scope: "row", dir: "auto" }, aspect);
  const by = arranged.get(tableKey(table));
  const isBy = by?.row === row;
  const turn = () => {
    if (sort.falling) arranged.set(tableKey(table), { row, rising: isBy && !by.rising });
    redraw(sort.told[Number(isBy && !by.rising)] ?? sort.told[0], row);
  };
  const sign = sort.falling ? icon(isBy ? (by.rising ? "rising" : "falling") : "sort") : null;
  const title = sort.falling ? `Sort the papers by ${aspect}` : sort.told[0];
  const button = make("button", { type: "button", class: "pc-sort", dir: "auto", title, onclick: turn }, aspect, sign);
  return make("th", { scope: "row", "aria-sort": isBy ? (by.rising ? "ascending" : "descending") : null }, button);
};

const tableNode = (index, table, redraw) => {
  const { papers, rows } = inOrder(table);
  const line = (row, place) => make("tr", {}, rowHead(table, row, place, redraw), ...row.cells.map((cell) => cellNode(index, cell, row.missing)));
  return make(
    "table",
    { class: "pc-table" },
    make("thead", {}, make("tr", {}, make("td"), ...papers.map((paper) => headNode(index, paper)))),
    make("tbody", {}, ...rows.map(line)),
  );
};

const TABLE_FORMS = { md: ["Markdown", "table"], csv: ["CSV", "table"], tex: ["LaTeX", "table"] };

/** The table and, at a click, its text in a format. */
const tableParts = (index, table) => {
  const box = make("div", { class: "pc-table-box", role: "region", tabindex: "0", "aria-label": "Comparison" });
  const said = make("p", { class: "pc-sorted", role: "status" });
  const place = make("div");
  const redraw = (told, row) => {
    box.replaceChildren(tableNode(index, table, redraw));
    said.textContent = told ?? "";
    if (place.childElementCount) place.replaceChildren(taken());
    if (row !== undefined) box.querySelectorAll("tbody tr")[row].querySelector(".pc-sort").focus();
  };
  const taken = () => takeAway({ id: shownId, exchange: index, order: inOrder(table).order }, TABLE_FORMS);
  const more = opensIn(place, action("copy", "Copy or save the table"), taken);
  redraw();
  return [box, said, make("div", { class: "pc-row" }, more), place];
};
