// The screen of settings: shown and left, known by its address; its fields are Gradio's own.

const head = element.querySelector(".pc-settings-head");
const line = make("p", { role: "status" });
const WHAT = "They hold for your questions to this set of papers from now on, in this browser, and change nothing for other readers.";

const isShown = () => document.body.classList.contains("pc-setting");

const show = (now) => {
  if (now === isShown()) return;
  document.body.classList.toggle("pc-setting", now);
  tell("setting", now);
  if (!now) return tell("focus");
  trigger("click", { tab: tabSecret() }); // the fields are filled each time: another tab may have changed them
  title.focus({ preventScroll: true });
};

const read = () => show(addressed().kind === "settings");

const leave = () => {
  come(conversationAddress(ofTab.get(shownNote())));
  show(false);
};

/** What became of the last change: kept, or why not; Gradio tells of one that was picked twice, then of none. */
const draw = () => {
  const { message = "", kept = "", opened = false } = given();
  if (!message && !kept && !opened && line.classList.contains("pc-is-kept")) return;
  line.textContent = message || kept || WHAT;
  line.classList.toggle("pc-is-wrong", Boolean(message));
  line.classList.toggle("pc-is-kept", Boolean(kept));
  line.setAttribute("role", message ? "alert" : "status");
  if (kept) tell("settings-kept");
};

const title = make("h2", { tabindex: "-1" }, "Settings");
const back = make("button", { type: "button", class: "pc-quiet", onclick: leave }, icon("undo"), "Back to the conversation");
head.append(title, back, line);
hear("settings", () => {
  if (isShown()) return leave();
  come("#settings");
  window.dispatchEvent(new PopStateEvent("popstate")); // whatever else is shown by its address goes
});
hear("browsing", (now) => now && isShown() && show(false));
for (const other of ["open", "screens-leave"]) hear(other, () => show(false)); // the address is the business of others
for (const other of ["draft", "lookup"]) hear(other, () => isShown() && leave());
window.addEventListener("popstate", read);
watch("value", draw);
draw();
read();
