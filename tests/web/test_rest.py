"""A page at rest and its server use no processor; a long conversation costs no more to draw than a short one."""

import asyncio
from typing import Any, cast

import pytest

from paperchat.types import Answer
from paperchat.web.answering import Answering, Updates, Wanted
from paperchat.web.offers import Offers
from paperchat.web.page import LOOK, build_page
from paperchat.web.removals import Removals
from paperchat.web.serving import Serving
from paperchat.web.uploads import Uploads
from tests.fake_app import make_app, make_sets
from tests.web.reader import Reader, in_browser


def test_gradios_queue_looks_for_work_no_more_often_than_need_be():
    app: Any = make_app()
    queue: Any = build_page(Serving(make_sets(app), Uploads(app.imports.lent)))._queue
    rests = {name: value for name, value in vars(queue).items() if "sleep" in name}
    assert len(rests) == 2, "Gradio has other rests now: see what they cost"
    assert set(rests.values()) == {LOOK}


def test_what_is_sent_of_an_answer_does_not_grow_with_the_conversation():
    app = cast("Any", make_app())
    for place in range(20):
        app.conversations.keep("me", "key", place, Answer(f"Question {place}?", app.results, app.script, stage="done"))

    async def asked() -> list[Updates]:
        answering = Answering(app, Removals(app), Offers(app))
        return [updates async for updates in answering.updates(Wanted("me", "key", "And now?", shown=20))]

    for updates in asyncio.run(asked()):
        for name, part in (("conversation", "exchanges"), ("evidence", "panels")):
            if name in updates:
                assert (updates[name]["first"], len(updates[name][part])) == (20, 1)


COUNT = """
window.seen = 0;  // frames asked for, and changes
(() => {
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (act) => { window.seen++; return frame(act); };
  const all = { subtree: true, childList: true, attributes: true };
  new MutationObserver((changes) => (window.seen += changes.length)).observe(document, all);
})();
"""

RESTED = """async () => {
  const ends = performance.now() + 20000;
  let [before, since] = [window.seen, performance.now()];
  while (performance.now() < ends) {
    await new Promise((then) => setTimeout(then, 50));
    if (window.seen !== before || document.getAnimations().length)
      [before, since] = [window.seen, performance.now()];
    else if (performance.now() - since > 2000) return true;
  }
  return false;
}"""
"""Whether it comes to rest within 20 s: for two on end."""


@in_browser
@pytest.mark.parametrize("asked", [False, True], ids=["opened", "answered"])
def test_a_page_at_rest_asks_for_no_frame_and_changes_nothing(browser: Any, site: Any, asked: bool):
    context = browser.new_context()
    context.add_init_script(COUNT)
    reader = Reader(context, site)
    if asked:
        reader.ask()
    assert reader.page.evaluate(RESTED)
    reader.ask("It wakes?")
    context.close()
