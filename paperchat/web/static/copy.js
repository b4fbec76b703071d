// An answer to take along: as text, Markdown and HTML, with its quotes as quotes, its doubts and its references.

const marksOf = (chips) => [...new Set(chips.map(({ number }) => `[${number}]`))].join("");

/** A sentence, a quote in quotation marks, with its numbers and what the check found. */
const cited = ({ text, chips, quote, verdict, differs }) =>
  [differs && `Against it (${differs}):`, quote ? `“${text}”` : text, marksOf(chips), VERDICTS[verdict] && `(${VERDICTS[verdict]})`].filter(Boolean).join(" ");

/** The blocks of an answer in order: {kind, text}, kind "text", "quote" or "code"; points as {texts}, a table as {rows}. */
const blocksOf = ({ lead, sentences: all, lines, table, cited: papers, verbatim, points }) => {
  const blocks = lead ? [{ kind: "text", text: lead }] : [];
  if (points) blocks.push({ kind: "points", texts: all.map(cited) });
  const sentences = points ? [] : all;
  const written = sentences.filter(({ quote }) => !quote).map(cited).join(" ");
  if (written) blocks.push({ kind: "text", text: written });
  const quotes = sentences.filter(({ quote }) => quote);
  if (quotes.some(({ differs }) => differs)) {
    blocks.push(...quotes.map((sentence) => ({ kind: "quote", text: cited(sentence) })));
    quotes.length = 0;
  }
  for (const { paper, title, number } of papers) {
    const own = quotes.filter(({ chips: [chip] }) => chip.paper === paper);
    if (own.length && verbatim) blocks.push({ kind: "text", text: `${title} [${number}]:` });
    blocks.push(...own.map((sentence) => ({ kind: "quote", text: cited(sentence) })));
  }
  blocks.push(...lines.map(({ text }) => ({ kind: text.includes("\n") ? "code" : "text", text })));
  if (table) blocks.push({ kind: "table", rows: tableRows(table) });
  return blocks;
};

/** The rows of a table as its reader has sorted it, each cell in the few words that it shows, a paper's own in quotation marks. */
const tableRows = (table) => {
  const { papers, rows } = inOrder(table);
  const few = (cell) => cited(cell.few ? { ...cell, text: cell.few } : cell);
  return [
    ["", ...papers.map(({ head, title, number }) => (number ? `${head || title} [${number}]` : head || title))],
    ...rows.map(({ aspect, cells, missing }) => [aspect, ...cells.map((cell) => (cell ? few(cell) : missing))]),
  ];
};

const referencesOf = ({ cited: papers }) => papers.map(({ number, title }) => `[${number}] ${title}`);

const asText = (exchange) => {
  const block = ({ kind, text, texts, rows }) => {
    if (kind === "points") return texts.map((one) => `- ${one}`).join("\n");
    return kind === "table" ? rows.map((row) => row.join("\t")).join("\n") : text;
  };
  return [...blocksOf(exchange).map(block), referencesOf(exchange).join("\n")].filter(Boolean).join("\n\n");
};

const escaped = (text) => text.replace(/[\\`*_[\]<>#|~$]/g, "\\$&");

const asMarkdown = (exchange) => {
  const row = (cells) => `| ${cells.map(escaped).join(" | ")} |`;
  const block = ({ kind, text, texts, rows }) => {
    if (kind === "points") return texts.map((one) => `- ${escaped(one)}`).join("\n");
    if (kind === "table") return [row(rows[0]), `|${"---|".repeat(rows[0].length)}`, ...rows.slice(1).map(row)].join("\n");
    if (kind === "code") return text.replace(/^/gm, "    ");
    return `${kind === "quote" ? "> " : ""}${escaped(text)}`;
  };
  return [...blocksOf(exchange).map(block), ...referencesOf(exchange).map(escaped)].join("\n\n");
};

const asHtml = (exchange) => {
  const row = (tag) => (cells) => make("tr", {}, ...cells.map((cell, place) => make(place ? tag : "th", {}, cell)));
  const block = ({ kind, text, texts, rows }) => {
    if (kind === "points") return make("ul", {}, ...texts.map((one) => make("li", {}, one)));
    if (kind === "table") return make("table", {}, row("th")(rows[0]), ...rows.slice(1).map(row("td")));
    if (kind === "code") return make("pre", {}, text);
    return kind === "quote" ? make("blockquote", {}, make("p", {}, text)) : make("p", {}, text);
  };
  const all = [...blocksOf(exchange).map(block), ...referencesOf(exchange).map((text) => make("p", {}, text))];
  return new XMLSerializer().serializeToString(make("div", {}, ...all));
};

/** Copy, for a text as for a page that takes HTML; after that, the forms by name. */
const copyButtons = (exchange) => {
  const row = make("span", { class: "pc-save" });
  const plain = copyButton("Copy", () => asText(exchange), () => asHtml(exchange));
  const forms = [copyButton("as Markdown", () => asMarkdown(exchange)), copyButton("as HTML", () => asHtml(exchange))];
  plain.addEventListener("click", () => row.append(...forms));
  row.append(plain);
  return row;
};

/** Copy the last answer that is there, as its button does; the line below the question box says so. */
const copyLast = async () => {
  const whole = exchanges.map((_, place) => exchangeAt(place)).filter(({ stage }) => FINAL.includes(stage));
  if (!whole.length) return tell("note", "There is no answer to copy yet");
  await copyText(asText(whole.at(-1)), asHtml(whole.at(-1)));
  tell("note", "The last answer is copied");
};
hear("copy-last", copyLast);
