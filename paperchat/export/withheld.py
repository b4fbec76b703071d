"""What an answer folds away, told in a line: the written sentences that failed their check. Pure functions."""

from collections.abc import Sequence

from paperchat.text.cleaning import clean
from paperchat.types import Answer, AnswerSentence

REASONS = 2
"""Most reasons that are told before they are opened."""


def withheld_line(answer: Answer) -> str:
    """Return how many sentences were withheld and why, without a full stop; an empty string where none was."""
    failed = answer.withheld
    if not failed:
        return ""
    count = "1 sentence was" if len(failed) == 1 else f"{len(failed)} sentences were"
    return f"{count} withheld: {_why(failed)}"


def failed_why(sentence: AnswerSentence) -> str:
    """Return why a sentence failed, and whose sentence it cites."""
    titles = "; ".join(dict.fromkeys(f"“{clean(citation.title)}”" for citation in sentence.citations))
    return " ".join(filter(None, (sentence.reason, f"It cites {titles}." if titles else "")))


def _why(failed: Sequence[AnswerSentence]) -> str:
    reasons = list(dict.fromkeys(one.reason.strip().rstrip(".") for one in failed if one.reason)) or ["not supported"]
    return "; ".join([*reasons[:REASONS], *["and more"] * (len(reasons) > REASONS)])
