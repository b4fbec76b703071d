// Conversations searched: a field, and the places that have what is typed, each opening at its answer.

const PAUSE = 180; // ms without a key before the server is asked

/** The field and its list; while something is typed `change(true)` is told, and `open(address)` opens a place. */
const recallBox = (when, change, open) => {
  const field = make("input", {
    type: "search", class: "pc-field", placeholder: "Search conversations", "aria-label": "Search conversations", dir: "auto", maxlength: "300", autocomplete: "off",
  });
  const said = make("p", { class: "pc-kept-line", role: "status" });
  const list = make("ul", { class: "pc-kept" });
  let asked = 0;
  let timer = 0;

  const placeNode = ({ id, title, changed, place, where, parts }) => {
    const line = parts.map((part, index) => (index % 2 ? make("mark", {}, part) : part));
    const address = where === "title" ? conversationAddress(id) : answerAddress(id, place + 1);
    const head = where === "title" || (where === "question" && place === 0 && parts.join("") === title) ? line : [title];
    const button = make(
      "button",
      { type: "button", class: "pc-kept-open", onclick: () => open(address) },
      make("span", { class: "pc-kept-title", dir: "auto" }, ...head),
      head === line ? null : make("span", { class: "pc-kept-place", dir: "auto" }, ...line),
      make("span", { class: "pc-kept-when" }, where === "answer" ? `Answer ${place + 1} \u00b7 ` : where === "question" ? `Question ${place + 1} \u00b7 ` : "", make("time", { datetime: changed }, when(changed))),
    );
    return make("li", { class: "pc-kept-row" }, button);
  };

  const draw = ({ places, count, error }) => {
    list.replaceChildren(...places.map(placeNode));
    const more = count > places.length ? `The first ${places.length} of ${many(count, "place")}` : many(count, "place");
    said.textContent = error ?? (count ? more : "Not found in your conversations");
  };

  const look = async () => {
    const turn = ++asked;
    const text = field.value.trim();
    change(Boolean(text));
    if (!text) {
      list.replaceChildren();
      return (said.textContent = "");
    }
    if (!list.childElementCount) said.textContent = "Searching\u2026";
    const got = await request("recall", { text }).catch(({ message }) => ({ places: [], count: 0, error: message }));
    if (turn === asked) draw(got);
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      event.preventDefault(); // the drawer stays
      field.value = "";
      look();
    }
    if (event.key === "ArrowDown") list.querySelector("button")?.focus();
  });
  return make("div", { class: "pc-recall", role: "search", "aria-label": "Conversations" }, field, said, list);
};
