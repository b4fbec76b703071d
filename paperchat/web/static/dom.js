// Read before each of the page's scripts. Data reaches the document as text nodes: nothing here parses HTML.

/** Make an element; `onclick` and the like become listeners, `null` and `false` children and attributes are left out. */
const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== false));
  return node;
};

/** What the server sent to this part. It comes as text: of an object Gradio would copy and compare all at every change. */
const given = () => JSON.parse(props.value);

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`paperchat:${name}`, { detail }));
const hear = (name, act) => document.addEventListener(`paperchat:${name}`, (event) => act(event.detail));

/** Let Escape within a node close what it holds, and nothing else. */
const closeOnEscape = (node, close) =>
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    close();
  });

/** Let a button open in a place what `build` makes, and close it again; so does Escape there. */
const opensIn = (place, button, build) => {
  const isOpen = () => place.childElementCount > 0;
  const tellState = () => button.setAttribute("aria-expanded", String(isOpen()));
  const toggle = () => {
    place.replaceChildren(...(isOpen() ? [] : [build()]));
    tellState();
    if (!isOpen()) button.focus({ preventScroll: true });
  };
  button.addEventListener("click", toggle);
  place.onkeydown = (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    event.preventDefault(); // nothing else closes
    toggle();
  };
  tellState();
  return button;
};

/** Say something to screen readers only. */
const announce = (text) => tell("say", text);

/** A command, which a click copies. */
const commandNode = (text) => {
  const button = make("button", { type: "button", class: "pc-command", "aria-label": `Copy: ${text}`, title: "Copy" }, make("code", {}, text));
  const copied = async () => {
    await copyText(text);
    button.classList.add("pc-is-copied");
    announce("Copied");
    setTimeout(() => button.classList.remove("pc-is-copied"), 1600);
  };
  button.addEventListener("click", copied);
  return button;
};

const PARTS = /(`[^`]+`|\bollama (?:serve|pull [\w.:/-]*\w)|\bhttps?:\/\/ollama\.com[\w/.-]*[\w/])/;

/** Text whose `parts in backticks`, and commands of Ollama's, can be copied, and whose link to Ollama's site is one. */
const withCode = (text) =>
  text.split(PARTS).map((part) => {
    if (!PARTS.test(part)) return document.createTextNode(part);
    if (part.startsWith("http")) return make("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part);
    return commandNode(part.replaceAll("`", ""));
  });

const icon = (name) => make("span", { class: `pc-icon pc-icon-${name}`, "aria-hidden": "true" });

const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const scrollTo = (node, block) => node.scrollIntoView({ block, behavior: calm() ? "auto" : "smooth" });

const many = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** Copy text, and as HTML what that is; the old way where the page has no clipboard, since it is not served from here. */
const copyText = async (text, html = "") => {
  const forms = { "text/plain": text, ...(html && { "text/html": html }) };
  if (navigator.clipboard?.write) {
    const blobs = Object.entries(forms).map(([kind, data]) => [kind, new Blob([data], { type: kind })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }
  const fill = (event) => {
    event.preventDefault();
    for (const [kind, data] of Object.entries(forms)) event.clipboardData.setData(kind, data);
  };
  document.addEventListener("copy", fill, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", fill);
};

/** A title, of which the short name that it begins with stands out. */
const titleNodes = ({ title, name }) => (name && title.startsWith(name) ? [make("b", { class: "pc-called" }, name), title.slice(name.length)] : [title]);

/** Who wrote a paper and when, to stand behind its title; nothing where that is not known. */
const byOf = ({ by }) => (by ? make("span", { class: "pc-by" }, ` ${by}`) : null);

/** A button that copies what `text()` returns, as HTML too what `html()` does, and says so. */
const copyButton = (label, text, html = () => "") => {
  const words = make("span", {}, label);
  const copied = async () => {
    await copyText(text(), html());
    words.textContent = "Copied";
    announce("Copied");
    setTimeout(() => (words.textContent = label), 1600);
  };
  return make("button", { type: "button", class: "pc-quiet", onclick: copied }, icon("copy"), words);
};

/** What a tab (or with `localStorage` a browser) notes for itself; where it may not, for as long as the page is open. */
const noted = (area) => {
  const store = () => window[area]; // some browsers throw at the mere name
  const here = (window.paperchatNotes ??= {});
  const attempt = (act, otherwise) => {
    try {
      return act();
    } catch {
      return otherwise();
    }
  };
  return {
    get: (name) => attempt(() => store().getItem(name), () => here[name] ?? null),
    set: (name, value) => attempt(() => store().setItem(name, value), () => (here[name] = value)),
    remove: (name) => attempt(() => store().removeItem(name), () => delete here[name]),
  };
};
const ofTab = noted("sessionStorage");
const ofBrowser = noted("localStorage");

/** The secret of this tab, by which the server knows its reader where the browser takes no cookie. */
const tabSecret = () => {
  const old = ofTab.get("paperchat-tab");
  if (old) return old;
  const secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24)))).replaceAll("+", "-").replaceAll("/", "_");
  ofTab.set("paperchat-tab", secret);
  return secret;
};

/** The set of papers that this tab is on, as its address names it; empty for the one that the page opens with. */
const ofSet = () => new URLSearchParams(location.search).get("set") ?? "";

/** Ask the server for something other than an answer, until `signal` ends that; fails with the line that it says. */
const request = async (name, sent = {}, signal = null) => {
  const body = JSON.stringify({ ...sent, tab: tabSecret(), set: ofSet() });
  const options = { method: "POST", headers: { "content-type": "application/json" }, body, signal };
  const reply = await fetch(`page/${name}`, options).catch(() => null);
  const got = reply && (await reply.json().catch(() => null));
  if (!reply?.ok) throw new Error(got?.error ?? "paperchat does not answer. See whether it still runs.");
  return got;
};

/** Hand a text to the reader as a file. */
const saveFile = ({ name, text }) => {
  const link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type: "text/plain" })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  announce(`Saved ${name}`);
};
