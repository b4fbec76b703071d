"""How an answer was made, as the JSON that the page draws: what the model was shown, and how long each step took."""

from collections.abc import Mapping
from typing import Any

from paperchat.types import Answer, Citation
from paperchat.web.folded_view import shown

Json = dict[str, Any]

STEPS = (
    ("evidence", "Papers found, sentences chosen"),
    ("first_token", "Until the first word: the model is loaded, reads, thinks where it may"),
    ("checking", "Written"),
    ("total", "Citations checked, put into your language where that is another"),
)
"""The steps by what they end with in `Answer.timings`, in their order."""

ALONE, TOGETHER = "Put together without a model", "Written, and checked as far as it came"
"""The last step of an answer that no model wrote, and of one of which it is not known when it was checked."""

SETTINGS = {
    "num_ctx": "context, in tokens",
    "max_tokens": "longest answer, in tokens",
    "papers": "papers retrieved",
    "evidence_tokens": "most evidence, in tokens",
    "evidence_papers": "most papers written from",
    "form": "form",
    "think": "thinks first",
}
"""The settings that an answer depends on, as they are told."""

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
        "steps": _steps(answer),
        "shown": _shown(answer, numbers),
        "line": "" if answer.shown or not answer.model else NOT_KEPT,
    }


def _told(value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else shown(value)


def _steps(answer: Answer) -> list[list[str]]:
    """Return the steps that there were, each with the seconds that it took."""
    steps, before = [], 0.0
    for end, name in STEPS:
        if end in answer.timings:
            if end == "total" and "checking" not in answer.timings:
                name = TOGETHER if answer.model else ALONE
            steps.append([name, f"{max(0.0, answer.timings[end] - before):.1f}\N{NO-BREAK SPACE}s"])
            before = answer.timings[end]
    return steps


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
