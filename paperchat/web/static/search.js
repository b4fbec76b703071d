// A box that finds papers as one types, by title, acronym or what they say; Enter opens the abstract.

const PAUSE = 180; // ms without a key before the server is asked

const searchBox = () => {
  const field = make("input", {
    type: "text", class: "pc-field", placeholder: "Find a paper", role: "combobox", dir: "auto", autocomplete: "off", maxlength: "300",
    "aria-label": "Find a paper", "aria-expanded": "false", "aria-controls": "pc-found", "aria-autocomplete": "list",
  });
  const options = make("ul", { class: "pc-found-list pc-gone", id: "pc-found", role: "listbox", "aria-label": "Papers" });
  let found = [];
  let active = 0;
  let asked = 0;
  let looked = ""; // the text that `found` belongs to
  let timer = 0;

  const isOpen = () => !options.classList.contains("pc-gone");
  const toggle = (open) => {
    options.classList.toggle("pc-gone", !open);
    field.setAttribute("aria-expanded", String(open));
    if (!open) field.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    active = (index + found.length) % found.length;
    [...options.children].forEach((node, place) => node.setAttribute("aria-selected", String(place === active)));
    field.setAttribute("aria-activedescendant", `pc-found-${active}`);
    options.children[active].scrollIntoView({ block: "nearest" });
  };

  const open = (one) => {
    toggle(false);
    const isBrowsing = document.body.classList.contains("pc-browsing"); // there is no evidence beside the table
    tell(isBrowsing ? "paper" : "lookup", { ...one, from: field, isSought: true });
  };

  const option = (one, index) =>
    make(
      "li",
      { role: "option", id: `pc-found-${index}`, onpointerdown: (event) => event.preventDefault(), onclick: () => open(one) },
      make("span", { class: "pc-found-title", dir: "auto" }, one.title, byOf(one)),
      make("span", { class: "pc-found-why", dir: "auto" }, one.why),
    );

  const draw = (message) => {
    options.replaceChildren(...(found.length ? found.map(option) : [make("li", { class: "pc-found-none" }, message)]));
    toggle(true);
    if (found.length) mark(0);
    announce(found.length ? many(found.length, "paper") : message);
  };

  const look = async () => {
    const turn = ++asked;
    const text = field.value.trim();
    if (!text) return toggle(false);
    const got = await request("suggest", { text }).catch((error) => ({ papers: [], error: error.message }));
    if (turn !== asked || document.activeElement !== field) return; // another key came first
    [looked, found] = [text, got.papers];
    draw(got.error ?? "No paper found");
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  };

  /** Open the paper that is marked; what was typed since is looked up first. */
  const choose = async () => {
    clearTimeout(timer);
    if (looked !== field.value.trim() || !isOpen()) await look();
    if (found.length && looked === field.value.trim()) open(found[active]);
  };

  const keys = {
    ArrowDown: () => (isOpen() ? found.length && mark(active + 1) : look()),
    ArrowUp: () => found.length && isOpen() && mark(active - 1),
    Enter: choose,
    Escape: () => (isOpen() ? toggle(false) : (field.value = "")),
  };
  hear("set", () => {
    [found, looked, field.value] = [[], "", ""];
    toggle(false);
  });
  field.addEventListener("input", soon);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  field.addEventListener("blur", () => toggle(false));
  field.addEventListener("focus", () => field.value && found.length && toggle(true));
  return make("div", { class: "pc-search", role: "search" }, icon("search"), field, options);
};
