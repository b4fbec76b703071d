// The bar at the top: name, what is there (or what to do about what is missing), a new conversation, light or dark.

const bar = element.querySelector(".pc-bar");
const state = make("p", { class: "pc-state" });
const advice = make("p", { class: "pc-advice" });
const system = window.matchMedia("(prefers-color-scheme: dark)");
const STORED = "paperchat-theme";

const shortName = (embedder) => (/minilm/i.test(embedder) ? "MiniLM" : embedder);

const drawState = () => {
  const { papers, embedder, model, advice: line } = props.value;
  if (papers === undefined) return;
  state.replaceChildren(
    make("span", {}, many(papers, "paper")),
    make("span", { title: `Embedder: ${embedder}` }, shortName(embedder)),
    make("span", { title: "Model that writes the answers" }, model || "no model"),
  );
  state.classList.toggle("pc-ready", Boolean(model));
  advice.replaceChildren(...(line ? withCode(line) : []));
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
  if (dark === system.matches) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, dark ? "dark" : "light");
  setTheme(dark);
};

const followSystem = () => {
  const chosen = localStorage.getItem(STORED);
  setTheme(chosen ? chosen === "dark" : system.matches);
};

const toggle = make("button", { type: "button", class: "pc-round", onclick: switchTheme }, icon("theme"));
const fresh = make(
  "button",
  { type: "button", class: "pc-quiet pc-new pc-change", onclick: () => tell("open", "") },
  icon("new"),
  "New",
);

const take = make("button", { type: "button", class: "pc-quiet pc-change", onclick: () => tell("export") }, icon("save"), "Export");
const kept = make(
  "button",
  { type: "button", class: "pc-round", "aria-label": "Conversations", title: "Conversations", onclick: () => tell("history") },
  icon("list"),
);
const name = make("h1", { class: "pc-name" }, icon("mark"), "paperchat");
bar.append(kept, name, state, make("div", { class: "pc-tools" }, take, fresh, toggle), advice);
system.addEventListener("change", () => setTimeout(followSystem)); // after Gradio's own listener
hear("count", (count) => [take, fresh].forEach((button) => button.classList.toggle("pc-gone", count === 0)));
for (const button of [take, fresh]) button.classList.add("pc-gone");
followSystem();
drawState();
watch("value", drawState);
