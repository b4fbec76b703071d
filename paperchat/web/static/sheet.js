// On a narrow page what stands beside the conversation is a sheet from below, over it; a wide page has it at its side.

const narrow = window.matchMedia("(width < 900px)");
const FAR = 80; // pixels that the sheet is drawn down to close it

/** Hold `panel` in a sheet named `name` while the page is narrow; `closed` is called when that was closed. */
const sheetOf = (panel, name, closed) => {
  const home = panel.parentElement;
  const close = make("button", { type: "button", class: "pc-round", "aria-label": `Close: ${name}`, title: "Close", onclick: () => sheet.close() }, icon("close"));
  const grip = make("div", { class: "pc-sheet-grip" }, close);
  const body = make("div", { class: "pc-sheet-body" });
  const sheet = make("dialog", { class: "pc-sheet", "aria-label": name }, grip, body);
  let from = null; // where a finger took hold of the grip

  const moved = ({ clientY }) => (from === null ? 0 : Math.max(0, clientY - from));
  const released = (event) => {
    const far = event.type === "pointerup" && moved(event) > FAR;
    from = null;
    sheet.style.translate = "";
    if (far) sheet.close();
  };
  grip.addEventListener("pointerdown", (event) => {
    if (close.contains(event.target)) return;
    from = event.clientY;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointermove", (event) => from !== null && (sheet.style.translate = `0 ${moved(event)}px`));
  for (const end of ["pointerup", "pointercancel"]) grip.addEventListener(end, released);
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close()); // beside it
  sheet.addEventListener("close", closed);

  const place = () => {
    sheet.close();
    (narrow.matches ? body : home).append(panel);
  };
  home.append(sheet);
  place();
  narrow.addEventListener("change", place);
  return {
    open: () => narrow.matches && !sheet.open && sheet.showModal(),
    close: () => sheet.close(),
    isOpen: () => sheet.open,
    scroller: (side) => (narrow.matches ? body : side),
  };
};
