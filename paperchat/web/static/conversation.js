// The conversation: questions, answers as they are written, what they cite, and what can be done with them.

const log = element.querySelector(".pc-log");
const FINAL = ["checking", "done", "stopped", "failed"]; // while it is checked, the text is whole
const LOST_NOTICE = "The connection to paperchat was lost; what was written until then is kept.";
const OPEN = "paperchat-conversation"; // where this tab notes which one it shows
const drawn = [];
let drawnId = "";
let lost = false;
let reopening = sessionStorage.getItem(OPEN);

const last = () => props.value.exchanges.length - 1;
const isBusy = () => last() >= 0 && !FINAL.includes(exchangeAt(last()).stage);
const ask = (question, keep) => {
  tell("asking");
  trigger("submit", { question, keep, open: null });
};

/** Go to a conversation that was kept, or with an empty key to a new one. */
const openKept = (key) => {
  tell("asking");
  trigger("submit", { question: "", keep: null, open: key });
  if (!key) tell("focus");
};

/** The exchange as it is to be shown: one that was being written when the connection broke has failed. */
const exchangeAt = (index) => {
  const exchange = props.value.exchanges[index];
  if (!lost || FINAL.includes(exchange.stage)) return exchange;
  return { ...exchange, stage: "failed", notices: [...exchange.notices, LOST_NOTICE] };
};

// ---- an answer's parts

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

/** A sentence and its numbers, which stay on the line of its last word. */
const sentenceSpan = (index, { parts, chips, verdict, reason }) => {
  const whole = parts.map((part) => (part.kind ? faultNode(part) : part.text));
  const last = typeof whole.at(-1) === "string" ? whole.pop() : "";
  const start = chips.length ? Math.max(0, last.search(/\S{1,24}\s*$/)) : last.length;
  const marks = [...chips.map((chip) => chipButton(index, chip)), VERDICTS[verdict] && verdictMark({ verdict, reason })];
  const end = make("span", { class: "pc-end" }, last.slice(start), ...marks.filter(Boolean));
  return make("span", { class: `pc-sentence ${verdict && `pc-is-${verdict}`}` }, ...whole, last.slice(0, start), end, " ");
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
    make("span", {}, source.title),
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
  const open = ({ text, paper }) => {
    const button = make("button", { type: "button", class: "pc-title", dir: "auto" }, make("span", {}, text));
    button.addEventListener("click", () => show(index, { paper }, button));
    return button;
  };
  const plain = ({ text }) => (text.includes("\n") ? make("pre", {}, text) : make("span", { dir: "auto" }, ...withCode(text)));
  return [make("ul", { class: "pc-items" }, ...lines.map((line) => make("li", {}, line.paper ? open(line) : plain(line))))];
};

const inLine = (line) => (line === 1 ? "Waiting: your question is next…" : `Waiting: your question is number ${line} in line…`);

const working = (found, papers, line) => [
  make(
    "p",
    { class: "pc-doing" },
    icon("working"),
    line ? inLine(line) : found ? `Reading ${many(found, "paper")}…` : `Searching ${many(papers, "paper")}…`,
    make("span", { class: "pc-elapsed", "aria-hidden": "true" }),
  ),
  make("div", { class: "pc-skeleton", "aria-hidden": "true" }, make("i"), make("i"), make("i")),
];

const noticeLines = ({ stage, notices, sentences, doubt }) => {
  const lines = [...(doubt ? [doubt] : []), ...notices].map((notice) => make("p", { class: "pc-notice" }, ...withCode(notice)));
  if (stage !== "stopped") return lines;
  const kept = sentences.length ? "Stopped. What was written is kept." : "Stopped before the first word.";
  return [make("p", { class: "pc-notice" }, kept), ...lines];
};

// ---- actions

const plainText = ({ lead, sentences, lines, cited }) => {
  const marks = (chips) => [...new Set(chips.map((chip) => `[${chip.number}]`))].join("");
  const text = sentences.map(({ text, chips }) => (chips.length ? `${text} ${marks(chips)}` : text)).join(" ");
  const ours = [...(lead ? [lead] : []), ...(text ? [text] : []), ...lines.map(({ text }) => text)];
  return [...ours, ...cited.map(({ number, title }) => `[${number}] ${title}`)].join("\n");
};

const action = (name, label, act, changes = true) =>
  make("button", { type: "button", class: `pc-quiet ${changes ? "pc-change" : ""}`, onclick: act }, icon(name), label);

const undo = (index) => {
  ask("", index);
  announce("The last question was removed");
  tell("focus");
};

/** Save, and as what. */
const saveButtons = (index) => {
  const row = make("span", { class: "pc-save" });
  const receipt = async (form) => saveFile(await request("receipt", { id: props.value.id, exchange: index, form }));
  const as = (form, label) => action("save", label, () => receipt(form).catch(({ message }) => tell("hint", message)), false);
  const choose = () => {
    row.replaceChildren(as("md", "Markdown"), as("json", "JSON"));
    row.firstChild.focus();
  };
  row.append(action("save", "Save", choose, false));
  return row;
};

/** The references of an answer, under it. */
const citeButton = (record, index) => {
  const toggle = ({ currentTarget }) => {
    const isOpen = record.slots.take.childElementCount > 0;
    record.slots.take.replaceChildren(...(isOpen ? [] : [takeAway({ id: props.value.id, exchange: index })]));
    currentTarget.setAttribute("aria-expanded", String(!isOpen));
  };
  const button = action("cite", "Cite", toggle, false);
  button.setAttribute("aria-expanded", "false");
  return button;
};

const madeBy = ({ stage, abstained, reply, model, seconds, verbatim }) => {
  const writer = verbatim ? "quotes only" : model || (abstained || reply ? "" : "quotes only");
  const parts = [stage === "checking" ? "checking citations…" : "", writer, seconds ? `${seconds.toFixed(1)} s` : ""];
  return make("span", { class: "pc-made" }, parts.filter(Boolean).join(" · "));
};

const actions = (record, index, exchange, isLast) => [
  copyButton("Copy", () => plainText(exchange)),
  isLast && action("retry", "Retry", () => ask(exchange.question, index)),
  action("edit", "Edit", () => edit(record, index, exchange.question)),
  isLast && action("undo", "Undo", () => undo(index)),
  saveButtons(index),
  exchange.cited.length > 0 && citeButton(record, index),
  action("evidence", "Evidence", (event) => show(index, {}, event.currentTarget), false),
  madeBy(exchange),
];

/** Turn the question into a field; asking again drops what came after it. */
const edit = (record, index, question) => {
  const field = make("textarea", { class: "pc-edit", rows: "2", "aria-label": "Edit the question", dir: "auto" });
  const close = () => drawQuestion(record, question);
  const send = () => field.value.trim() && ask(field.value, index);
  field.value = question;
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  const drops = index < last() ? make("span", { class: "pc-drops" }, "Later questions will be removed.") : null;
  const row = make(
    "div",
    { class: "pc-row" },
    action("send", "Ask again", send),
    action("undo", "Cancel", close, false),
    drops,
  );
  record.slots.question.replaceChildren(field, row);
  field.focus();
};

// ---- the log

const SLOTS = ["question", "label", "lead", "answer", "words", "lines", "compared", "working", "notices", "folded", "sources", "actions", "take"];

const newRecord = (index, question) => {
  const slots = Object.fromEntries(SLOTS.map((name) => [name, make("div", { class: `pc-${name}` })]));
  const node = make("article", { class: "pc-exchange", "aria-label": `Question ${index + 1}` }, ...Object.values(slots));
  const record = { node, slots, question, began: performance.now(), keys: {}, sentences: [], text: null, final: null };
  drawQuestion(record, question);
  return record;
};

const drawQuestion = (record, question) =>
  record.slots.question.replaceChildren(make("h2", { class: "pc-asked", dir: "auto" }, question));

/** Redraw a part only when what it shows has changed. */
const drawPart = (record, name, data, build) => {
  const key = JSON.stringify(data);
  if (record.keys[name] === key) return;
  record.keys[name] = key;
  record.slots[name].replaceChildren(...build().filter(Boolean));
};

const drawAnswer = (record, index, exchange) => {
  const growing = exchange.stage === "writing";
  const written = exchange.sentences.findLastIndex(({ quote }) => !quote) + 1;
  const quotes = exchange.verbatim || growing ? [] : exchange.sentences.slice(written);
  drawPart(record, "words", quotes, () => (quotes.length ? ownWords(index, exchange.cited, quotes) : []));
  if (!exchange.verbatim) {
    drawSentences(record, index, growing ? exchange.sentences : exchange.sentences.slice(0, written));
    record.keys.answer = undefined;
    return;
  }
  record.text = null;
  record.sentences = [];
  drawPart(record, "answer", exchange.sentences, () => quotedPapers(index, exchange.cited, exchange.sentences));
};

const drawExchange = (record, index) => {
  const exchange = exchangeAt(index);
  const final = FINAL.includes(exchange.stage);
  const waiting = !final && exchange.sentences.length === 0 && !exchange.lines.length && !exchange.table;
  const label = exchange.abstained ? "Not answered by these papers" : exchange.verbatim ? "What the papers say" : "";
  record.node.dataset.stage = exchange.stage;
  record.node.dataset.list = String(Boolean(exchange.lead && exchange.model));
  record.node.setAttribute("aria-busy", String(!final));
  drawPart(record, "label", label, () => [label && make("p", { class: "pc-label" }, label)]);
  drawPart(record, "lead", exchange.lead, () => [exchange.lead && make("p", { class: "pc-text", dir: "auto" }, exchange.lead)]);
  drawAnswer(record, index, exchange);
  drawPart(record, "lines", exchange.lines, () => (exchange.lines.length ? linesList(index, exchange.lines) : []));
  drawPart(record, "compared", exchange.table, () => (exchange.table ? tableParts(index, exchange.table) : []));
  const { papers, line } = props.value;
  drawPart(record, "working", [waiting, exchange.found, line], () => (waiting ? working(exchange.found, papers, line) : []));
  drawPart(record, "notices", [exchange.stage, exchange.doubt, exchange.notices], () => noticeLines(exchange));
  drawPart(record, "folded", [exchange.withheld, exchange.thought], () => foldedParts(exchange));
  const cited = exchange.verbatim ? [] : exchange.cited;
  drawPart(record, "sources", cited, () => (cited.length ? citedList(index, cited) : []));
  const isLast = index === last();
  if (!final) record.slots.take.replaceChildren();
  drawPart(record, "actions", [final, isLast, exchange], () => (final ? actions(record, index, exchange, isLast) : []));
  announceProgress(record, exchange, final);
};

/** Screen readers hear that evidence is there and that the answer is, not every word on the way. */
const announceProgress = (record, exchange, final) => {
  const isKept = final && record.final === null; // reopened, not answered now
  if (final && !record.final && !isKept) announce(`Answer ${exchange.stage}. ${exchange.sentences.map(({ text }) => text).join(" ")}`);
  else if (props.value.line && !record.waits && !final) announce(inLine(props.value.line));
  else if (exchange.found && !record.found) announce(`Evidence found in ${many(exchange.found, "paper")}`);
  Object.assign(record, { final, found: exchange.found, waits: Boolean(props.value.line) });
};

const isOther = (record, exchange) => record.question !== exchange.question || (record.final && !FINAL.includes(exchange.stage));

const drawLog = () => {
  hidePeek();
  const { id, exchanges } = props.value;
  if (id !== drawnId) {
    if (drawnId) drawn.splice(0).forEach(({ node }) => node.remove());
    sessionStorage.setItem(OPEN, (drawnId = id));
    tell("current", id);
  }
  while (drawn.length > exchanges.length) drawn.pop().node.remove();
  exchanges.forEach((exchange, index) => {
    if (drawn[index] && isOther(drawn[index], exchange)) drawn.splice(index).forEach(({ node }) => node.remove());
    const isNew = !drawn[index];
    if (isNew) {
      drawn[index] = newRecord(index, exchange.question);
      log.append(drawn[index].node);
    }
    drawExchange(drawn[index], index);
    if (isNew) scrollTo(drawn[index].node, "start"); // once: after that the reader scrolls
  });
  drawWelcome();
  tell("busy", isBusy());
  tell("checking", last() >= 0 && exchangeAt(last()).stage === "checking");
  tell("count", exchanges.length);
};

// ---- an empty page

const drawWelcome = () => {
  const { exchanges, examples, papers } = props.value;
  if (exchanges.length) return welcome.remove();
  if (welcome.isConnected || reopening) return;
  const buttons = examples.map((example) =>
    make("li", {}, make("button", { type: "button", class: "pc-example", dir: "auto", onclick: () => ask(example, 0) }, example)),
  );
  welcome.replaceChildren(
    make("h2", {}, `Ask ${many(papers, "paper")}.`),
    make("p", {}, "Answers are written on this machine, and each sentence shows the sentence of a paper that it rests on."),
    make("ul", { "aria-label": "Example questions" }, ...buttons),
  );
  log.append(welcome);
};

const welcome = make("div", { class: "pc-welcome" });

// ---- a look at a source without leaving the text

const peek = make("div", { class: "pc-peek", "aria-hidden": "true" });

const showPeek = (button, { title, quote, note }) => {
  const body = note === undefined ? make("q", { dir: "auto" }, quote) : make("span", { dir: "auto" }, note);
  peek.replaceChildren(make("strong", { dir: "auto" }, title), body);
  element.append(peek);
  const chip = button.getBoundingClientRect();
  const left = Math.min(chip.left - 24, window.innerWidth - peek.offsetWidth - 12);
  const above = chip.top - peek.offsetHeight - 8;
  peek.style.left = `${Math.max(12, left)}px`;
  peek.style.top = `${above > 8 ? above : chip.bottom + 8}px`;
};

const hidePeek = () => peek.remove();

const tick = () => {
  if (!isBusy()) return;
  const record = drawn[last()];
  const seconds = Math.floor((performance.now() - record.began) / 1000);
  const elapsed = record.node.querySelector(".pc-elapsed");
  if (elapsed && seconds > 1) elapsed.textContent = `${seconds} s`;
};

/** Gradio tells no script that its stream broke: ask whether the server is there while an answer is awaited. */
const checkConnection = async () => {
  if (!isBusy()) return;
  try {
    await fetch("favicon.ico", { cache: "no-store" });
  } catch {
    tell("lost");
  }
};

setInterval(tick, 500);
setInterval(checkConnection, 3000);
document.addEventListener("scroll", hidePeek, true);
hear("open", openKept);
hear("lost", () => {
  lost = true;
  reopening = null;
  drawLog();
});
watch("value", () => {
  lost = false;
  reopening = null;
  drawLog();
});
drawLog();
if (reopening) openKept(reopening);
