// References to take away: a box that shows them in a format, to copy or to save.

const FORMS = { bibtex: "BibTeX", ris: "RIS", csl: "CSL-JSON", apa: "APA", ieee: "IEEE", acm: "ACM", chicago: "Chicago", mla: "MLA", harvard: "Harvard" };
const LAST_FORM = "paperchat-form";

/** The box over what `sent` names to the server; `others` are {form: [label, request]} beside the formats. */
const takeAway = (sent, others = {}) => {
  const labels = { ...Object.fromEntries(Object.entries(others).map(([form, [label]]) => [form, label])), ...FORMS };
  const forms = make("select", { class: "pc-field", "aria-label": "Format" });
  forms.append(...Object.entries(labels).map(([form, label]) => make("option", { value: form }, label)));
  const shown = make("pre", { class: "pc-taken", tabindex: "0", dir: "auto" });
  let file = { text: "" };
  const fill = async () => {
    const form = forms.value;
    try {
      file = await request(others[form]?.[1] ?? "references", { ...sent, form });
    } catch (error) {
      file = { text: "", error: error.message };
    }
    shown.textContent = file.error ?? file.text.trimEnd();
    save.disabled = !file.text;
  };
  forms.addEventListener("change", () => {
    if (forms.value in FORMS) localStorage.setItem(LAST_FORM, forms.value);
    fill();
  });
  const save = make("button", { type: "button", class: "pc-quiet", onclick: () => saveFile(file) }, icon("save"), "Save file");
  const last = localStorage.getItem(LAST_FORM);
  forms.value = Object.keys(others)[0] ?? (last in FORMS ? last : "bibtex");
  fill();
  return make("div", { class: "pc-take" }, make("div", { class: "pc-row" }, forms, copyButton("Copy", () => file.text), save), shown);
};
