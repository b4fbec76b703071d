// What an answer folds away: sentences that failed their check, and what the model thought first.

const folds = (line, ...inside) => make("details", {}, make("summary", { dir: "auto" }, line), ...inside);

const withheldSentence = ({ text, why }) =>
  make("li", {}, make("span", { dir: "auto" }, text), make("span", { class: "pc-why", dir: "auto" }, why));

/** The parts below an answer that open: those alone that there are. */
const foldedParts = ({ withheld, thought }) => [
  withheld.sentences.length > 0 && folds(withheld.line, make("ul", {}, ...withheld.sentences.map(withheldSentence))),
  thought && folds("What the model thought first", make("p", { class: "pc-thought", dir: "auto" }, thought)),
];
