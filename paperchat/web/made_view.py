"""How an answer was made, as the JSON that the page draws: what the model was shown, and how long each step took."""

from collections.abc import Mapping
from typing import Any

from paperchat.export.making import SETTINGS, steps
from paperchat.types import Answer, Citation
from paperchat.web.folded_view import shown

Json = dict[str, Any]

NOT_KEPT = "The paperchat that made this answer did not keep which sentences the model was shown."


def made_view(answer: Answer, numbers: Mapping[str, int]) -> Json | None:
    """Return how an answer was made; None while it is, and of one that was not asked of the papers."""
    if answer.stage in ("evidence", "writing", "checking") or not (answer.timings or answer.settings):
        return None
    settings = [[SETTINGS[name], _told(value)] for name, value in answer.settings.items() if name in SETTINGS]
    return {
        "model": shown(answer.model or ""),
        "digest": answer.model_digest[:12] if answer.model else "",
        "prompt": f"{answer.prompt_tokens:,} tokens" if answer.prompt_tokens else "",
        "settings": settings,
        "steps": [[name, f"{took:.1f}\N{NO-BREAK SPACE}s"] for name, took in steps(answer.timings, bool(answer.model))],
        "shown": _shown(answer, numbers),
        "line": "" if answer.shown or not answer.model else NOT_KEPT,
    }


def _told(value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else shown(value)


def _shown(answer: Answer, numbers: Mapping[str, int]) -> list[Json]:
    """Return the sentences that the model was shown, by their papers in its order, and which of them are cited."""
    cited = {(c.paper_id, c.start, c.end) for sentence in answer.said for c in sentence.citations}
    of: dict[str, list[Citation]] = {}
    for one in answer.shown:
        of.setdefault(one.paper_id, []).append(one)
    return [
        {"number": numbers.get(paper, 0), "paper": paper, "title": shown(own[0].title),
         "sentences": [{"text": shown(c.quote), "start": c.start, "end": c.end,
                        "cited": (c.paper_id, c.start, c.end) in cited} for c in own]}
        for paper, own in of.items()
    ]  # fmt: skip
