"""What the page shows folded, and the marks of what a sentence cites, as the JSON that it draws. Pure functions."""

from collections.abc import Mapping
from typing import Any

from paperchat.export.withheld import failed_why, withheld_line
from paperchat.text.cleaning import clean, is_hostile
from paperchat.types import Answer, AnswerSentence, Citation

Json = dict[str, Any]


def shown(text: str) -> str:
    """Return text as the page shows it: LaTeX left-overs cleaned, characters that hide or reorder text left out."""
    return visible(clean(text))


def visible(text: str) -> str:
    """Return text without characters that hide or reorder it."""
    return "".join(c for c in text if c.isspace() or not is_hostile(c))


def chips_of(written: AnswerSentence, numbers: Mapping[str, int]) -> list[Json]:
    """Return the marks of a sentence: one for each paper that it cites, with all that it cites of it."""
    of: dict[str, list[Citation]] = {}
    for citation in dict.fromkeys(written.citations):
        of.setdefault(citation.paper_id, []).append(citation)
    return [
        {"number": numbers[paper], "paper": paper, "title": shown(own[0].title),
         "quote": shown(" […] ".join(c.quote for c in own)), "start": own[0].start, "end": own[0].end}
        for paper, own in of.items()
    ]  # fmt: skip


def folded_view(answer: Answer) -> Json:
    """Return what an answer folds away: the line on it, the sentences withheld, and what the model thought."""
    withheld = [{"text": shown(one.text), "why": shown(failed_why(one))} for one in answer.withheld]
    return {"withheld": {"line": shown(withheld_line(answer)), "sentences": withheld}, "thought": shown(answer.thought)}
