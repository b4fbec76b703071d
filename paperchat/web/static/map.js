// The set as a picture: a point a paper, coloured by topic; a click opens it, a drawn box keeps the papers in it.

const view = element.querySelector(".pc-map");
const NEAR = 10; // pixels from a point within which it is meant
const DRAG = 6; // pixels from which on a press draws a box
const MARGIN = 18;
const COLOURS = 8;
const canvas = make("canvas", { role: "img", "aria-label": "Papers by meaning" });
const tip = make("div", { class: "pc-map-tip pc-gone", "aria-hidden": "true" });
const box = make("div", { class: "pc-map-box pc-gone", "aria-hidden": "true" });
const legend = make("ul", { class: "pc-map-topics", "aria-label": "Topics" });
const line = make("p", { class: "pc-map-line", role: "status" });
const whole = make("button", { type: "button", class: "pc-quiet pc-gone" }, icon("undo"), "Whole map");
const FREE = "Clear the box";
const freed = make("span", {}, FREE);
const free = make("button", { type: "button", class: "pc-quiet pc-gone" }, icon("close"), freed);
const asking = make("p", { class: "pc-map-asked", role: "status", dir: "auto" }); // which papers the conversation is asked of
let atlas = null;
let asked = false;
let lit = null; // places in the set of what the table found, null for all
let scoped = null; // papers of which the conversation is asked, null for all
let cited = new Set();
let chosen = ""; // the paper that is open
let only = -1; // the topic that stands out
let zoom = { scale: 1, x: 0, y: 0 };
let pressed = null;
let isPart = false; // whether the conversation is asked of some papers

let size = { width: 0, height: 0 }; // of the canvas, and below, where each point is: asked once a drawing
let lefts = new Float32Array(0);
let tops = new Float32Array(0);

const frame = () => size;

/** Where a point of the unit square is drawn. */
const at = (x, y) => {
  const { width, height } = frame();
  return [
    MARGIN + ((x - zoom.x) * zoom.scale) * (width - 2 * MARGIN),
    MARGIN + ((y - zoom.y) * zoom.scale) * (height - 2 * MARGIN),
  ];
};

/** What point of the unit square is drawn there. */
const from = (left, top) => {
  const { width, height } = frame();
  return [zoom.x + (left - MARGIN) / (width - 2 * MARGIN) / zoom.scale, zoom.y + (top - MARGIN) / (height - 2 * MARGIN) / zoom.scale];
};

const colourOf = (style, topic) => style.getPropertyValue(topic < 0 ? "--pc-soft" : `--pc-topic-${topic % COLOURS}`).trim();

const stands = (topic, place) => (lit === null || lit.has(place)) && (only < 0 || only === topic);

const glows = (topic, place, index) => stands(topic, place) && (scoped === null || scoped.has(atlas.ids[index]));

const drawPoints = (ink, style) => {
  const radius = Math.max(1.6, Math.min(5, 60 / Math.sqrt(atlas.points.length))) * Math.min(2, Math.sqrt(zoom.scale));
  const colours = [...atlas.topics.keys(), -1].map((topic) => [topic, colourOf(style, topic)]);
  for (const shown of [false, true]) {
    ink.globalAlpha = shown ? 0.9 : 0.16;
    for (const [topic, colour] of colours) {
      ink.fillStyle = colour;
      ink.beginPath();
      atlas.points.forEach(([, , own, place], index) => {
        if (own !== topic || glows(own, place, index) !== shown) return;
        ink.moveTo(lefts[index] + radius, tops[index]);
        ink.arc(lefts[index], tops[index], radius, 0, 2 * Math.PI);
      });
      ink.fill();
    }
  }
  ink.globalAlpha = 1;
  return radius;
};

/** Rings around what the last answer cites, and a larger one around the paper that is open. */
const drawRings = (ink, style, radius) => {
  ink.lineWidth = 2;
  atlas.ids.forEach((id, index) => {
    const isOpen = id === chosen;
    if (!isOpen && !cited.has(id)) return;
    ink.strokeStyle = style.getPropertyValue(isOpen ? "--pc-ink" : "--pc-accent").trim();
    ink.beginPath();
    ink.arc(lefts[index], tops[index], radius + (isOpen ? 5 : 3), 0, 2 * Math.PI);
    ink.stroke();
  });
};

const middle = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

/** A topic's name over the middle of its papers, the largest first; one that would cover another is left to the legend. */
const drawNames = (ink, style) => {
  const { width, height } = frame();
  const taken = [];
  ink.font = `600 12px ${style.fontFamily}`;
  ink.textAlign = "center";
  ink.textBaseline = "middle";
  ink.lineJoin = "round";
  ink.lineWidth = 4;
  ink.strokeStyle = style.getPropertyValue("--pc-paper").trim();
  ink.fillStyle = style.getPropertyValue("--pc-ink").trim();
  atlas.topics.forEach((name, topic) => {
    const own = atlas.points.filter((point) => point[2] === topic);
    if (!own.length) return;
    const word = name.split(", ").slice(0, 2).join(", ");
    const half = ink.measureText(word).width / 2 + 4;
    const [x, y] = at(middle(own.map((point) => point[0])), middle(own.map((point) => point[1])));
    const left = Math.min(Math.max(x, half), width - half);
    if (y < 8 || y > height - 8 || x < 0 || x > width) return;
    const top = [0, -18, 18, -36, 36].map((shift) => y + shift).find((place) => taken.every(([l, t, w]) => Math.abs(place - t) > 16 || Math.abs(left - l) > half + w));
    if (top === undefined) return;
    taken.push([left, top, half]);
    ink.strokeText(word, left, top);
    ink.fillText(word, left, top);
  });
};

const draw = () => {
  size = { width: canvas.clientWidth, height: canvas.clientHeight };
  const { width, height } = size;
  if (!atlas || !width) return;
  const spots = atlas.points.map(([x, y]) => at(x, y));
  lefts = Float32Array.from(spots, ([left]) => left);
  tops = Float32Array.from(spots, ([, top]) => top);
  const dots = window.devicePixelRatio || 1;
  canvas.width = width * dots;
  canvas.height = height * dots;
  const ink = canvas.getContext("2d");
  const style = getComputedStyle(view);
  ink.scale(dots, dots);
  drawRings(ink, style, drawPoints(ink, style));
  drawNames(ink, style);
  whole.classList.toggle("pc-gone", zoom.scale === 1);
  canvas.dataset.drawn = String(atlas.points.length);
  canvas.dataset.lit = String(atlas.points.filter(([, , own, place], index) => glows(own, place, index)).length);
};

const drawLegend = () => {
  const button = (name, topic) => {
    const count = atlas.points.filter((point) => point[2] === topic).length;
    const swatch = make("i", { class: `pc-map-swatch pc-topic-${topic % COLOURS}`, "aria-hidden": "true" });
    const words = [swatch, make("span", { dir: "auto" }, name), make("span", { class: "pc-map-count" }, count.toLocaleString("en"))];
    const node = make("button", { type: "button", class: "pc-quiet", "aria-pressed": String(only === topic) }, ...words);
    node.addEventListener("click", () => {
      only = only === topic ? -1 : topic;
      [...legend.querySelectorAll("button")].forEach((one, place) => one.setAttribute("aria-pressed", String(only === place)));
      draw();
    });
    return make("li", {}, node);
  };
  legend.replaceChildren(...atlas.topics.map(button));
};

const say = () => {
  const left = atlas.nowhere ? ` ${many(atlas.nowhere, "paper")} without text ${atlas.nowhere === 1 ? "is" : "are"} not on it.` : "";
  const marks = cited.size ? " Ringed: cited by the last answer." : "";
  if (!atlas.points.length && !atlas.nowhere) return line.replaceChildren("There are no papers yet: put some in under Add papers.");
  line.replaceChildren(`${many(atlas.points.length, "paper")}, near each other when they mean the like.${marks}${left}`);
  canvas.setAttribute("aria-label", `${many(atlas.points.length, "paper")} by meaning, in ${many(atlas.topics.length, "topic")}. The table lists them.`);
};

/** The point under the pointer, or the nearest one close by. */
const pointAt = (left, top) => {
  let best = -1;
  let nearest = NEAR * NEAR;
  for (let index = 0; index < lefts.length; index += 1) {
    const far = (lefts[index] - left) ** 2 + (tops[index] - top) ** 2;
    if (far >= nearest || !stands(atlas.points[index][2], atlas.points[index][3])) continue;
    [best, nearest] = [index, far];
  }
  return best;
};

const placeOf = (event) => {
  const { left, top } = canvas.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
};

const showTip = (event) => {
  const [left, top] = placeOf(event);
  const index = pointAt(left, top);
  canvas.classList.toggle("pc-is-on", index >= 0);
  tip.classList.toggle("pc-gone", index < 0);
  if (index < 0) return;
  tip.textContent = atlas.titles[index];
  const room = frame().width - tip.offsetWidth;
  tip.style.left = `${Math.max(0, Math.min(left + 12, room))}px`;
  tip.style.top = `${top + 16}px`;
};

const hold = (value) => Math.min(1, Math.max(0, value));

/** Hand the box to Gradio as text, as if it had been typed: the table keeps to it. */
const keepTo = (text) => {
  const field = document.querySelector("#pc-region :is(input, textarea)");
  if (!field) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const drawBox = (event) => {
  const [left, top] = placeOf(event);
  const [x, y] = [Math.min(left, pressed[0]), Math.min(top, pressed[1])];
  Object.assign(box.style, { left: `${x}px`, top: `${y}px`, width: `${Math.abs(left - pressed[0])}px`, height: `${Math.abs(top - pressed[1])}px` });
  box.classList.remove("pc-gone");
};

const isDrag = (event) => pressed && event.pointerType !== "touch" && placeOf(event).some((value, axis) => Math.abs(value - pressed[axis]) > DRAG);

canvas.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  pressed = placeOf(event);
  if (event.pointerType !== "touch") canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener("pointermove", (event) => (isDrag(event) ? drawBox(event) : showTip(event)));
canvas.addEventListener("pointerleave", () => tip.classList.add("pc-gone"));
canvas.addEventListener("pointercancel", () => (pressed = null));
canvas.addEventListener("pointerup", (event) => {
  if (!pressed) return;
  const ends = isDrag(event) && [pressed, placeOf(event)].map(([left, top]) => from(left, top).map(hold));
  box.classList.add("pc-gone");
  if (ends) {
    const sides = [0, 1].map((axis) => ends.map((one) => one[axis]).sort((a, b) => a - b));
    const texts = [sides[0][0], sides[1][0], sides[0][1], sides[1][1]].map((value) => String(Number(value.toFixed(4))));
    keepTo(texts.join(" "));
    tell("ask-listed");
  } else {
    const index = pointAt(...placeOf(event));
    if (index >= 0) tell("paper", { paper: atlas.ids[index] });
  }
  pressed = null;
});

const zoomTo = (scale, left, top) => {
  const [x, y] = from(left, top);
  const { width, height } = frame();
  const now = Math.min(40, Math.max(1, scale));
  const keep = (value, share) => Math.min(1 - 1 / now, Math.max(0, value - share / now));
  zoom = now === 1 ? { scale: 1, x: 0, y: 0 } : { scale: now, x: keep(x, (left - MARGIN) / (width - 2 * MARGIN)), y: keep(y, (top - MARGIN) / (height - 2 * MARGIN)) };
  draw();
};

canvas.addEventListener("wheel", (event) => {
  if (!atlas) return;
  event.preventDefault();
  zoomTo(zoom.scale * Math.exp(-event.deltaY / 300), ...placeOf(event));
}, { passive: false });
whole.addEventListener("click", () => zoomTo(1, 0, 0));
free.addEventListener("click", () => {
  keepTo("");
  if (isPart) tell("ask-all");
});

const fetchAtlas = async () => {
  if (asked) return draw();
  asked = true;
  line.replaceChildren(icon("working"), "Drawing the map…");
  const set = ofSet();
  let got;
  try {
    got = await request("atlas");
  } catch (error) {
    if (set === ofSet()) asked = false;
    return set === ofSet() && line.replaceChildren(error.message);
  }
  if (set !== ofSet()) return;
  atlas = got;
  drawLegend();
  say();
  draw();
};

const update = () => {
  lit = props.value.lit && new Set(props.value.lit);
  showFree();
  tell("rows");
  draw();
};

/** One click back: of the table, and of the conversation where that is asked of some papers. */
const showFree = () => {
  free.classList.toggle("pc-gone", !(props.value.region || isPart));
  freed.textContent = isPart ? "Ask all papers" : FREE;
};

view.append(
  make("div", { class: "pc-map-bar" }, line, asking, whole, free),
  make("div", { class: "pc-map-frame" }, canvas, box, tip),
  legend,
);
new ResizeObserver(draw).observe(canvas);
new MutationObserver(draw).observe(document.body, { attributes: true, attributeFilter: ["class"] }); // light or dark
hear("browsing", (now) => now && fetchAtlas());
hear("set", () => {
  [atlas, asked, only, cited] = [null, false, -1, new Set()];
  canvas.width = 0;
  legend.replaceChildren();
  if (document.body.classList.contains("pc-browsing")) fetchAtlas();
});
hear("paper-drawn", (paper) => {
  chosen = paper;
  draw();
});
hear("cited", (papers) => {
  cited = new Set(papers);
  if (atlas) say();
  draw();
});
hear("scope-told", (told) => {
  asking.textContent = told.line;
  isPart = told.isPart;
  scoped = told.papers ? new Set(told.papers) : null;
  showFree();
  draw();
});
watch("value", update);
update();
tell("map-here"); // Gradio makes what is in a tab when that is first opened: who told something before tells it again
if (document.body.classList.contains("pc-browsing")) fetchAtlas();
