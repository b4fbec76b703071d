// Keys for the whole page, and the box that tells them. None acts while one types, but those with Ctrl+Shift, and Ctrl+K in the question box.

const KEYS = [
  ["Ctrl+Shift+O", "Begin a new conversation"],
  ["Ctrl+Shift+C", "Copy the last answer"],
  ["/ or Ctrl+K", "Find a paper"],
  ["\u2191 in the empty question box", "Edit the last question"],
  ["Enter", "Ask"],
  ["Esc in the question box", "Stop the answer that is written"],
  ["Shift+Enter", "Begin a new line"],
  ["End", "Go to the end of the conversation"],
  ["Esc", "Close what is open, or go back from the evidence to the answer"],
  ["?", "Show these keys"],
];

const keysBox = () => {
  const box = make("dialog", { class: "pc-keys", "aria-label": "Keys" });
  const close = make("button", { type: "button", class: "pc-round", "aria-label": "Close", title: "Close", onclick: () => box.close() }, icon("close"));
  const rows = KEYS.map(([keys, act]) => make("div", {}, make("dt", {}, keys), make("dd", {}, act)));
  box.append(make("div", { class: "pc-drawer-head" }, make("h2", {}, "Keys"), close), make("dl", {}, ...rows));
  box.addEventListener("click", (event) => event.target === box && box.close()); // beside it
  return box;
};

const FIELDS = "input, textarea, select, [contenteditable], [role=textbox], [role=combobox]";
const isQuestionBox = (node) => Boolean(node.closest("#pc-question"));

/** Escape leaves what lies over the conversation, the nearest first. */
const closeWhatIsOpen = () => {
  const open = (name) => document.body.classList.contains(name);
  if (open("pc-filtering")) tell("filter-close");
  else if (open("pc-drafting")) tell("draft");
  else if (open("pc-browsing")) tell("browse-leave");
  else if (open("pc-setting")) tell("settings");
  else return false;
  return true;
};

/** Whether the conversation is what one is at: the screens, and the evidence, go to their own ends. */
const isAtConversation = (node) => !document.body.matches(".pc-browsing, .pc-setting, .pc-drafting") && !node.closest("#pc-side");

/** What keys with Ctrl+Shift do, also while one types. */
const WHOLE = { o: () => tell("open", ""), c: () => tell("copy-last") };

/** What a key does for the page, or nothing. */
const actOf = ({ key, ctrlKey, metaKey, altKey, shiftKey, target }, find, box) => {
  const types = target.matches(FIELDS);
  const plain = !ctrlKey && !metaKey && !altKey && !types;
  const whole = (ctrlKey || metaKey) && shiftKey && !altKey && WHOLE[key.toLowerCase()];
  if (whole) return whole;
  if (key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey && (!types || isQuestionBox(target))) return find;
  if (key === "/" && plain) return find;
  if (key === "End" && plain && isAtConversation(target)) return () => tell("to-end");
  if (key === "?" && plain) return () => box.showModal();
  if (key === "Escape" && (!types || target.closest("#pc-filter"))) return closeWhatIsOpen;
  return null;
};

/** Let the keys act: `find` goes to the search box. */
const letKeysAct = (find) => {
  const box = keysBox();
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector(":is(dialog[open], [popover]:popover-open)")) return;
    const act = actOf(event, find, box);
    if (act && act() !== false) event.preventDefault();
  });
  hear("keys", () => box.showModal());
  return box;
};
