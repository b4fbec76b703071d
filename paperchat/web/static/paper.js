// A paper's page: what is known of it, its abstract, its reference, and the papers like it.

const view = element.querySelector(".pc-paper");
let current = "";
let asked = 0;
let origin = null; // what the reader came from: Escape goes back there
let turn = props.value.turn;

const open = (paper, from) => tell("paper", { paper, from });

/** The question box gets a question about the paper, and the conversation comes to the front. */
const askAbout = (title) => {
  const box = document.querySelector("#pc-question textarea");
  tell("browse-leave");
  box.value = `What is new in “${title}”?`;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
};

const likeList = (alike) => {
  const line = ({ paper, title }) => {
    const button = make("button", { type: "button", class: "pc-title", dir: "auto" }, title);
    button.addEventListener("click", () => open(paper, button));
    return make("li", {}, button);
  };
  return make("ul", { class: "pc-alike" }, ...alike.map(line));
};

const part = (name, ...nodes) => make("section", {}, make("h4", { class: "pc-label" }, name), ...nodes);

const draw = ({ paper, title, authors, published, abstract, keywords, topic, links, alike }) => {
  const ask = make("button", { type: "button", class: "pc-solid", onclick: () => askAbout(title) }, "Ask about this");
  const link = ({ text, href }) => make("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
  const parts = [
    make("button", { type: "button", class: "pc-quiet pc-to-list", onclick: () => tell("browse-list") }, icon("undo"), "All papers"),
    make("h3", { class: "pc-paper-title", tabindex: "-1", dir: "auto" }, title),
    ...[authors, published].filter(Boolean).map((text) => make("p", { class: "pc-paper-line", dir: "auto" }, text)),
    topic && make("p", { class: "pc-paper-line", dir: "auto" }, `Topic: ${topic}`),
    make("div", { class: "pc-row pc-paper-tools" }, ask, copyButton("Copy link", () => linkTo(paperAddress(paper))), ...links.map(link)),
    part("Abstract", make("p", { class: "pc-abstract", dir: "auto" }, abstract || "This paper came without an abstract.")),
    keywords.length > 0 && part("Keywords", make("p", { class: "pc-paper-line", dir: "auto" }, keywords.join(", "))),
    part("Reference", takeAway({ paper }, REFERENCES, false)),
    alike.length > 0 && part("Papers like this", likeList(alike)),
  ];
  view.replaceChildren(...parts.filter(Boolean));
};

const drawEmpty = () =>
  view.replaceChildren(make("p", { class: "pc-empty" }, "Choose a paper in the table or on the map: its abstract, its reference and papers like it appear here."));

const isNarrow = () => window.matchMedia("(width < 900px)").matches;

/** Show a paper; the focus stays in the table, which may be walked on, and follows what was opened from here or sought. */
const show = async ({ paper, from = null, isSought = false }) => {
  const enter = () => view.querySelector("h3")?.focus({ preventScroll: true });
  if (paper === current && paper) {
    origin = from ?? origin;
    return isSought && enter();
  }
  current = paper;
  document.body.classList.toggle("pc-reading", Boolean(paper));
  const mine = ++asked;
  if (!paper) return drawEmpty();
  let got;
  try {
    got = await request("about", { paper });
  } catch (error) {
    if (mine === asked) view.replaceChildren(make("p", { class: "pc-empty", role: "alert" }, error.message));
    return;
  }
  if (mine !== asked) return;
  origin = from ?? origin;
  draw(got);
  view.closest("#pc-aside").scrollTop = 0;
  tell("paper-drawn", paper);
  announce(`${got.title}. ${got.abstract}`);
  if (isSought || (from && !from.isConnected)) enter();
  if (isNarrow()) window.scrollTo(0, 0); // it stands there alone
};

view.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  if (origin?.isConnected) origin.focus();
  else document.querySelector("#pc-table [role=grid]")?.focus();
});
hear("paper-shown", show);
hear("set", () => show({ paper: "" }));
hear("map-here", () => tell("paper-drawn", current));
hear("paper-focus", () => view.querySelector("h3")?.focus());
watch("value", () => {
  if (props.value.turn === turn) return;
  turn = props.value.turn;
  if (props.value.paper) open(props.value.paper);
});
drawEmpty();
tell("paper-here"); // whichever of the scripts comes last, the paper that the address names is shown
