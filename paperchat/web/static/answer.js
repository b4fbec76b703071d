// The parts of an answer: its sentences with what they cite, quotes, lists, notices; and a look at a source.

const show = (index, target, from) => tell("show", { exchange: index, ...target, from });

const chipButton = (index, chip) => {
  const label = `Source ${chip.number}: ${chip.title}`;
  const button = make("button", { type: "button", class: "pc-chip", "aria-label": label }, String(chip.number));
  button.addEventListener("click", () => show(index, chip, button));
  button.addEventListener("pointerenter", () => showPeek(button, chip));
  button.addEventListener("focus", () => button.matches(":focus-visible") && showPeek(button, chip));
  for (const end of ["pointerleave", "blur", "click"]) button.addEventListener(end, hidePeek);
  return button;
};

const VERDICTS = { unsure: "not surely supported", partly: "partly supported", unsupported: "not supported" };
const FAULTS = { number: "This number is not in the cited sentence", title: "No paper of the set has this title" };

/** The words beside a sentence that did not pass the check; what is wrong shows on a look. */
const verdictMark = ({ verdict, reason }) => {
  const words = VERDICTS[verdict];
  const mark = make("button", { type: "button", class: "pc-verdict", "aria-label": `${words}: ${reason}` }, words);
  const look = () => showPeek(mark, { title: words, note: reason });
  for (const start of ["pointerenter", "focus", "click"]) mark.addEventListener(start, look);
  for (const end of ["pointerleave", "blur"]) mark.addEventListener(end, hidePeek);
  return mark;
};

const faultNode = ({ text, kind }) =>
  make(kind === "title" ? "s" : "mark", { class: `pc-fault pc-fault-${kind}`, title: FAULTS[kind] }, text);

const TOGETHER = 4; // marks that stay on one line

/** Marks in bundles that are not parted by the end of a line; none is alone. */
const bundles = (marks) => {
  const rows = [];
  for (let place = 0; place < marks.length; place += TOGETHER) rows.push(marks.slice(place, place + TOGETHER));
  if (rows.length > 1 && rows.at(-1).length === 1) rows.at(-1).unshift(rows.at(-2).pop());
  return rows;
};

/** A sentence and its numbers, which stay on the line of its last word. */
const sentenceSpan = (index, { parts, chips, verdict, reason }) => {
  const whole = parts.map((part) => (part.kind ? faultNode(part) : part.text));
  const last = typeof whole.at(-1) === "string" ? whole.pop() : "";
  const start = chips.length ? Math.max(0, last.search(/\S{1,24}\s*$/)) : last.length;
  const marks = [...chips.map((chip) => chipButton(index, chip)), VERDICTS[verdict] && verdictMark({ verdict, reason })];
  const [first = [], ...more] = bundles(marks.filter(Boolean));
  const ends = [make("span", { class: "pc-end" }, last.slice(start), ...first), ...more.map((marks) => make("span", { class: "pc-end" }, ...marks))];
  return make("span", { class: `pc-sentence ${verdict && `pc-is-${verdict}`}` }, ...whole, last.slice(0, start), ...ends, " ");
};

/** Redraw only the sentences that changed, so that a growing answer disturbs neither focus nor selection. */
const drawSentences = (record, index, sentences) => {
  if (!record.text) {
    record.text = make("p", { class: "pc-text", dir: "auto" });
    record.slots.answer.replaceChildren(record.text);
  }
  const spans = record.text.children;
  sentences.forEach((sentence, place) => {
    const key = JSON.stringify(sentence);
    if (record.sentences[place] === key) return;
    record.sentences[place] = key;
    const span = sentenceSpan(index, sentence);
    if (spans[place]) spans[place].replaceWith(span);
    else record.text.append(span);
  });
  while (spans.length > sentences.length) spans[spans.length - 1].remove();
  record.sentences.length = sentences.length;
};

const titleButton = (index, source) => {
  const button = make(
    "button",
    { type: "button", class: "pc-title", dir: "auto" },
    make("span", { class: "pc-number" }, String(source.number)),
    make("span", {}, ...titleNodes(source), byOf(source)),
  );
  button.addEventListener("click", () => show(index, { paper: source.paper }, button));
  return button;
};

const quoteButton = (index, { text, chips: [chip] }) => {
  const button = make("button", { type: "button", class: "pc-quote", dir: "auto" }, text);
  button.addEventListener("click", () => show(index, chip, button));
  return make("blockquote", {}, button);
};

/** Quotes of the papers cited, each paper's under its title. */
const quotedPapers = (index, cited, sentences) =>
  cited.map((source) => {
    const quotes = sentences.filter((sentence) => sentence.chips[0].paper === source.paper);
    return (
      quotes.length > 0 &&
      make(
        "section",
        { class: "pc-quoted" },
        make("h3", {}, titleButton(index, source)),
        ...quotes.map((sentence) => quoteButton(index, sentence)),
      )
    );
  });

/** Sentences as points, quotes in quotation marks. */
const pointsList = (index, sentences) =>
  make("ul", { class: "pc-points", dir: "auto" }, ...sentences.map((sentence) => make("li", { class: sentence.quote ? "pc-own" : null }, sentenceSpan(index, sentence))));

/** What a written answer leaves out: sentences that answer, quoted below it. */
const ownWords = (index, cited, quotes) => [
  make("h3", { class: "pc-label" }, cited.length > 1 ? "In the papers\u2019 words" : "In the paper\u2019s words"),
  ...(cited.length > 1 ? quotedPapers(index, cited, quotes) : quotes.map((sentence) => quoteButton(index, sentence))),
];

const citedList = (index, cited) => [
  make("h3", { class: "pc-label" }, "Cited"),
  make("ol", {}, ...cited.map((source) => make("li", {}, titleButton(index, source)))),
];

/** Lines below an answer: titles, which open their paper, or text, which may be several lines of code. */
const linesList = (index, lines) => {
  const open = ({ text, paper, by }) => {
    const button = make("button", { type: "button", class: "pc-title", dir: "auto" }, make("span", {}, text, byOf({ by })));
    button.addEventListener("click", () => show(index, { paper }, button));
    return button;
  };
  const plain = ({ text }) => (text.includes("\n") ? make("pre", {}, text) : make("span", { dir: "auto" }, ...withCode(text)));
  return [make("ul", { class: "pc-items" }, ...lines.map((line) => make("li", {}, line.paper ? open(line) : plain(line))))];
};

const inLine = (line) => (line === 1 ? "Waiting: your question is next…" : `Waiting: your question is number ${line} in line…`);

/** What is done while there is nothing to read, or a table that needs no model. */
const working = ({ found, table }, line) => {
  const writer = writing();
  const reading = writer && table ? `The table is made of the abstracts alone. ${writer} reads ${many(found, "paper")}…` : `Reading ${many(found, "paper")}…`;
  const doing = make(
    "p",
    { class: "pc-doing" },
    icon("working"),
    line ? inLine(line) : found ? reading : `Searching ${many(empty.papers, "paper")}…`,
    make("span", { class: "pc-elapsed", "aria-hidden": "true" }),
  );
  return table ? [doing] : [doing, make("div", { class: "pc-skeleton", "aria-hidden": "true" }, make("i"), make("i"), make("i"))];
};

const ADVICE = "paperchat-advice"; // how to get a model, as it was last said

const noticeLines = ({ stage, notices, sentences, doubt }) => {
  const own = notices.filter((notice) => notice !== ofBrowser.get(ADVICE)); // the bar says that once for all
  const lines = [...(doubt ? [doubt] : []), ...own].map((notice) => make("p", { class: "pc-notice" }, ...withCode(notice)));
  if (stage !== "stopped") return lines;
  const kept = sentences.length ? "Stopped. What was written is kept." : "Stopped before the first word.";
  return [make("p", { class: "pc-notice" }, kept), ...lines];
};

// ---- a look at a source without leaving the text

const peek = make("div", { class: "pc-peek", "aria-hidden": "true" });
let peeked = null; // at what, and how far down it stood

const showPeek = (button, { title, quote, note }) => {
  const body = note === undefined ? make("q", { dir: "auto" }, quote) : make("span", { dir: "auto" }, note);
  peek.replaceChildren(make("strong", { dir: "auto" }, title), body);
  element.append(peek);
  const chip = button.getBoundingClientRect();
  peeked = { button, top: chip.top };
  const left = Math.min(chip.left - 24, window.innerWidth - peek.offsetWidth - 12);
  const above = chip.top - peek.offsetHeight - 8;
  peek.style.left = `${Math.max(12, left)}px`;
  peek.style.top = `${above > 8 ? above : chip.bottom + 8}px`;
};

const hidePeek = () => {
  peeked = null;
  peek.remove();
};

/** A look stays for as long as what it hangs on is there and has not moved. */
const keepPeek = () => {
  if (peeked && !(peeked.button.isConnected && Math.abs(peeked.button.getBoundingClientRect().top - peeked.top) < 2)) hidePeek();
};
