// The bar at the top: name, what is there (or what to do about what is missing), a new conversation, light or dark.

const bar = element.querySelector(".pc-bar");
const state = make("p", { class: "pc-state" });
const advice = make("p", { class: "pc-advice" });
const system = window.matchMedia("(prefers-color-scheme: dark)");
const STORED = "paperchat-theme";

const shortName = (embedder) => (/minilm/i.test(embedder) ? "MiniLM" : embedder);

const drawState = () => {
  const { papers, embedder } = given();
  if (papers === undefined) return;
  state.replaceChildren(
    make("span", {}, many(papers, "paper")),
    make("span", { title: `Embedder: ${embedder}` }, shortName(embedder)),
    make("span", {}, writer),
  );
};

/** Which model answers, and what to do where none does that is wanted. */
const drawWriter = ({ model, advice: line }) => {
  const name = model || "no model";
  writer.replaceChildren(name, icon("more"));
  writer.setAttribute("aria-label", `Model that writes the answers: ${name}. Choose another`);
  state.classList.toggle("pc-ready", Boolean(model));
  const without = "No model writes here now: answers are the papers\u2019 own sentences, and all else works. ";
  advice.replaceChildren(...(line ? [make("span", {}, model ? "" : without), ...withCode(line)] : []));
};

const isDark = () => document.body.classList.contains("dark");

const drawTheme = () => {
  const name = isDark() ? "Light theme" : "Dark theme";
  toggle.setAttribute("aria-label", name);
  toggle.title = name;
};

const setTheme = (dark) => {
  document.body.classList.toggle("dark", dark);
  drawTheme();
};

/** The theme of the system is followed unless the other one was chosen; choosing the system's again follows it again. */
const switchTheme = () => {
  const dark = !isDark();
  if (dark === system.matches) ofBrowser.remove(STORED);
  else ofBrowser.set(STORED, dark ? "dark" : "light");
  setTheme(dark);
};

const followSystem = () => {
  const chosen = ofBrowser.get(STORED);
  setTheme(chosen ? chosen === "dark" : system.matches);
};

/** A button of the bar, whose word is read, but not seen on a phone. */
const tool = (name, word, label, act) =>
  make("button", { type: "button", class: "pc-quiet", title: label, onclick: act }, icon(name), make("span", { class: "pc-word" }, word));

const round = (name, label, act) =>
  make("button", { type: "button", class: "pc-round", "aria-label": label, title: label, onclick: act }, icon(name));

const kept = round("list", "Conversations", () => tell("history"));
const draft = tool("draft", "Check a draft", "What supports or contradicts a text", () => tell("draft"));
const shelf = tool("papers", "Papers", "All papers, as a table and a map", () => tell("browse"));
const take = tool("save", "Export", "Export this conversation", () => tell("export"));
const fresh = tool("new", "New", "New conversation", () => tell("open", ""));
const toggle = round("theme", "", switchTheme);
const preferences = round("settings", "Settings", () => tell("settings"));
preferences.setAttribute("aria-pressed", "false");
const writer = make("button", { type: "button", class: "pc-writer", "aria-haspopup": "dialog", title: "Choose a model", onclick: () => tell("models") });
const name = make("h1", { class: "pc-name" }, icon("mark"), "paperchat");
bar.append(kept, name, state, searchBox(), make("div", { class: "pc-tools" }, shelf, draft, take, fresh, preferences, toggle), advice);
system.addEventListener("change", () => setTimeout(followSystem)); // after Gradio's own listener
hear("count", (count) => [take, fresh].forEach((button) => button.classList.toggle("pc-gone", count === 0)));
for (const button of [take, fresh]) button.classList.add("pc-gone");
draft.setAttribute("aria-pressed", "false");
shelf.setAttribute("aria-pressed", "false");
hear("browsing", (now) => shelf.setAttribute("aria-pressed", String(now)));
hear("setting", (now) => preferences.setAttribute("aria-pressed", String(now)));
hear("drafting", (now) => draft.setAttribute("aria-pressed", String(now)));
hear("state", drawWriter);
followSystem();
drawState();
watch("value", drawState);
