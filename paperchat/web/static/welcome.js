// An empty page: how many papers, from when, what they are about, and questions that were tried and are answered.

const LACKING = "Add exports of your reference manager, PDFs or listing pages, or take the papers that come with paperchat.";
const AGAIN = 700; // ms until what is still being tried is asked for again
let beginning = null; // what the server has found of the set
let asksBeginning = false;

let empty = ofSet() ? null : given(); // how many papers there are: this is the page as it opens
let emptySet = ofSet(); // the set that all of this is of
const welcome = make("div", { class: "pc-welcome" });
const promise = make("p");
const offered = make("div", { class: "pc-offered" });

/** What an answer will be, as far as it is known who writes it. */
const promised = () => {
  const none = writers.advice === "" ? "as you chose, no model writes" : "no model is there that would write";
  if (model === null) return `Answers are the papers\u2019 own sentences: ${none}.`;
  return `${model ? `${model} writes the answers, and each` : "Each"} sentence shows the sentence of a paper that it rests on.`;
};

const exampleButton = (example) =>
  make("li", {}, make("button", { type: "button", class: "pc-example", dir: "auto", onclick: () => ask(example, 0) }, example));

/** A subject: a request for its papers where that is answered, else the table of them. */
const subjectButton = ({ name, question, topic }) => {
  const act = () => (question ? ask(question, 0) : tell("browse-topic", topic));
  const title = question || `The table of the papers on ${topic}`;
  return make("li", {}, make("button", { type: "button", class: "pc-form", dir: "auto", title, onclick: act }, name));
};

/** A list that is filled as more comes in: what is there stays, for somebody may be pressing it. */
const growing = (kind, label, draw) => {
  const list = make("ul", { class: kind, "aria-label": label });
  const keys = [];
  return (rows) => {
    for (const [place, row] of rows.entries()) {
      const key = JSON.stringify(row);
      if (keys[place] === key) continue;
      if (list.children[place]) list.children[place].replaceWith(draw(row));
      else list.append(draw(row));
      keys[place] = key;
    }
    while (list.children.length > rows.length) list.lastChild.remove();
    keys.length = rows.length;
    return rows.length ? list : null;
  };
};

const since = make("span");
const browse = make("button", { type: "button", class: "pc-quiet", onclick: () => tell("browse") }, icon("papers"), "Browse all papers");
const about = make("p", { class: "pc-set" }, since, browse);
const exampleList = growing("pc-examples", "Example questions", exampleButton);
const subjectLabel = make("h3", { class: "pc-label" }, "What they are about");
const subjectList = growing("pc-forms", "Subjects", subjectButton);

const drawOffered = () => {
  const { years = "", examples = [], subjects = [] } = beginning ?? {};
  since.textContent = years && `They are from ${years}.`;
  const parts = [about, exampleList(examples), subjects.length > 0 && subjectLabel, subjectList(subjects)].filter(Boolean);
  parts.forEach((part, place) => offered.children[place] === part || offered.insertBefore(part, offered.children[place] ?? null));
  while (offered.children.length > parts.length) offered.lastChild.remove();
};

/** Ask what the set offers once the page stands, and again while there is more to come and somebody to see it. */
const askBeginning = async () => {
  if (asksBeginning || beginning?.ready) return;
  asksBeginning = true;
  const own = empty;
  const got = await request("beginning").catch(() => null); // where the server is gone, others say so
  asksBeginning = false;
  if (own !== empty) return welcome.isConnected && askBeginning(); // it is another set by now
  if (got && JSON.stringify(got) !== JSON.stringify(beginning)) {
    beginning = got;
    drawOffered();
  }
  if (got && !got.ready && welcome.isConnected) setTimeout(askBeginning, AGAIN);
};

/** The tab has turned to another set, or papers have come in or gone. */
const renewWelcome = (state) => {
  if (empty?.papers === state.papers && emptySet === ofSet()) return;
  [empty, emptySet, beginning] = [state, ofSet(), null];
  welcome.remove();
};

const placeWelcome = () => {
  if (exchanges.length) return welcome.remove();
  promise.textContent = empty?.papers === 0 ? LACKING : promised();
  if (!empty || welcome.isConnected || reopening) return;
  if (empty.papers) drawOffered();
  else offered.replaceChildren(make("p", { class: "pc-set" }, make("button", { type: "button", class: "pc-quiet", onclick: () => tell("browse-add") }, icon("papers"), "Add papers")));
  welcome.replaceChildren(make("h2", {}, empty.papers ? `Ask ${many(empty.papers, "paper")}.` : "There are no papers yet."), promise, offered);
  log.append(welcome);
  if (empty.papers) setTimeout(askBeginning);
};

const drawWelcome = () => {
  placeWelcome();
  document.body.classList.toggle("pc-empty", welcome.isConnected);
};
