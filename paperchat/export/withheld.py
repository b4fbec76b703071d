"""What of an answer did not pass its check, told in a line: the sentences in doubt, and those withheld. Pure."""

from collections.abc import Sequence

from paperchat.text.cleaning import clean
from paperchat.types import DOUBTS, Answer, AnswerSentence

REASONS = 2
"""Most reasons that are told before they are opened."""


def doubt(answer: Answer) -> str:
    """Return how many written sentences that are shown did not pass the check, or an empty string."""
    said = [sentence.verdict for sentence in answer.sentences if not sentence.is_quote]
    count = len(said) + len(answer.withheld)
    parts = [f"{said.count(verdict)} {words}" for verdict, words in DOUBTS.items() if verdict in said]
    of = f"Of {count} written sentence{'s' * (count > 1)}"
    return f"{of}, {' and '.join(parts)} by what is cited." if parts else ""


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
