// The conversations kept on this machine: a drawer to open, name and delete them, and a box to take one away.

const drawer = element.querySelector(".pc-drawer");
const list = make("div");
const foot = make("div", { class: "pc-kept-foot" });
const line = make("p", { class: "pc-kept-line", role: "status" });
let current = "";
let removed = ""; // the conversation that was deleted last, or ALL
let soon = null; // what is done once a new conversation stands in the place of the one on show

const ALL = "*";

const day = (date) => date.toLocaleDateString("en-CA"); // year-month-day, here
const when = (changed) => {
  const date = new Date(changed);
  const sameDay = day(date) === day(new Date());
  const form = sameDay ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short", year: "numeric" };
  return sameDay ? date.toLocaleTimeString([], form) : date.toLocaleDateString([], form);
};

const tool = (name, label, act) =>
  make("button", { type: "button", class: "pc-round", "aria-label": label, title: label, onclick: act }, icon(name));

const open = (id) => {
  drawer.close();
  tell("open", id);
};

const hour = (changed) => new Date(changed).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

/** The day of a conversation, in words. */
const dayOf = (changed) => {
  const [date, now] = [new Date(changed), new Date()];
  if (day(date) === day(now)) return "Today";
  if (day(date) === day(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return "Yesterday";
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return date.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long", ...year });
};

/** Ask for a change of the list and show the list that comes back. */
const change = async (name, sent, said) => {
  try {
    draw((await request(name, sent)).conversations);
    const pressed = sent.pinned === undefined ? "button" : "[aria-pressed]";
    if (![list, recall].some((part) => part.contains(document.activeElement))) (rowWith(sent.id) ?? drawer).querySelector(pressed).focus();
    announce(said);
  } catch (error) {
    line.textContent = error.message;
  }
};

const renaming = (row, { id, title }) => {
  const field = make("input", { type: "text", class: "pc-field", "aria-label": "Name of the conversation", maxlength: "200", dir: "auto" });
  field.value = title;
  const act = (event) => {
    if (event.key === "Escape") refresh(id);
    if (event.key === "Escape") event.preventDefault(); // the drawer stays
    if (event.key === "Enter" && !event.isComposing) change("rename", { id, title: field.value }, "Renamed");
  };
  field.addEventListener("keydown", act);
  row.replaceChildren(field, tool("check", "Save the name", () => change("rename", { id, title: field.value }, "Renamed")));
  field.select();
};

const deleting = (row, { id, title }) => {
  /** One that is on show is removed in its turn: an answer that is being written to it ends before. */
  const remove = () => {
    removed = id;
    if (id === current) tell("remove", { id, keep: 0 });
    else change("delete", { id }, "Deleted");
  };
  const yes = make("button", { type: "button", class: "pc-quiet pc-danger", onclick: remove }, "Delete");
  const no = make("button", { type: "button", class: "pc-quiet", onclick: () => refresh(id) }, "Keep");
  const ask = make("div", { class: "pc-kept-sure" }, make("span", { class: "pc-kept-ask", title }, "Delete?"), yes, no);
  closeOnEscape(ask, () => refresh(id)); // the drawer stays
  row.replaceChildren(ask);
  no.focus();
};

const rowWith = (id) => [...list.querySelectorAll(".pc-kept-row")].find((row) => row.dataset.id === id);

const rowOf = (one) => {
  const row = make("li", { class: "pc-kept-row", "data-id": one.id });
  const name = make("span", { class: "pc-kept-title", dir: "auto" }, one.title);
  const time = make("time", { datetime: one.changed, title: when(one.changed) }, (one.pinned ? when : hour)(one.changed));
  const here = one.id === current ? "true" : null;
  const title = make("button", { type: "button", class: "pc-kept-open", "aria-current": here, onclick: () => open(one.id) }, name, time);
  const pin = tool("pin", `Pin: ${one.title}`, () => change("pin", { id: one.id, pinned: !one.pinned }, one.pinned ? "Not pinned any more" : "Pinned"));
  pin.setAttribute("aria-pressed", String(one.pinned));
  row.append(
    title,
    pin,
    tool("edit", `Rename: ${one.title}`, () => renaming(row, one)),
    tool("delete", `Delete: ${one.title}`, () => deleting(row, one)),
  );
  return row;
};

/** Those that are pinned, and the others under their days, newest first. */
const daysOf = (conversations) => {
  const days = new Map();
  for (const one of [...conversations].sort((left, right) => right.pinned - left.pinned)) {
    const name = one.pinned ? "Pinned" : dayOf(one.changed);
    days.set(name, [...(days.get(name) ?? []), rowOf(one)]);
  }
  return [...days].map(([name, rows]) =>
    make("section", { "aria-label": name }, make("h3", { class: "pc-label pc-kept-day" }, name), make("ul", { class: "pc-kept" }, ...rows)),
  );
};

/** Delete all; the one that is on show is left first, so that an answer that is being written to it ends before. */
const empty = () => {
  removed = ALL;
  const act = () => change("empty", {}, "All deleted");
  if (!current) return act();
  soon = act;
  tell("open", "");
};

const emptying = (count) => {
  const offer = () => {
    foot.replaceChildren(make("button", { type: "button", class: "pc-quiet", onclick: ask }, icon("delete"), "Delete all"));
    return foot.querySelector("button");
  };
  const ask = () => {
    const yes = make("button", { type: "button", class: "pc-quiet pc-danger", onclick: empty }, "Delete");
    const no = make("button", { type: "button", class: "pc-quiet", onclick: () => offer().focus() }, "Keep");
    const sure = make("div", { class: "pc-kept-row" }, make("span", { class: "pc-kept-ask" }, `Delete all ${many(count, "conversation")}?`), yes, no);
    closeOnEscape(sure, () => offer().focus()); // the drawer stays
    foot.replaceChildren(sure);
    no.focus();
  };
  offer();
};

const draw = (conversations) => {
  list.replaceChildren(...daysOf(conversations));
  if (conversations.length > 1) emptying(conversations.length);
  else foot.replaceChildren();
  if (conversations.some(({ id }) => id === removed)) removed = "";
  const putAll = () => {
    removed = "";
    change("refill", {}, "They are back");
  };
  const putOne = () => (removed === current ? tell("back", removed) : change("restore", { id: removed }, "It is back"));
  const said = conversations.length ? "" : "Nothing yet. Conversations are kept on this machine, for this browser.";
  line.replaceChildren(...(removed ? [removed === ALL ? "All are deleted." : "Deleted.", make("button", { type: "button", class: "pc-quiet", onclick: removed === ALL ? putAll : putOne }, icon("undo"), "Put back")] : [said]));
};

const refresh = (id) => change("conversations", { id }, "");

const show = () => {
  drawer.showModal();
  refresh(current);
};

const fresh = make("button", { type: "button", class: "pc-quiet", onclick: () => open("") }, icon("new"), "New conversation");
const whole = make("div", {}, fresh, line, list, foot);
const recall = recallBox(
  when,
  (searches) => whole.classList.toggle("pc-gone", searches),
  (address) => {
    drawer.close();
    tell("visit", address);
  },
);
drawer.append(
  make("div", { class: "pc-drawer-head" }, make("h2", {}, "Conversations"), tool("close", "Close", () => drawer.close())),
  recall,
  whole,
);
drawer.addEventListener("click", (event) => event.target === drawer && drawer.close()); // beside it

const exporting = element.querySelector(".pc-export");
const head = make("div", { class: "pc-drawer-head" }, make("h2", {}, "Export this conversation"), tool("close", "Close", () => exporting.close()));
exporting.addEventListener("click", (event) => event.target === exporting && exporting.close());
hear("export", () => {
  exporting.replaceChildren(head, takeAway({ id: current }, { md: ["Markdown, with references", "export"], ...REFERENCES }));
  exporting.showModal();
});
hear("history", show);
hear("current", (id) => (current = id));
hear("opened", () => {
  if (!soon) return drawer.open && refresh(current);
  if (current) return; // the last of an answer that ends
  soon();
  soon = null;
});
