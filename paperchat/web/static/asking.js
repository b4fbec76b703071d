// What is asked of the server, one after another: each keeps what it was asked with, and ends what is running.

const waiting = []; // wishes in their order: {name, made}, where `made()` returns what is sent
let running = null; // the one that was sent, until Gradio says that its event has ended

const endRunning = () => document.querySelector("#pc-stop").click();

const next = () => {
  if (running || !waiting.length) return;
  const wish = waiting.shift();
  const made = wish.made();
  running = lost ? null : { ...wish, model: made.model }; // where Gradio waits for its server it sends nothing, and never says that it has ended
  const plain = { keep: null, question: null, typed: false, back: false, model: "", set: ofSet() };
  trigger("submit", { ...plain, ...made, shown: exchanges.length, tab: tabSecret() });
};

/** What writes the answer that is awaited: the model that was named for it, or the one of the conversation. */
const writing = () => (running?.model ? (running.model === writers.none ? null : running.model) : model);

/** Send something once what it ends has ended; a second press of the same changes nothing. */
const wish = (name, made) => {
  const latest = waiting.at(-1) ?? (running?.begun ? null : running);
  if (latest?.name === name) return;
  if (lost) tell("hint", UNREACHABLE);
  waiting.push({ name, made });
  if (running) endRunning();
  next();
};

/** The server has begun with what was sent; it ends at once if something waits, for which it may have been too early. */
const begun = () => {
  if (running) running.begun = true;
  if (waiting.length) endRunning();
};

/** Ask a question again, in the conversation that is on show, after its first `keep` exchanges; of a `model` if given. */
const ask = (question, keep, model = "") => {
  const [id, set] = [shownId, ofSet()];
  wish(`ask ${keep} ${model}: ${question}`, () => ({ id, question, keep, model, set }));
};

/** Go to a conversation that was kept, or with an empty key to a new one. */
const openKept = (id, how = {}) => {
  if (lost) ofTab.set(shownNote(), id); // it is opened when the page is back
  const set = ofSet();
  wish(`open ${set} ${id} ${JSON.stringify(how)}`, () => ({ id, set, ...how }));
  if (!id) tell("focus");
};

hear("ask", (question) => wish("typed", () => ({ id: shownId, question, typed: true }))); // where one is by then
hear("open", (id) => openKept(id));
hear("remove", ({ id, keep }) => openKept(id, { keep }));
hear("back", (id) => openKept(id, { back: true }));
hear("idle", () => {
  running = null;
  next();
});
hear("lost", () => (running = null));
