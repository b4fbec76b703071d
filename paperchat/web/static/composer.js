// Around the question box: the line below it, what screen readers are told, and the focus.

const hint = element.querySelector(".pc-hint");
const said = element.querySelector(".pc-said");
const KEYS = "Enter sends, Shift+Enter makes a new line";
const STILL = "An answer is being written. Wait or press Stop: your question stays here.";
const LOST = "paperchat does not answer. Try again; if that fails, see whether it still runs and reload this page.";
const RELOADED = "paperchat-reloaded"; // where this tab notes what was typed when it reloaded by itself
let refusal = "";
let busy = false;
let checking = false;

const box = () => document.querySelector("#pc-question textarea");

const say = (message) => {
  hint.textContent = message || KEYS;
  hint.classList.toggle("pc-alert", Boolean(message));
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

/** While an answer is written, Enter keeps the question in the box and says why. */
const holdBack = (event) => {
  if (!busy || event.target !== box() || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  say(STILL);
};

/** Nobody waits for the check of an answer: what is asked next ends it. */
const endCheck = () => checking && document.querySelector("#pc-stop").click();

document.addEventListener("keydown", holdBack, true);
document.addEventListener("keydown", (event) => event.target === box() && event.key === "Enter" && !event.shiftKey && endCheck(), true);
document.addEventListener("click", (event) => event.target.closest("#pc-send") && endCheck(), true);
hear("asking", endCheck);
hear("checking", (now) => (checking = now));
hear("busy", setBusy);
hear("focus", () => box()?.focus({ preventScroll: true }));
hear("hint", say);
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
  if (reply.ok) sessionStorage.removeItem(RELOADED);
  else if (reply.status === 404 && !busy) reload();
  return reply;
};

/** The tab belongs to a cookie that another tab of this browser has replaced, as two first ones do that open together. */
const reload = () => {
  if (sessionStorage.getItem(RELOADED) !== null) return;
  sessionStorage.setItem(RELOADED, box()?.value ?? "");
  location.reload();
};

/** What was typed before the page reloaded by itself comes back, once there is a box for it. */
const bringBack = (typed) => {
  if (!typed) return;
  if (!box()) return setTimeout(bringBack, 50, typed);
  box().value = typed;
  box().dispatchEvent(new Event("input", { bubbles: true }));
};

bringBack(sessionStorage.getItem(RELOADED));
say(props.value.message);
watch("value", () => say(props.value.message));
