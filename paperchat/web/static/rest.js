// Runs before all other scripts. At rest the page is like a hidden tab: frames wait until something happens. Gradio's
// loading sign asks for one frame after another for ever, though it is long gone: a tenth of a core for nothing.
(() => {
  const REST = 1000; // ms after the last thing that happened
  const frame = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  const held = new Map();
  let until = performance.now() + 5 * REST;
  let count = 0;

  const wake = () => {
    until = performance.now() + REST;
    for (const [number, act] of held) {
      held.delete(number);
      frame(act);
    }
  };

  window.requestAnimationFrame = (act) => {
    if (performance.now() < until) return frame(act);
    held.set(--count, act);
    return count;
  };
  window.cancelAnimationFrame = (number) => held.delete(number) || cancel(number);

  new MutationObserver(wake).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  for (const name of ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "input", "focusin"])
    document.addEventListener(name, wake, { capture: true, passive: true });
  for (const name of ["resize", "focus", "visibilitychange"]) window.addEventListener(name, wake);
})();
