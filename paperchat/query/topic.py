"""What a request for papers is about: the words wanted, and those left out."""

import re
from dataclasses import dataclass

from paperchat.text.cleaning import SPACE, clean
from paperchat.text.tokens import content_words, stop_stems

_WITHOUT = re.compile(
    rf"(?:{SPACE}\b(?:but|and|though)\s+|,\s*)(?:not?|no)\b\s+"
    r"(?:about |on |with |using |the (?:ones|papers) (?:on|about|with) )?(?P<what>[^?.!;]+)"
    r"|(?:,\s*|(?<![\s,])\s+)?\b(?:except(?: for)?|excluding|other than|apart from|besides"
    r"|not (?:about|on|with|using))\s+(?P<other>[^?.!;]+)",
    re.IGNORECASE,
)

_SPLIT = re.compile(r"\bor\b|\band\b|[,/()?:;!]|\.(?=\s|$)")

_TOKEN = re.compile(r"[^\W_]+(?:[-'\u2019+#.][^\W_]+)*[+#]*")

_FRAME = stop_stems("framing")
"""Words that frame the request and say nothing of its topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a list is about: its text, its alternatives as content words, one of which is wanted, and those unwanted."""

    text: str
    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...] = ()


def read_topic(question: str) -> Topic:
    """Return the topic of a request for papers."""
    without = _WITHOUT.search(question)
    asked = question[: without.start()] + question[without.end() :] if without else question
    wanted = _alternatives(asked)
    if not wanted:  # "which do not use X": the rest says nothing, so nothing is left out
        asked, without, wanted = question, None, _alternatives(question)
    words = [token for token in _TOKEN.findall(clean(asked)) if _content(token)]
    return Topic(" ".join(words), wanted, _alternatives(without["what"] or without["other"]) if without else ())


def _alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    parts = (tuple(dict.fromkeys(_content(part))) for part in _SPLIT.split(clean(text)))
    return tuple(part for part in parts if part)


def _content(text: str) -> list[str]:
    """Return the content words that are not of the frame; inside a compound, such as "open-set", all are kept."""
    parts = (
        words if len(words) > 1 else [w for w in words if w not in _FRAME] for words in map(content_words, text.split())
    )
    return [word for words in parts for word in words]
