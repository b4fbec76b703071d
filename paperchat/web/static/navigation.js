// Conversations by their addresses: a link, a reload, Back and Forward come to the same.

let current = ""; // the conversation on show
let sought = addressed().place; // of an answer, while its conversation opens

/** Whether it is a screen of its own, beside the conversation. */
const isScreen = (kind) => ["papers", "paper", "settings"].includes(kind);

/** Bring an answer in sight, its question marked for a moment. */
const toAnswer = (place) => {
  sought = 0;
  const exchanges = document.querySelectorAll(".pc-exchange");
  const asked = exchanges[place - 1]?.querySelector("h2");
  if (!exchanges.length) return;
  if (!asked) return tell("hint", `This conversation has no answer ${place}. Its last is ${exchanges.length}.`);
  asked.setAttribute("tabindex", "-1");
  scrollTo(exchanges[place - 1], "start");
  asked.focus({ preventScroll: true });
};

/** Open what the address names; screens are the business of their own scripts. */
const follow = () => {
  const { kind, id, place } = addressed();
  if (isScreen(kind)) return;
  sought = place;
  if (id !== current) tell("open", id);
  else if (place) toAnswer(place);
};

window.addEventListener("popstate", follow);
hear("visit", (address) => {
  come(address);
  tell("papers-leave");
  follow();
});
hear("open", (id) => {
  const { kind, id: named } = addressed();
  if (isScreen(kind) || named !== id) come(conversationAddress(id));
});
hear("current", (id) => {
  current = id;
  const { kind, id: named } = addressed();
  if (id && !isScreen(kind) && named !== id) come(conversationAddress(id), true); // it has just been begun
});
hear("opened", () => sought && toAnswer(sought));
hear("busy", (now) => now && addressed().kind === "answer" && come(conversationAddress(current), true));
