"""What axe finds on the page as it stands: who cannot see, hear or point is shut out by it."""

from importlib.resources import files

from tests.web.reader import Reader

AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const line = (id, { target, failureSummary }) => `${id}: ${target} ${failureSummary}`;
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => line(id, node)));
}"""

SETTLED = (
    "Promise.all(document.getAnimations().map((one) => one.effect.getTiming().iterations === 1 && one.finished"
    ".catch(() => {})))"
)
"""Waits for what moves or changes its colour, and comes to an end."""

DARK = "(dark) => document.body.classList.toggle('dark', dark)"


def violations(reader: Reader) -> list[str]:
    """Return what axe finds, in light and in dark."""
    page = reader.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    page.evaluate(SETTLED)
    found = []
    for dark in (False, True):
        page.evaluate(DARK, dark)
        page.wait_for_timeout(200)  # colours of Gradio's parts change over a moment, longer on a busy machine
        page.evaluate(SETTLED)
        found += [f"{'dark' if dark else 'light'} {line}" for line in page.evaluate(AXE)]
    page.evaluate(DARK, False)
    return found
