// Quotes that disagree, side by side, each under the title of its paper; below them those that nothing speaks against.

const quotedSide = (index, cited, sentence) => {
  const source = cited.find(({ paper }) => paper === sentence.chips[0].paper);
  return make("div", { class: "pc-side" }, make("h3", {}, titleButton(index, source)), quoteButton(index, sentence));
};

const pairNode = (index, cited, sides) =>
  make(
    "section",
    { class: "pc-pair", "aria-label": "Two sentences that seem to disagree" },
    make("p", { class: "pc-differs", dir: "auto" }, sides.at(-1).differs),
    make("div", { class: "pc-sides" }, ...sides.map((sentence) => quotedSide(index, cited, sentence))),
  );

/** What differs from the quote before it stands beside that; against a claim it stands alone. */
const pairedQuotes = (index, cited, sentences) => {
  const pairs = [];
  const others = [];
  for (const sentence of sentences) {
    if (!sentence.differs) others.push(sentence);
    else pairs.push(others.length ? [others.pop(), sentence] : [sentence]);
  }
  return [...pairs.map((sides) => pairNode(index, cited, sides)), ...quotedPapers(index, cited, others)];
};
