// The screen of papers: shown and left, known by its address, its table walked by the keyboard.

const head = element.querySelector(".pc-browse-head");
let begun = false;
let row = -1; // of the table, the one that was last chosen

const isShown = () => document.body.classList.contains("pc-browsing");
const table = () => document.querySelector("#pc-table");

const show = (now) => {
  if (now === isShown()) return;
  document.body.classList.toggle("pc-browsing", now);
  tell("browsing", now);
  if (now && !begun) trigger("click"); // the first time: Gradio's parts fill themselves
  begun ||= now;
  if (now) title.focus({ preventScroll: true });
  else tell("focus");
};

/** Show what the address names; conversations are the business of navigation.js. */
const read = () => {
  const { kind, id } = addressed();
  show(kind === "papers" || kind === "paper");
  if (isShown()) tell("paper-shown", { paper: id });
};

const leave = () => {
  come(conversationAddress(ofTab.get(shownNote())));
  show(false);
};

// ---- the table by keyboard: Gradio's own tells of clicks alone, and keeps the Tab key

const cellIn = (place) => table()?.querySelector(`[data-row="${place}"][data-col="0"]`);

const choose = (place) => {
  const cell = cellIn(place);
  if (!cell) return;
  row = place;
  cell.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
};

const STEPS = { ArrowDown: () => row + 1, ArrowUp: () => row - 1, Home: () => 0 };

const walk = (event) => {
  if (!table()?.contains(event.target)) return;
  if (event.key !== "Tab" && !STEPS[event.key] && event.key !== "Enter") return;
  event.stopPropagation();
  if (event.key === "Tab") return;
  event.preventDefault();
  if (event.key === "Enter") tell("paper-focus");
  else choose(Math.max(0, STEPS[event.key]()));
};

document.addEventListener("keydown", walk, true);
document.addEventListener("mousedown", ({ target }) => {
  const cell = table()?.contains(target) && target.closest("[data-row]");
  if (cell) row = Number(cell.dataset.row);
}, true);

const title = make("h2", { tabindex: "-1" }, "Papers");
const back = make("button", { type: "button", class: "pc-quiet", onclick: leave }, icon("undo"), "Back to the conversation");
head.append(title, back);
hear("browse", () => {
  if (isShown()) return leave();
  come("#papers");
  show(true);
});
for (const other of ["open", "screens-leave"]) hear(other, () => show(false)); // the address is the business of others
hear("draft", () => isShown() && leave());
hear("browse-leave", leave);
/** Turn to one of the screen's tabs, once it is there: Gradio makes them when the screen is first opened. */
const openTab = (name, tries = 100) => {
  const tab = [...document.querySelectorAll("#pc-views [role=tab]")].find((one) => one.textContent.trim() === name && one.offsetParent);
  if (tab) tab.click();
  else if (tries) setTimeout(() => openTab(name, tries - 1), 100);
};

hear("browse-add", () => {
  come("#papers");
  show(true);
  openTab("Add papers");
});
/** A set without papers has nothing to list, to draw or to choose from: what its screen offers is to add some. */
let isBare = false;
const showBare = (now) => {
  const was = isBare;
  isBare = now;
  document.body.classList.toggle("pc-bare", now);
  if (isShown() && now) openTab("Add papers");
  else if (isShown() && was && turned) openTab("Table"); // of another set; who has just added papers reads what became of them
  turned = false;
};
let turned = false; // to another set, of which it is not yet known what is in it

hear("set-state", ({ papers }) => showBare(papers === 0));
hear("set", () => (turned = true));
hear("browsing", (now) => now && isBare && openTab("Add papers"));
hear("browse-list", () => {
  come("#papers");
  read();
});
hear("paper", (opened) => {
  come(paperAddress(opened.paper));
  show(true);
  tell("paper-shown", opened);
});
hear("rows", () => (row = -1));
hear("set", () => begun && trigger("click"));
hear("paper-here", read);
window.addEventListener("popstate", read);
read();
