// Folded under an answer: what its model was shown, with which settings, and how long each step took.

const facts = (rows) => make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));

const shownPaper = (index, { number, paper, title, sentences }) => {
  const sentence = ({ text, start, end, cited }) => {
    const button = make("button", { type: "button", class: "pc-title", dir: "auto" }, text);
    button.addEventListener("click", () => show(index, { paper, start, end }, button));
    return make("li", { class: cited && "pc-is-cited" }, button, cited ? make("span", { class: "pc-why" }, "cited") : null);
  };
  const head = make("h4", { dir: "auto" }, number ? make("span", { class: "pc-number" }, String(number)) : null, title);
  return make("section", {}, head, make("ul", {}, ...sentences.map(sentence)));
};

/** The part that opens; nothing while the answer is made. */
const madePart = (index, made) => {
  if (!made) return null;
  const { model, digest, prompt, settings, steps, shown, line } = made;
  const writer = [["model", model ? `${model} (digest ${digest})` : "none"], ...(prompt ? [["prompt", prompt]] : [])];
  const part = make("details", {}, make("summary", {}, "How this answer was made"));
  const fill = () => {
    if (part.childElementCount > 1) return;
    part.append(
      make("h3", {}, "Steps"), facts(steps),
      make("h3", {}, "Made with"), facts([...writer, ...settings]),
      ...(shown.length ? [make("h3", {}, `What the model was shown, beside the question: ${many(shown.flatMap(({ sentences }) => sentences).length, "sentence")}`)] : []),
      ...(line ? [make("p", { class: "pc-why" }, line)] : []),
      ...shown.map((paper) => shownPaper(index, paper)),
    );
  };
  part.addEventListener("toggle", fill);
  return part;
};
