// Check a draft: which papers support or contradict each sentence of a text, and the sentence that says so.

const view = element.querySelector(".pc-draft");
const STANCES = { supports: "Supported by", contradicts: "Contradicted by", unclear: "Not sure:" };
const field = make("textarea", {
  class: "pc-edit", rows: "6", maxlength: "100000", dir: "auto", "aria-label": "Text to check",
  placeholder: "Paste a sentence or a paragraph",
});
field.value = ofTab.get("paperchat-draft") ?? ""; // it outlives a reload
field.addEventListener("input", () => ofTab.set("paperchat-draft", field.value));
const REPORTS = { md: ["Markdown", "report"], html: ["HTML, for Word", "report"] };
const report = make("div", { class: "pc-report" });

/** What was found of a text, to take along; a copy pastes into a word processor with its quotes and references. */
const drawReport = (text) => {
  const place = make("div");
  const more = opensIn(place, make("button", { type: "button", class: "pc-quiet" }, icon("save"), "Report"), () => takeAway({ text }, REPORTS));
  report.replaceChildren(make("div", { class: "pc-row" }, more), place);
};

const results = make("ol", { class: "pc-traced", "aria-label": "Sentences of the draft" });
const line = make("p", { class: "pc-doing", role: "status" });
let asked = 0;

const foundNode = ({ paper, title, stance, quote, start, end, sure, reason }) => {
  const button = make("button", { type: "button", class: "pc-quote", dir: "auto" }, quote);
  button.addEventListener("click", () => tell("lookup", { paper, start, end, from: button }));
  const mark = make("span", { class: `pc-stance pc-${stance}` }, STANCES[stance]);
  return make(
    "div",
    { class: "pc-quoted" },
    make("p", { class: "pc-traced-title", dir: "auto" }, mark, ` ${title}`, make("span", { class: "pc-sure" }, sure)),
    make("blockquote", {}, button),
    reason && make("p", { class: "pc-notice", dir: "auto" }, reason),
  );
};

const sentenceNode = ({ text, found }) =>
  make(
    "li",
    { class: "pc-traced-sentence" },
    make("p", { class: "pc-text", dir: "auto" }, text),
    ...(found.length ? found.map(foundNode) : [make("p", { class: "pc-traced-title" }, "Nothing found in these papers")]),
  );

const check = async () => {
  const turn = ++asked;
  const text = field.value.trim();
  if (!text) return field.focus();
  line.replaceChildren(icon("working"), "Checking each sentence…");
  results.replaceChildren();
  report.replaceChildren();
  button.disabled = true;
  const got = await request("trace", { text }).catch((error) => ({ sentences: [], error: error.message }));
  if (turn !== asked) return;
  button.disabled = false;
  line.replaceChildren(got.error ?? "");
  results.replaceChildren(...got.sentences.map(sentenceNode));
  if (got.error) return;
  drawReport(text);
  announce(`${many(got.sentences.length, "sentence")} checked`);
};

const show = (now) => {
  document.body.classList.toggle("pc-drafting", now);
  tell("drafting", now);
  if (now) field.focus();
  else tell("focus");
};
const isShown = () => document.body.classList.contains("pc-drafting");

const button = make("button", { type: "button", class: "pc-solid", onclick: check }, "Check");
const back = make("button", { type: "button", class: "pc-quiet", onclick: () => show(false) }, icon("undo"), "Back to the conversation");
field.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && check());
view.append(
  make("h2", {}, "Check a draft"),
  make("p", { class: "pc-draft-line" }, "Each sentence is held against all papers: what supports it, what contradicts it, and where."),
  field,
  make("div", { class: "pc-row" }, button, back),
  line,
  report,
  results,
);
hear("set", () => results.replaceChildren()); // they are of the papers of another set
hear("draft", () => show(!isShown()));
for (const other of ["browsing", "setting"]) hear(other, (now) => now && isShown() && show(false)); // "Back" there is to the conversation
hear("open", () => isShown() && show(false));
