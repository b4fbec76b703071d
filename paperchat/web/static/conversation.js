// The conversation: questions, answers as they are written, what they cite, and what can be done with them.

const log = element.querySelector(".pc-log");
const FINAL = ["checking", "done", "stopped", "failed"]; // while it is checked, the text is whole
const UNREACHABLE = "paperchat does not answer. Try again; if that fails, see whether it still runs and reload this page.";
const LOST_NOTICE = "The connection to paperchat was lost; what was written until then is kept.";
const drawn = [];
const exchanges = []; // what is shown: the server sends what changes of it
let shownId = "";
let removed = 0; // exchanges that can be put back
const REMOVED = "paperchat-removed"; // where this tab notes what went back into the box
let replaced = false; // by what was asked in their place
let model; // what writes the answers, null where nothing does
let writers = { installed: [], missing: [], none: "" }; // what else may, and none
let line = 0; // number in line of the question that waits
let lost = false;
let reopening = namedConversation() ?? ofTab.get(shownNote());

const last = () => exchanges.length - 1;
const isBusy = () => last() >= 0 && !FINAL.includes(exchangeAt(last()).stage);

/** The exchange as it is to be shown: one that was being written when the connection broke has failed. */
const exchangeAt = (index) => {
  const exchange = exchanges[index];
  if (!lost || FINAL.includes(exchange.stage)) return exchange;
  return { ...exchange, stage: "failed", notices: [...exchange.notices, LOST_NOTICE] };
};

// ---- actions

const action = (name, label, act) => {
  const button = make("button", { type: "button", class: "pc-quiet" }, icon(name), label);
  if (act) button.addEventListener("click", act);
  return button;
};

/** Take the last question back into the box. */
const undo = (index) => {
  if (lost) return tell("hint", UNREACHABLE); // it stays where it is
  tell("remove", { id: shownId, keep: index });
  ofTab.set(REMOVED, exchanges[index].question);
  tell("draft-text", exchanges[index].question);
  announce("The last question was removed");
  tell("focus");
};

/** Save, and as what. */
const saveButtons = (index) => {
  const row = make("span", { class: "pc-save" });
  const receipt = async (form) => saveFile(await request("receipt", { id: shownId, exchange: index, form }));
  const as = (form, label) => action("save", label, () => receipt(form).catch(({ message }) => tell("hint", message)));
  const choose = () => {
    row.replaceChildren(as("md", "Markdown"), as("json", "JSON"));
    row.firstChild.focus();
  };
  const offer = () => row.replaceChildren(action("save", "Save", choose));
  closeOnEscape(row, () => {
    offer();
    row.firstChild.focus();
  });
  offer();
  return row;
};

/** The references of an answer, under it. */
const citeButton = (record, index) =>
  opensIn(record.slots.take, action("cite", "Cite"), () => takeAway({ id: shownId, exchange: index }));

const editButton = (record, index, question) => {
  const button = action("edit", "Edit", () => edit(record, index, question));
  button.classList.add("pc-edits");
  return button;
};

const madeBy = ({ stage, abstained, reply, model, seconds, verbatim, sentences }) => {
  const isQuoted = verbatim || (!model && !abstained && !reply && sentences.length === 0); // a table is of quotes
  const writer = isQuoted ? "quotes only" : model || (abstained || reply ? "" : "written before");
  const parts = [stage === "checking" ? "checking citations…" : "", writer, seconds ? `${seconds.toFixed(1)} s` : ""];
  return make("span", { class: "pc-made" }, parts.filter(Boolean).join(" · "));
};

const actions = (record, index, exchange, isLast) => [
  copyButtons(exchange),
  isLast && action("retry", "Retry", () => ask(exchange.question, index)),
  retryWith(record, index, exchange, !isLast),
  editButton(record, index, exchange.question),
  isLast && action("undo", "Undo", () => undo(index)),
  saveButtons(index),
  exchange.cited.length > 0 && citeButton(record, index),
  copyButton("Copy link", () => linkTo(answerAddress(shownId, index + 1))),
  action("evidence", exchange.found ? `Evidence: ${many(exchange.found, "paper")}` : "Evidence", (event) => show(index, {}, event.currentTarget)),
  thumbs(index),
  madeBy(exchange),
];

/** Turn the question into a field; asking again drops what came after it. */
const edit = (record, index, question) => {
  const place = record.slots.question;
  const field = make("textarea", { class: "pc-edit", rows: "2", "aria-label": "Edit the question", dir: "auto" });
  const close = () => {
    place.onkeydown = null;
    drawQuestion(record, question);
    record.slots.actions.querySelector(".pc-edits").focus({ preventScroll: true });
  };
  const send = () => field.value.trim() && ask(field.value, index);
  field.value = question;
  place.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // nothing else closes
    close();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  const drops = index < last() ? make("span", { class: "pc-drops" }, "Later questions will be removed.") : null;
  const row = make(
    "div",
    { class: "pc-row" },
    action("send", "Ask again", send),
    action("undo", "Cancel", close),
    drops,
  );
  place.replaceChildren(make("h2", { class: "pc-hidden" }, question), field, row);
  field.focus();
};

// ---- the log

const SLOTS = [
  "question", "label", "lead", "answer", "words", "lines", "compared", "working", "notices", "folded", "sources", "how",
  "actions", "opinion", "again", "take", "onward",
];

const newRecord = (index, question) => {
  const slots = Object.fromEntries(SLOTS.map((name) => [name, make("div", { class: `pc-${name}` })]));
  const node = make("article", { class: "pc-exchange", "aria-label": `Question ${index + 1}` }, ...Object.values(slots), make("span", { class: "pc-tail" }));
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
  const quotes = exchange.verbatim || exchange.points || growing ? [] : exchange.sentences.slice(written);
  drawPart(record, "words", quotes, () => (quotes.length ? ownWords(index, exchange.cited, quotes) : []));
  if (!exchange.verbatim && !exchange.points) {
    drawSentences(record, index, growing ? exchange.sentences : exchange.sentences.slice(0, written));
    record.keys.answer = undefined;
    return;
  }
  record.text = null;
  record.sentences = [];
  if (exchange.points) return drawPart(record, "answer", exchange.sentences, () => [pointsList(index, exchange.sentences)]);
  const quoted = exchange.sentences.some(({ differs }) => differs) ? pairedQuotes : quotedPapers;
  drawPart(record, "answer", exchange.sentences, () => quoted(index, exchange.cited, exchange.sentences));
};

const drawExchange = (record, index) => {
  const exchange = exchangeAt(index);
  const final = FINAL.includes(exchange.stage);
  const waiting = !final && exchange.sentences.length === 0 && !exchange.lines.length;
  const label = exchange.abstained ? "Not answered by these papers" : exchange.verbatim ? "What the papers say" : "";
  record.node.dataset.stage = exchange.stage;
  record.node.dataset.list = String(Boolean(exchange.lead && exchange.model));
  record.node.setAttribute("aria-busy", String(!final));
  drawPart(record, "label", label, () => [label && make("p", { class: "pc-label" }, label)]);
  drawPart(record, "lead", exchange.lead, () => [exchange.lead && make("p", { class: "pc-text", dir: "auto" }, exchange.lead)]);
  drawAnswer(record, index, exchange);
  drawPart(record, "lines", exchange.lines, () => (exchange.lines.length ? linesList(index, exchange.lines) : []));
  drawPart(record, "compared", exchange.table, () => (exchange.table ? tableParts(index, exchange.table) : []));
  drawPart(record, "working", [waiting, exchange.found, line, Boolean(exchange.table), writing()], () => (waiting ? working(exchange, line) : []));
  drawPart(record, "notices", [exchange.stage, exchange.doubt, exchange.notices, ofBrowser.get(ADVICE)], () => noticeLines(exchange));
  drawPart(record, "folded", [exchange.withheld, exchange.thought], () => foldedParts(exchange));
  const cited = exchange.verbatim && !exchange.points ? [] : exchange.cited;
  drawPart(record, "sources", cited, () => (cited.length ? citedList(index, cited) : []));
  const isLast = index === last();
  drawPart(record, "how", exchange.made, () => [madePart(index, exchange.made)]);
  if (!final) record.slots.take.replaceChildren();
  if (!final) record.slots.again.replaceChildren();
  const opinion = judged[index] ?? null;
  drawPart(record, "actions", [final, isLast, exchange, opinion?.good], () => (final ? actions(record, index, exchange, isLast) : []));
  drawPart(record, "opinion", [final, opinion, marked], () => (final && opinion ? opinionParts(index, opinion) : []));
  drawPart(record, "onward", [final, isLast, exchange, onwardAt(index), model], () => (final && isLast ? onwardParts(exchange, onwardAt(index)) : []));
  announceProgress(record, exchange, final);
};

/** Screen readers hear that evidence is there and that the answer is, not every word on the way. */
const announceProgress = (record, exchange, final) => {
  const isKept = final && record.final === null; // reopened, not answered now
  if (final && !record.final && !isKept) announce(`Answer ${exchange.stage}. ${exchange.sentences.map(({ text }) => text).join(" ")}`);
  else if (line && !record.waits && !final) announce(inLine(line));
  else if (exchange.found && !record.found) announce(`Evidence found in ${many(exchange.found, "paper")}`);
  Object.assign(record, { final, found: exchange.found, waits: Boolean(line) });
};

const isOther = (record, exchange) => record.question !== exchange.question || (record.final && !FINAL.includes(exchange.stage));

/** Draw the exchanges from this place on. */
const drawLog = (first = 0) => {
  let arrived = null;
  while (drawn.length > exchanges.length) drawn.pop().node.remove();
  for (let index = first; index < exchanges.length; index++) {
    if (drawn[index] && isOther(drawn[index], exchanges[index])) drawn.splice(index).forEach(({ node }) => node.remove());
    const isNew = !drawn[index];
    if (isNew) {
      drawn[index] = newRecord(index, exchanges[index].question);
      log.append(drawn[index].node);
      if (index === first && first > 0) drawExchange(drawn[first - 1], first - 1); // it is the last one no more
    }
    drawExchange(drawn[index], index);
    if (isNew) arrived = drawn[index].node;
  }
  drawRemoved();
  drawWelcome();
  lookOnward();
  if (arrived) scrollTo(arrived, "start"); // once, when all stands where it stays: after that the reader scrolls
  keepPeek();
  attend();
  tell("busy", isBusy());
  tell("checking", last() >= 0 && exchangeAt(last()).stage === "checking");
  tell("count", exchanges.length);
  document.title = exchanges.length ? `${exchanges[0].question.slice(0, 80)} \u00b7 paperchat` : "paperchat"; // so tabs are told apart
};

/** What was removed or replaced, and the way back. */
const drawRemoved = () => {
  put.remove();
  if (!removed) return;
  const what = replaced ? `${many(removed, "earlier answer")} replaced` : `${many(removed, "question")} removed`;
  put.replaceChildren(make("span", {}, what), action("undo", "Put back", putBack));
  log.append(put);
};

const putBack = () => {
  tell("draft-taken", ofTab.get(REMOVED)); // it stands in the conversation again
  tell("back", shownId);
  tell("focus");
};

const put = make("p", { class: "pc-removed", role: "status" });

// ---- what changes

/** Take what the server sends: the exchanges from a place on, of this conversation or another one. */
const take = (sent) => {
  if (sent.first > exchanges.length) return openKept(sent.id); // something was missed on the way
  lost = false;
  reopening = null;
  if (sent.id !== shownId && !(sent.first === 0 && shownId === "")) drawn.splice(0).forEach(({ node }) => node.remove());
  if (sent.id !== shownId) {
    ofTab.set(shownNote(), (shownId = sent.id));
    tell("current", shownId);
  }
  exchanges.splice(sent.first, Infinity, ...sent.exchanges);
  forgetOpinions(sent.first);
  [removed, line] = [sent.removed ?? 0, sent.line ?? 0];
  replaced = sent.turn === undefined;
  drawLog(sent.first);
  if (sent.first === 0) tell("opened");
  if (sent.turn !== undefined) loadOpinions(); // a conversation that was kept
  begun();
};

const tick = () => {
  const record = drawn[last()];
  const seconds = Math.floor((performance.now() - record.began) / 1000);
  const elapsed = record.node.querySelector(".pc-elapsed");
  if (elapsed && seconds > 1) elapsed.textContent = `${seconds} s`;
};

/** Gradio tells no script that its stream broke: ask whether the server is there while an answer is awaited. */
const checkConnection = async () => {
  try {
    await fetch("favicon.ico", { cache: "no-store" });
  } catch {
    tell("lost");
  }
};

/** What goes on while an answer is written, and only then. */
const attend = () => {
  if (isBusy() && !attending.length) attending.push(setInterval(tick, 500), setInterval(checkConnection, 3000));
  if (!isBusy()) attending.splice(0).forEach(clearInterval);
};

const attending = [];

document.addEventListener("scroll", keepPeek, true);
document.addEventListener("keydown", ({ key }) => key === "Escape" && hidePeek(), true);
hear("edit-last", () => exchanges.length && !isBusy() && edit(drawn[last()], last(), exchangeAt(last()).question));
hear("lost", () => {
  lost = true;
  reopening = null;
  drawLog(Math.max(0, last()));
});
hear("set", () => openKept(namedConversation() ?? ofTab.get(shownNote()) ?? ""));
hear("set-state", (state) => {
  renewWelcome(state);
  drawLog();
});
hear("state", (state) => {
  if (state.advice) ofBrowser.set(ADVICE, state.advice);
  model = state.model;
  writers = state;
  drawLog();
});
watch("value", () => take(given()));
drawLog();
if (reopening) openKept(reopening);
