// What an address names: its part behind #, which no browser sends anywhere. A link opens it for its reader.

/** Where a tab notes which conversation of its set it shows. */
const shownNote = () => `paperchat-conversation${ofSet() && ` ${ofSet()}`}`;

const SCREENS = ["papers", "paper", "settings"]; // kinds of what is shown in the conversation's place

/** What is named: its `kind`, of a screen, "conversation" or "answer" ("" for none), its `id`, an answer's `place` from 1. */
const addressed = () => {
  const nothing = { kind: "", id: "", place: 0 };
  const [kind, named = ""] = location.hash.slice(1).split("=", 2);
  const [, id, place] = /^([\w-]{1,64})(?:\/(\d{1,6}))?$/.exec(named) ?? [];
  if (kind === "papers" || kind === "settings") return { ...nothing, kind };
  if (kind === "paper" && named) return { ...nothing, kind, id: unescaped(named) };
  if (kind === "conversation" && id && !place) return { ...nothing, kind, id };
  if (kind === "answer" && place) return { kind, id, place: Number(place) };
  return nothing;
};

/** The conversation that is named, if one is. */
const namedConversation = () => (["conversation", "answer"].includes(addressed().kind) ? addressed().id : null);

const unescaped = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const paperAddress = (id) => `#paper=${encodeURIComponent(id)}`;
const answerAddress = (id, place) => `#answer=${id}/${place}`;
const conversationAddress = (id) => (id ? `#conversation=${id}` : "");

/** An address as a link that can be given away. */
const linkTo = (address) => `${location.origin}${location.pathname}${location.search}${address}`;

/** Come to an address, so that the browser's Back leaves it again; or have it `instead` of the one that is there. */
const come = (address, instead = false) => {
  if (location.hash === address) return;
  const there = `${location.pathname}${location.search}${address}`; // the page has a base: an address alone would drop its set
  if (instead) history.replaceState(null, "", there);
  else history.pushState(null, "", there);
};
