// Under the last answer: what can be asked on, which the server has tried, and the same answer in another form.

const further = new Map(); // of each answer what was found to ask on with; null while that is looked for
let looking = null; // ends the look for it

const onwardKey = (index) => JSON.stringify([shownId, index, exchanges[index]?.question, exchanges[index]?.seconds]);
const onwardAt = (index) => further.get(onwardKey(index)) ?? null;

/** Ask the server for what can be asked on, once an answer is whole; who asks meanwhile ends that. */
const lookOnward = async () => {
  const index = last();
  const key = onwardKey(index);
  if (index < 0 || exchangeAt(index).stage !== "done" || further.has(key)) return;
  further.set(key, null);
  looking = new AbortController();
  const got = await request("onward", { id: shownId, exchange: index }, looking.signal).catch(() => null);
  if (got) further.set(key, got);
  else further.delete(key);
  if (got && key === onwardKey(last())) drawExchange(drawn[last()], last());
};

const endLooking = () => {
  looking?.abort();
  looking = null;
};

/** The language that an answer is offered in beside English: that of the browser, or German. */
const otherLanguage = () => {
  const own = navigator.language.split("-")[0];
  return new Intl.DisplayNames(["en"], { type: "language" }).of(own === "en" ? "de" : own);
};

const inLanguage = (name) => `In ${name}, please`;

/** Other forms of an answer, {label: question}: those that the server has tried, and those of a model where one is there. */
const otherForms = ({ question, abstained, reply, table, lead, cited }, tried) => {
  if (abstained || reply || !cited.length) return {};
  const isWritten = Boolean(model) && !table;
  const isOther = question.toLowerCase().includes(`in ${otherLanguage().toLowerCase()}`);
  const language = isOther ? "English" : otherLanguage();
  return {
    ...Object.fromEntries(tried ?? []),
    ...(isWritten && !lead && { "In plain words": "In plain words, please" }),
    ...(table?.aspects.length > 1 && table.aspects.includes("results") && { "Only the results": "Only the results" }),
    ...(isWritten && { [`In ${language}`]: inLanguage(language) }),
  };
};

const onwardButton = (kind, label, question) => {
  const title = label === question ? null : question;
  return make("button", { type: "button", class: kind, dir: "auto", title, onclick: () => ask(question, exchanges.length) }, label);
};

const onwardParts = (exchange, found) => {
  const forms = exchange.stage === "done" ? Object.entries(otherForms(exchange, found?.forms)) : [];
  const questions = found?.questions ?? [];
  const label = exchange.abstained ? "What these papers answer" : "Ask on";
  const buttons = (list, kind) => list.map(([name, question]) => make("li", {}, onwardButton(kind, name, question)));
  return [
    forms.length > 0 && make("ul", { class: "pc-forms", "aria-label": "The same answer" }, ...buttons(forms, "pc-form")),
    questions.length > 0 && make("h3", { class: "pc-label" }, label),
    questions.length > 0 && make("ul", { class: "pc-examples", "aria-label": label }, ...buttons(questions.map((one) => [one, one]), "pc-example")),
  ];
};

hear("busy", (now) => now && endLooking());
