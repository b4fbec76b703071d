// Around the question box: the line below it, what screen readers are told, and the focus.

const hint = element.querySelector(".pc-hint");
const said = element.querySelector(".pc-said");
const KEYS = "Enter sends, Shift+Enter makes a new line \u00b7 ";
const STILL = "An answer is being written. Wait or press Stop: your question stays here.";
const LOST = "paperchat does not answer. Try again; if that fails, see whether it still runs and reload this page.";
const NO_PAPERS = "There are no papers to ask yet";
const RELOADED = "paperchat-reloaded"; // where this tab notes that it reloaded by itself
const TYPED = "paperchat-typed"; // and what stands in the box
let refusal = "";
let busy = false;

const box = () => document.querySelector("#pc-question textarea");

const keys = make("button", { type: "button", class: "pc-link", onclick: () => tell("keys") }, "all keys");

const say = (message) => {
  hint.replaceChildren(...(message ? [message] : [KEYS, keys]));
  hint.classList.toggle("pc-alert", Boolean(message));
  document.body.classList.toggle("pc-alerting", Boolean(message));
};

/** Say something that is no trouble, for a moment. */
const note = (text) => {
  say("");
  hint.replaceChildren(text);
  setTimeout(() => hint.textContent === text && say(""), 2500);
};

const setBusy = (now) => {
  if (now === busy) return;
  busy = now;
  document.body.classList.toggle("pc-busy", busy);
  say("");
  const touch = window.matchMedia("(pointer: coarse)").matches; // there the focus opens a keyboard over the answer
  if (!touch && lostFocus()) box()?.focus({ preventScroll: true });
};

/** Whether the focus is nowhere, or on what the change of state hides. */
const lostFocus = () =>
  document.activeElement === document.body || Boolean(document.activeElement?.closest("#pc-ask, .pc-log"));

/** Ask what is typed; while an answer is written it stays in the box, and the line says why. */
const send = () => (busy ? say(STILL) : tell("ask", box().value));

const stop = () => document.querySelector("#pc-stop").click();

/** Enter sends, the arrow up takes the last question to edit it while nothing is typed, Escape stops what is written. */
const onKey = (event) => {
  if (event.target !== box() || event.shiftKey || event.isComposing) return;
  const acts = { Enter: send, ArrowUp: !box().value && (() => tell("edit-last")), Escape: busy && stop };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
};

document.addEventListener("keydown", onKey, true);
document.addEventListener("click", (event) => event.target.closest("#pc-send") && send());
hear("busy", setBusy);
hear("set-state", ({ papers }) => box()?.setAttribute("placeholder", papers ? `Ask ${many(papers, "paper")}` : NO_PAPERS));
hear("focus", () => box()?.focus({ preventScroll: true }));
hear("hint", say);
hear("note", note);
hear("say", (text) => (said.textContent = text));
hear("lost", () => {
  setBusy(false);
  say(refusal || LOST);
});

/** Gradio tells no script what the server says of a question that it does not take: look at the replies on their way. */
const fetchIt = window.fetch;
window.fetch = async (...asked) => {
  const reply = await fetchIt.apply(window, asked);
  if (!/\/queue\/(join|data)/.test(asked[0]?.url ?? asked[0])) return reply;
  refusal = reply.status === 503 ? await reply.clone().text() : "";
  if (reply.ok) ofTab.remove(RELOADED);
  else if (reply.status === 404 && !busy) reload();
  return reply;
};

/** The tab belongs to a cookie that another tab of this browser has replaced, as two first ones do that open together. */
const reload = () => {
  if (ofTab.get(RELOADED)) return;
  ofTab.set(RELOADED, "yes");
  location.reload();
};

const setText = (text) => {
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
};

const SETTLES = 2000; // ms in which Gradio may fill the box anew after it is there
let acted = false; // somebody did something on the page

for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => (acted = true), true);

/** What was typed before the page was left comes back, once there is a box for it, and stays until somebody acts. */
const bringBack = (typed, until = 0) => {
  if (!typed || (until && acted)) return;
  if (box() && !box().value) setText(typed);
  const end = until || (box() ? performance.now() + SETTLES : 0);
  if (!end || (!acted && performance.now() < end)) setTimeout(bringBack, 50, typed, end);
};

const noteTyped = () => box() && ofTab.set(TYPED, box().value);

window.addEventListener("pagehide", noteTyped);
document.addEventListener("input", (event) => event.target === box() && noteTyped());
hear("draft-text", bringBack);
hear("draft-taken", (text) => text && box().value === text && setText(""));
bringBack(ofTab.get(TYPED));
say(given().message);
watch("value", () => {
  const { message, set, id } = given();
  if (set) tell("turn-to", { set, address: `#conversation=${id}` }); // where the conversation is
  say(message);
});
