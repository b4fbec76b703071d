// What an address names: its part behind #, which no browser sends anywhere. A link opens it for its reader.

const SHOWN = "paperchat-conversation"; // where a tab notes which conversation it shows

/** What is named: its `kind` ("papers", "settings", "paper", "conversation", "answer", "" for none), `id`, `place` from 1. */
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
const linkTo = (address) => `${location.origin}${location.pathname}${address}`;

/** Come to an address, so that the browser's Back leaves it again; or have it `instead` of the one that is there. */
const come = (address, instead = false) => {
  if (location.hash === address) return;
  const there = address || location.pathname;
  if (instead) history.replaceState(null, "", there);
  else history.pushState(null, "", there);
};
