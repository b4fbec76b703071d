// Which model answers in this conversation: it is told to the page, and a box chooses another. Not Gradio's part: it has
// no box that opens over the page, and none whose lines can be copied.

const box = element.querySelector(".pc-models");
const problem = make("p", { class: "pc-models-problem", role: "alert" });
let conversation = "";
let asked = 0; // of the requests, the last one's number: an older reply is not told
let view = null;

const round = (name, label, act) =>
  make("button", { type: "button", class: "pc-round", "aria-label": label, title: label, onclick: act }, icon(name));

const settings = () => {
  box.close();
  tell("settings");
};

/** One of the models, or what else may be chosen. */
const option = (name, title, about) => {
  const isChosen = view.chosen === name;
  const act = () => ask("choose", { model: name }).then(() => announce(`${title}: chosen for this conversation`));
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", class: "pc-model", "aria-pressed": String(isChosen), onclick: () => act().catch(fail) },
      make("span", { class: "pc-model-mark", "aria-hidden": "true" }, isChosen ? icon("check") : null),
      make("span", { class: "pc-model-name" }, title),
      make("span", { class: "pc-model-about" }, about),
    ),
  );
};

const usual = () => (view.usual ? `${view.usual} answers` : "the papers\u2019 own sentences");

const gone = () => view.chosen && view.chosen !== view.none && !view.installed.some(({ name }) => name === view.chosen);

const missingRow = ({ name, about, command }) =>
  make("li", { class: "pc-missing" }, make("span", { class: "pc-model-name" }, name), make("span", { class: "pc-model-about" }, about), commandNode(command));

const draw = () => {
  const { installed, missing, why, advice, chosen, none } = view;
  const focused = box.contains(document.activeElement) ? document.activeElement.closest("li") : null;
  const place = focused ? [...box.querySelectorAll("li")].indexOf(focused) : -1;
  const rows = [
    option("", "As in Settings", usual()),
    ...installed.map(({ name, about }) => option(name, name, about)),
    ...(gone() ? [option(chosen, chosen, "chosen, but not installed any more")] : []),
    option(none, "Without a model", "the papers\u2019 own sentences"),
  ];
  box.replaceChildren(
    make("div", { class: "pc-drawer-head" }, make("h2", {}, "Model for this conversation"), round("close", "Close", () => box.close())),
    problem,
    ...(advice ? [make("p", { class: "pc-models-line" }, ...withCode(advice))] : []),
    make("ul", { class: "pc-options", "aria-label": "Models" }, ...rows),
    ...(missing.length ? [make("h3", {}, "Not installed"), make("p", { class: "pc-models-line" }, why), make("ul", {}, ...missing.map(missingRow))] : []),
    make("button", { type: "button", class: "pc-quiet pc-models-more", onclick: settings }, icon("settings"), "Settings for all your questions"),
  );
  box.querySelectorAll("li")[place]?.querySelector("button")?.focus();
};

const fail = ({ message }) => problem.replaceChildren(...withCode(message));

/** Ask the server and tell the page what it says. */
const ask = async (name, sent) => {
  const own = ++asked;
  const got = await request(name, { id: conversation, ...sent });
  if (own !== asked) return;
  const isNew = JSON.stringify(got) !== JSON.stringify(view);
  view = got;
  problem.replaceChildren();
  if (box.open && isNew) draw(); // what is pressed meanwhile stays
  tell("state", view);
};

const load = () => ask("models", {}).catch(() => {}); // where the server is gone, others say so

const open = () => {
  if (view) draw();
  box.showModal();
  ask("models", {}).catch(fail);
};

box.addEventListener("click", (event) => event.target === box && box.close()); // beside it
hear("models", open);
hear("current", (id) => {
  conversation = id;
  load();
});
hear("idle", load); // what there is may have changed while it was asked
for (const change of ["settings-kept", "set"]) hear(change, load);
load();
