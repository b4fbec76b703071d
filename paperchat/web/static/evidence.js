// The evidence of one answer: its papers, why each is here, and the abstract with the sentences that were used.

const panel = element.querySelector(".pc-panel");
const side = panel.closest("#pc-side");
const head = make("div", { class: "pc-panel-head" });
const list = make("div", { class: "pc-cards" });
const open = new Set(); // "<exchange>:<paper>" of the cards whose abstract is shown
const shut = new Set(); // of those that are shown open by themselves, the ones that were closed
const strong = new Map(); // of these cards, where the sentence begins that stands out
const citing = new Set(); // the same of those whose references are shown
let selected = -1;
let found = null; // a paper that was looked up, as {question, cards}: it is shown instead
let origin = null; // what the reader came from: Escape goes back there
let shownKey = "";
let latestKey = "";

const panels = []; // of each answer: the server sends what changes of it
const keyOf = (paper) => `${found ? "found" : selected}:${paper}`;

const cardOf = (paper) => [...list.querySelectorAll(".pc-card")].find((node) => node.dataset.paper === paper);

const goBack = () => {
  if (!origin?.isConnected) return;
  scrollTo(origin, "center");
  origin.focus({ preventScroll: true });
};

// ---- a card

const OPENED = 3; // cards of an answer of quotes that are open by themselves: their sentences stand in the answer

const repeats = (card) => Boolean(!found && panels[selected]?.verbatim && card.number);

const opensItself = (card) => repeats(card) && panels[selected].cards.indexOf(card) < OPENED;

const isOpen = (card) => open.has(keyOf(card.paper)) || (opensItself(card) && !shut.has(keyOf(card.paper)));

/** Where the sentence begins that stands out in an abstract: the one that was asked for, or else the best. */
const strongest = (card) => strong.get(keyOf(card.paper)) ?? card.best;

const abstractText = (card) =>
  make(
    "p",
    { class: "pc-abstract", dir: "auto" },
    ...card.pieces.map(({ text, kind, start, end }) =>
      kind ? make("mark", { class: `pc-${kind}${start === strongest(card) ? " pc-strong" : ""}`, tabindex: "-1", "data-start": start, "data-end": end }, text) : text,
    ),
  );

const quoteList = (card) => {
  const quotes = card.pieces.filter(({ leading }) => leading);
  const line = (piece) => {
    const button = make("button", { type: "button", class: `pc-quote pc-${piece.kind}`, dir: "auto" }, piece.text);
    button.addEventListener("click", () => reveal(card.paper, piece.start));
    return make("li", {}, button);
  };
  return make("ul", { class: "pc-quotes", "aria-label": "Sentences used" }, ...quotes.map(line));
};

const plainCitation = ({ title, pieces }) =>
  [title, ...pieces.filter(({ leading }) => leading).map(({ text }) => `“${text}”`)].join("\n");

const toggleAbstract = (card) => {
  const key = keyOf(card.paper);
  if (isOpen(card)) {
    open.delete(key);
    shut.add(key);
    drawPanel(true);
  } else reveal(card.paper);
  cardOf(card.paper)?.querySelector("[aria-expanded]").focus({ preventScroll: true });
};

const toggleCite = (paper) => {
  if (!citing.delete(keyOf(paper))) citing.add(keyOf(paper));
  drawPanel(true); // keeps the focus where it is
};

/** The references of a card; Escape closes them. */
const references = (paper) => {
  const box = takeAway({ paper });
  closeOnEscape(box, () => {
    toggleCite(paper);
    cardOf(paper).querySelector(".pc-cites").focus({ preventScroll: true });
  });
  return box;
};

const askAbout = (paper) => {
  if (sheet.isOpen()) origin = null; // the reader goes on to the question box
  sheet.close();
  tell("ask-about", { paper });
};

const cardTools = (card, isWhole) => {
  const unseen = card.pieces.filter(({ kind, leading }) => kind && !leading).length;
  const label = isWhole ? "Hide abstract" : unseen ? `Whole abstract, ${unseen} more used` : "Whole abstract";
  const name = `${label}: ${card.title}`;
  const more = make(
    "button",
    { type: "button", class: "pc-quiet", "aria-expanded": String(isWhole), "aria-label": name },
    icon(isWhole ? "less" : "more"),
    label,
  );
  more.addEventListener("click", () => toggleAbstract(card));
  const isCited = citing.has(keyOf(card.paper));
  const cite = make(
    "button",
    { type: "button", class: "pc-quiet pc-cites", "aria-expanded": String(isCited), "aria-label": `Cite: ${card.title}` },
    icon("cite"),
    "Cite",
  );
  cite.addEventListener("click", () => toggleCite(card.paper));
  const about = make("button", { type: "button", class: "pc-quiet", "aria-label": `Ask about this paper: ${card.title}`, onclick: () => askAbout(card.paper) }, icon("edit"), "Ask about this paper");
  return make("div", { class: "pc-row" }, more, copyButton("Copy quote", () => plainCitation(card)), cite, about);
};

const cardNode = (card) => {
  const isWhole = isOpen(card);
  const number = card.number ? make("span", { class: "pc-number" }, String(card.number)) : null;
  return make(
    "article",
    { class: `pc-card ${card.number ? "pc-is-cited" : ""}`, "data-paper": card.paper },
    make(found ? "h3" : "h4", { class: "pc-card-title", dir: "auto" }, number, make("span", {}, ...titleNodes(card), byOf(card))),
    card.why && make("p", { class: "pc-why", title: card.scores, "aria-label": `${card.why}. ${card.scores}` }, card.why),
    isWhole ? abstractText(card) : !repeats(card) && quoteList(card),
    cardTools(card, isWhole),
    citing.has(keyOf(card.paper)) && references(card.paper),
  );
};

// ---- the panel

/** Draw the cards anew, but leave the reader's focus and the card that has it where they are. */
const keepPlace = (draw) => {
  const active = list.contains(document.activeElement) ? document.activeElement : null;
  const card = active?.closest(".pc-card");
  if (!card) return draw();
  const top = card.getBoundingClientRect().top;
  const controls = "button, mark";
  const index = [...card.querySelectorAll(controls)].indexOf(active);
  draw();
  const again = cardOf(card.dataset.paper);
  if (!again) return;
  const scroller = sheet.scroller(side);
  scroller.scrollTop += again.getBoundingClientRect().top - top;
  again.querySelectorAll(controls)[index]?.focus({ preventScroll: true });
};

const group = (name, cards) =>
  cards.length ? make("section", { class: "pc-group" }, make("h3", { class: "pc-label" }, name), ...cards.map(cardNode)) : null;

const drawHead = (current) => {
  const latest = panels.length - 1;
  const label = found ? (latest < 0 ? "Close" : "Back to the evidence") : "Show the latest";
  const leave = () => {
    const from = origin;
    select(found ? selected : latest);
    if (latest < 0) sheet.close();
    if (panel.checkVisibility()) head.querySelector("h2").focus({ preventScroll: true });
    else if (from?.isConnected) from.focus();
    else tell("focus");
  };
  const back = make("button", { type: "button", class: "pc-quiet", onclick: leave }, label);
  head.replaceChildren(
    make("h2", { tabindex: "-1" }, found ? "Paper" : "Evidence"),
    ...(found || (latest > 0 && current) ? [make("p", { class: "pc-for", dir: "auto" }, current.question)] : []),
    ...(found || selected < latest ? [back] : []),
  );
};

const emptyText = () =>
  make("p", { class: "pc-empty" }, "The papers behind an answer appear here, with the sentences that were used.");

const drawCards = (current) => {
  const cited = current.cards.filter((card) => card.number);
  const others = current.cards.filter((card) => !card.number);
  if (found) return list.replaceChildren(make("section", { class: "pc-group" }, ...current.cards.map(cardNode)));
  const name = current.reply ? "Papers" : current.abstained ? "Closest papers" : cited.length ? "Also retrieved" : "Retrieved";
  list.replaceChildren(...[group("Cited", cited), group(name, others)].filter(Boolean));
};

const drawPanel = (force = false) => {
  const current = found ?? panels[selected];
  const key = JSON.stringify([selected, panels.length, current]);
  document.body.classList.toggle("pc-looking", Boolean(found));
  if (key === shownKey && !force) return;
  shownKey = key;
  drawHead(current);
  panel.classList.toggle("pc-is-empty", !current);
  if (current) keepPlace(() => drawCards(current));
  else list.replaceChildren(emptyText());
};

const select = (index) => {
  found = null;
  selected = index;
  drawPanel();
};

/** Show whole the abstract of a paper, and bring the reader to its sentence: the given one, or the strongest. */
const reveal = (paper, start) => {
  open.add(keyOf(paper));
  strong.set(keyOf(paper), start);
  drawPanel(true);
  const marks = [...(cardOf(paper)?.querySelectorAll("mark") ?? [])];
  const mark = marks.find((one) => one.classList.contains("pc-strong")) ?? marks[0];
  if (!mark) return;
  mark.classList.add("pc-found");
  scrollTo(mark, "center");
  mark.focus({ preventScroll: true });
};

const showSource = ({ exchange, paper, start, number, title, quote, from }) => {
  origin = from;
  select(exchange);
  sheet.open();
  if (paper === undefined) {
    scrollTo(panel, "start");
    panel.querySelector("button")?.focus({ preventScroll: true });
    return;
  }
  reveal(paper, start);
  if (quote) announce(`Source ${number}, ${title}: ${quote}. Escape goes back to the answer.`);
};

/** Show a paper that was looked up, at the sentence that begins at `start`, its references at hand. */
const showPaper = async ({ paper, start = null, end = null, from }) => {
  try {
    found = await request("paper", { paper, start, end });
  } catch (error) {
    return tell("hint", error.message);
  }
  origin = from;
  sheet.open();
  citing.add(keyOf(paper));
  reveal(paper, start ?? undefined);
  const card = cardOf(paper);
  if (!card.querySelector("mark")) {
    scrollTo(panel, "start");
    card.querySelector("button").focus({ preventScroll: true });
  }
  announce(`${found.cards[0].title}. Escape goes back.`);
};

/** The map of the papers marks what the latest answer cites. */
const tellCited = () => tell("cited", (panels.at(-1)?.cards ?? []).filter((card) => card.number).map((card) => card.paper));

/** A new answer's evidence comes to the front; what is only cited anew stays where the reader is. */
const update = () => {
  const { first, panels: sent } = given();
  panels.splice(first, Infinity, ...sent);
  const latest = panels.length - 1;
  tellCited();
  const key = JSON.stringify([latest, panels[latest]?.question]);
  if (key !== latestKey || selected > latest) {
    latestKey = key;
    origin = found = null;
    selected = latest;
    for (const noted of [open, shut, strong]) noted.clear();
    citing.clear();
    side.scrollTop = 0;
  }
  drawPanel();
};

const sheet = sheetOf(panel, "Evidence", goBack);
panel.append(head, list);
panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || sheet.isOpen()) return;
  event.preventDefault();
  goBack();
});
hear("map-here", tellCited);
hear("show", showSource);
hear("lookup", showPaper);
watch("value", update);
update();
