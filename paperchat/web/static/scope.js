// Above the question box: which papers are asked, one click back to all of them, and the fields that choose some.

const area = element.querySelector(".pc-scope");
const words = make("p", { class: "pc-scope-line", role: "status", dir: "auto" });
const NAMES = ["author", "since", "until", "venue", "keyword", "imported"];
let conversation = "";
let papers = null; // those that are asked, null for all, or too many to light up
let asked = 0; // of the requests, the last one's number: an older reply is not shown

const input = (name) => document.querySelector(`#pc-filter-${name} :is(input, textarea)`);

const show = (open) => {
  document.body.classList.toggle("pc-filtering", open);
  choose.setAttribute("aria-expanded", String(open));
};

/** Put a value where the reader types, as Gradio's own fields notice it. */
const put = (name, value) => {
  const field = input(name);
  if (!field || field.value === value) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const draw = ({ line, fields, papers: some }) => {
  papers = some;
  if (words.textContent !== line) words.textContent = words.title = line;
  area.classList.toggle("pc-is-narrowed", Boolean(line));
  tell("scope-told", { line, papers, isPart: Boolean(line) });
  for (const name of NAMES) put(name, fields[name]);
};

const ask = async (name, sent) => {
  const own = ++asked;
  const view = await request(name, { id: conversation, ...sent });
  if (own === asked) draw(view);
};

const load = () => ask("scope", {}).catch(() => {}); // where the server is gone, others say so

const NOTHING = { papers: [], author: "", since: "", until: "", venue: "", keyword: "", imported: "" };

const narrow = (sent) =>
  ask("narrow", { ...NOTHING, ...sent }).then(
    () => {
      tell("hint", "");
      tell("focus");
      return true;
    },
    ({ message }) => {
      tell("hint", message);
      return false;
    },
  );

const apply = async () => {
  const typed = Object.fromEntries(NAMES.map((name) => [name, input(name)?.value ?? ""]));
  if (await narrow(typed)) show(false);
};

const word = (text) => make("span", { class: "pc-word" }, text);
const back = make("button", { type: "button", class: "pc-quiet pc-scope-back", title: "Ask all papers again", onclick: () => narrow({}) }, icon("undo"), word("All papers"));
const choose = make("button", { type: "button", class: "pc-quiet", "aria-expanded": "false", onclick: () => show(!document.body.classList.contains("pc-filtering")) }, icon("more"), word("Choose papers"));

area.append(words, endButton(), make("span", { class: "pc-scope-tools" }, back, choose));
document.addEventListener("click", (event) => event.target.closest("#pc-filter-apply") && apply());
document.addEventListener("keydown", (event) => event.key === "Enter" && event.target.closest("#pc-filter") && apply());
hear("current", (id) => {
  conversation = id;
  load();
});
hear("set", load);
hear("busy", (now) => {
  if (!now && area.dataset.busy) load(); // what was asked in words may have narrowed it
  area.dataset.busy = now ? "yes" : "";
});
hear("filter-close", () => {
  show(false);
  choose.focus();
});

// ---- what the screen of papers lists, and the box that is drawn on its map

const typedIn = (id) => document.querySelector(`#pc-${id} :is(input, textarea)`)?.value ?? "";
const listed = () => ({ text: typedIn("find"), topic: typedIn("topic"), years: typedIn("years"), region: typedIn("region") });

document.addEventListener("click", async (event) => {
  if (event.target.closest("#pc-ask-listed") && (await narrow({ listed: listed() }))) tell("browse-leave");
});
const isPart = () => area.classList.contains("pc-is-narrowed");
const refuse = ({ message }) => tell("scope-told", { line: message, papers, isPart: isPart() });
hear("ask-listed", () => ask("narrow", { ...NOTHING, listed: listed() }).catch(refuse));
hear("ask-all", () => narrow({}));
hear("map-here", () => tell("scope-told", { line: words.textContent, papers, isPart: isPart() }));

hear("ask-about", ({ paper }) => narrow({ papers: [paper] }));
load();
