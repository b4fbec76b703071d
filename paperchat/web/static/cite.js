// Something to take away: a box that shows it in a format, to copy or to save.

const REFERENCES = Object.fromEntries(
  Object.entries({
    bibtex: "BibTeX", ris: "RIS", csl: "CSL-JSON", apa: "APA", ieee: "IEEE", acm: "ACM", chicago: "Chicago", mla: "MLA", harvard: "Harvard",
  }).map(([form, label]) => [form, [label, "references"]]),
);
const LAST_FORM = "paperchat-form"; // the reader's last choice is offered first

/** The box over what `sent` names to the server; `forms` are {form: [label, request]}; one that was asked for comes in sight. */
const takeAway = (sent, forms = REFERENCES, isAsked = true) => {
  const choice = make("select", { class: "pc-field", "aria-label": "Format" });
  choice.append(...Object.entries(forms).map(([form, [label]]) => make("option", { value: form }, label)));
  const text = make("pre", { class: "pc-taken", tabindex: "0", dir: "auto" });
  let file = { text: "" };
  const fill = async () => {
    const form = choice.value;
    const got = await request(forms[form][1], { ...sent, form }).catch(({ message }) => ({ text: "", error: message }));
    if (form !== choice.value) return;
    file = got;
    text.textContent = file.error ?? file.text.trimEnd();
    save.disabled = !file.text;
    if (isAsked) box.scrollIntoView({ block: "nearest" }); // it opens below what was pressed
  };
  const choose = () => {
    if (forms === REFERENCES) ofBrowser.set(LAST_FORM, choice.value);
    fill();
  };
  const save = make("button", { type: "button", class: "pc-quiet", onclick: () => saveFile(file) }, icon("save"), "Save file");
  const last = ofBrowser.get(LAST_FORM);
  if (forms === REFERENCES && last in forms) choice.value = last;
  choice.addEventListener("change", choose);
  const html = () => (file.name?.endsWith(".html") ? file.text : ""); // so it pastes as what it is
  const row = make("div", { class: "pc-row" }, choice, copyButton("Copy", () => file.text, html), save);
  const box = make("div", { class: "pc-take" }, row, text);
  fill();
  return box;
};
