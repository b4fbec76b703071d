// Under an answer: the models that may answer its question anew, and none.

/** The button that offers them; `drops` says that later questions go. */
const retryWith = (record, index, { question }, drops) => {
  const place = record.slots.again;
  const close = () => {
    place.replaceChildren();
    button.setAttribute("aria-expanded", "false");
    button.focus({ preventScroll: true });
  };
  const one = (name, title, about) =>
    make("button", { type: "button", class: "pc-quiet", title: about, onclick: () => ask(question, index, name) }, icon("retry"), title);
  const offer = () => {
    const { installed, none, missing } = writers;
    const models = make(
      "div",
      {},
      make("div", { class: "pc-row", role: "group", "aria-label": "Retry with" },
        ...installed.map(({ name, about }) => one(name, name, about)),
        one(none, "without a model", "the papers\u2019 own sentences"),
        make("button", { type: "button", class: "pc-quiet", onclick: close }, icon("close"), "Cancel"),
        drops ? make("span", { class: "pc-drops" }, "Later questions will be removed.") : null,
      ),
      ...(installed.length || !missing.length ? [] : [make("p", { class: "pc-notice" }, "No model is installed. ", commandNode(missing[0].command))]),
    );
    closeOnEscape(models, close);
    place.replaceChildren(models);
    button.setAttribute("aria-expanded", "true");
    place.querySelector("button").focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  };
  const button = action("retry", "Retry with\u2026", () => (place.childElementCount ? close() : offer()));
  button.setAttribute("aria-expanded", String(place.childElementCount > 0));
  return button;
};
