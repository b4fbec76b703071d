"""What axe finds on the page as it stands: who cannot see, hear or point is shut out by it."""

from importlib.resources import files

from tests.web.reader import Reader

AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const line = (id, { target, failureSummary }) => `${id}: ${target} ${failureSummary}`;
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => line(id, node)));
}"""

STILL = """() => {
  if (document.adoptedStyleSheets.length) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, *::before, *::after { transition: none !important; }");
  document.adoptedStyleSheets = [sheet];
}"""
"""From here on a colour is at once what it becomes; that it changes over a moment hides or makes no fault."""

SETTLED = (
    "Promise.all(document.getAnimations().map((one) => one.effect.getTiming().iterations === 1 && one.finished"
    ".catch(() => {})))"
)
"""Waits for what moves and comes to an end."""

DARK = "(dark) => document.body.classList.toggle('dark', dark)"


def violations(reader: Reader) -> list[str]:
    """Return what axe finds, in light and in dark."""
    page = reader.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    page.evaluate(STILL)
    page.evaluate(SETTLED)
    found = []
    for dark in (False, True):
        page.evaluate(DARK, dark)
        page.evaluate(SETTLED)
        found += [f"{'dark' if dark else 'light'} {line}" for line in page.evaluate(AXE)]
    page.evaluate(DARK, False)
    return found
