// The way to the end of a long conversation: a button while that is out of sight, and a key.

/** Where the last answer ends: what the window has below it is left for the next question. */
const tails = () => document.querySelectorAll(".pc-tail");

/** Tell the styles how much of the conversation is seen at once, where it scrolls by itself. */
const measure = ([{ contentRect }]) => {
  const isWide = window.matchMedia("(width >= 900px)").matches;
  if (isWide && contentRect.height) document.body.style.setProperty("--pc-window", `${contentRect.height}px`);
};
new ResizeObserver(measure).observe(document.querySelector("#pc-conversation"));

const toEnd = () => {
  const last = [...tails()].at(-1)?.parentElement;
  if (last) scrollTo(last, "end");
};

/** The button: it stands above the question box, and only while the end is below what one sees. */
const endButton = () => {
  const button = make("button", { type: "button", class: "pc-round pc-to-end pc-gone", "aria-label": "To the end", title: "To the end of the conversation (End)" }, icon("falling"));
  let watched = null;

  const see = (seen) => {
    const { isIntersecting, boundingClientRect, rootBounds } = seen.at(-1);
    const isBelow = !isIntersecting && boundingClientRect.top > (rootBounds?.height ?? Infinity) / 2; // else it is above, or hidden
    const touch = window.matchMedia("(pointer: coarse)").matches; // there the focus opens a keyboard over the end
    if (!isBelow && !touch && document.activeElement === button) tell("focus"); // the button goes: the focus stays at the end
    button.classList.toggle("pc-gone", !isBelow);
  };
  const watcher = new IntersectionObserver(see, { rootMargin: "0px 0px -90px 0px" }); // what the question box covers

  const look = () => {
    const tail = [...tails()].at(-1) ?? null;
    if (tail === watched) return;
    watcher.disconnect();
    watched = tail;
    if (tail) watcher.observe(tail);
    else button.classList.add("pc-gone");
  };

  button.addEventListener("click", toEnd);
  hear("to-end", toEnd);
  hear("count", look);
  look();
  return button;
};
