// What a reader thinks of an answer: a thumb and a word, kept on this machine, taken back by a second press.

let judged = {}; // of the answers on show, by their places: {good, word}
let marked = 0; // answers that this reader has marked in all

/** Take what the server knows of the conversation that is on show. */
const takeOpinions = (got) => {
  [judged, marked] = [got.judged, got.all];
  drawn.forEach((record, index) => drawExchange(record, index));
};

const loadOpinions = async () => {
  const id = shownId;
  if (!id || !exchanges.length) return;
  const got = await request("judged", { id }).catch(() => null); // where the server is gone, others say so
  if (got && id === shownId) takeOpinions(got);
};

/** An answer that takes the place of another has none. */
const forgetOpinions = (first) => {
  judged = Object.fromEntries(Object.entries(judged).filter(([index]) => Number(index) < first));
};

const judge = async (index, good, word) => {
  const id = shownId;
  try {
    const got = await request("judge", { id, exchange: index, good, word });
    if (id === shownId) takeOpinions(got);
    announce(good === null ? "Taken back" : "Kept on this machine");
  } catch ({ message }) {
    tell("hint", message);
  }
};

const thumb = (index, good, label) => {
  const pressed = judged[index]?.good === good;
  const name = good ? "up" : "down";
  const act = async () => {
    await judge(index, pressed ? null : good, judged[index]?.word ?? "");
    drawn[index].slots.actions.querySelector(`.pc-thumb-${name}`)?.focus({ preventScroll: true });
  };
  const button = make("button", { type: "button", class: `pc-quiet pc-thumb-${name}`, "aria-label": label, title: label, onclick: act }, icon(name));
  button.setAttribute("aria-pressed", String(pressed));
  return button;
};

const thumbs = (index) => make("span", { class: "pc-thumbs" }, thumb(index, true, "Good answer"), thumb(index, false, "Bad answer"));

/** The word on an answer, and the way to all that was marked. */
const opinionParts = (index, { good, word }) => {
  const label = good ? "What is good about it" : "What is wrong with it";
  const field = make("input", { type: "text", class: "pc-field", maxlength: "2000", dir: "auto", "aria-label": label, placeholder: `${label} (if you like)` });
  field.value = word;
  field.addEventListener("change", () => judge(index, good, field.value.trim()));
  const file = async () => saveFile(await request("feedback"));
  const save = action("save", marked === 1 ? "Save it as a question" : `Save all ${marked} as questions`, () => file().catch(({ message }) => tell("hint", message)));
  save.title = "A file of questions that the command line asks again";
  return [field, make("span", { class: "pc-drops" }, "Kept on this machine."), save];
};
