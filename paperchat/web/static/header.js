// The bar at the top: name, what is there (or what to do about what is missing), a new conversation, light or dark.

const bar = element.querySelector(".pc-bar");
const state = make("p", { class: "pc-state" });
const advice = make("p", { class: "pc-advice" });
const system = window.matchMedia("(prefers-color-scheme: dark)");
const STORED = "paperchat-theme";

const shortName = (embedder) => (/minilm/i.test(embedder) ? "MiniLM" : embedder);

let drawn = ""; // what of the set the bar shows

const drawState = () => {
  const { papers, embedder, name: called, go, own, turn } = given();
  if (papers === undefined) return;
  ownSet = own;
  if (go !== null && turn !== turned) {
    [turned, onSet] = [turn, null]; // the set that an address without a name means may be another one now
    turnTo(go);
  }
  const drawing = JSON.stringify([papers, embedder, called]);
  tell("set-state", { papers });
  if (drawing === drawn) return; // what is pressed, pointed at or focused stays where it is
  drawn = drawing;
  const shownSet = make("button", { type: "button", class: "pc-quiet pc-set", title: "Set of papers: choose another", dir: "auto", onclick: () => tell("browse") }, called);
  state.replaceChildren(
    ...(called ? [shownSet] : []),
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

// ---- the set of papers that this tab is on

let onSet = ofSet();
let turned = 0; // what last turned this tab to a set
let ownSet = ""; // the one that the page opens with: an address names it by naming none

/** Tell the scripts and the server that the address names another set. */
const readSet = () => {
  if (ofSet() === onSet) return;
  onSet = ofSet();
  trigger("click");
  drawn = "";
  state.replaceChildren(make("span", {}, icon("working"), "Opening the set…"));
  tell("set", onSet);
};

/** Turn this tab to another set, or to what an address names in it; its address says so, and Back turns back. */
const turnTo = (key, address = "") => {
  const named = key === ownSet ? "" : key;
  if (named !== ofSet()) history.pushState(null, "", `${location.pathname}${named && `?set=${named}`}`);
  const browsing = document.body.classList.contains("pc-browsing");
  come(address || (browsing ? "#papers" : conversationAddress(ofTab.get(shownNote()))), true);
  readSet();
};

hear("set-chosen", (key) => turnTo(key));
hear("turn-to", ({ set, address }) => turnTo(set, address));
window.addEventListener("popstate", readSet);

// ---- light or dark

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
const writer = make("button", { type: "button", class: "pc-writer", "aria-haspopup": "dialog", title: "Choose a model", "aria-label": "Model that writes the answers", onclick: () => tell("models") }, "\u2026");
const name = make("h1", { class: "pc-name" }, icon("mark"), make("span", { class: "pc-word" }, "paperchat"));

/** To the question box, for who would else walk through all of the bar to it. */
const skip = make("a", { class: "pc-skip", href: "#pc-question" }, "Skip to the question box");
skip.addEventListener("click", (event) => {
  event.preventDefault();
  tell("focus");
});

// On a narrow page the bar is one row: what is there, and what one needs less often, is in a box that a button opens.
const menu = make("div", { class: "pc-menu", popover: "auto", id: "pc-menu" });
const more = make("button", { type: "button", class: "pc-round", "aria-label": "More", title: "More", popovertarget: "pc-menu" }, icon("dots"));
const tools = make("div", { class: "pc-tools" });
const isNarrow = window.matchMedia("(width < 900px)");

const place = () => {
  menu.hidePopover?.();
  tools.replaceChildren(...(isNarrow.matches ? [shelf, fresh, more] : [shelf, draft, take, fresh, preferences, toggle]));
  if (isNarrow.matches) menu.replaceChildren(state, draft, take, preferences, toggle);
  else name.after(state);
  if (isNarrow.matches) bar.after(advice); // the bar stays in sight
  else bar.append(advice);
};

const search = searchBox();
const find = () => {
  const field = search.querySelector("input");
  field.focus();
  field.select();
};

bar.append(skip, kept, name, search, tools);
bar.after(menu, letKeysAct(find));
place();
isNarrow.addEventListener("change", place);
menu.addEventListener("click", ({ target }) => target.closest("button") && menu.hidePopover());
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
