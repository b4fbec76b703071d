"""What a request for papers is about: the words wanted, and those left out."""

import re
from dataclasses import dataclass

from paperchat.protocols import Guess
from paperchat.text import lexicon
from paperchat.text.cleaning import SPACE, clean
from paperchat.text.tokens import content_words, stop_stems

_WITHOUT = re.compile(
    r"(?:^|,\s*)(?:except(?: for)?|excluding|other than|apart from|besides)\s(?P<first>[^?.!;,]+),"
    rf"|(?:{SPACE}\b(?:but|and|though)\s+|,\s*)(?:not?|no)\b\s+"
    r"(?:about |on |with |using |the (?:ones|papers) (?:on|about|with) )?(?P<what>[^?.!;]+)"
    r"|(?:,\s*|(?<![\s,])\s+)?\b(?:except(?: for)?|excluding|other than|apart from|besides"
    r"|not (?:about|on|with|using))\s+(?P<other>[^?.!;]+)",
    re.IGNORECASE,
)

_NEGATED = re.compile(
    rf"\b(?:that|who|(?:which|ones|{lexicon.any_of('works.several')})(?: (?!that\b|which\b|who\b)[\w-]+){{0,4}}) "
    r"(?:do|does|did|are|is|was|were|have|has|had|can|could)(?: not|n['\u2019]?t)\b",
    re.IGNORECASE,
)

_ASIDE = re.compile(r"\b(?:which|that|who|ones)\b|\b\w+(?: not|n['\u2019]?t)$", re.IGNORECASE)

_SPLIT = re.compile(r"\bor\b|\band\b|[,/()?:;!]|\.(?=\s|$)")

_TOKEN = re.compile(r"[^\W_]+(?:[-'\u2019+#.][^\W_]+)*[+#]*")

_FRAME = stop_stems("framing")
"""Words that frame the request and say nothing of its topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a list is about: its text, its alternatives as content words, one of which is wanted, and those unwanted.

    `asked` is the whole request where it leaves nothing out, else empty; `left_out` is what it leaves out, as typed.
    """

    text: str
    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...] = ()
    asked: str = ""
    left_out: str = ""


def read_topic(question: str, guess: Guess | None = None) -> Topic:
    """Return the topic of a request for papers, by what its words were taken to do where that is known."""
    if negated := _NEGATED.search(question):  # "which graph papers do not use X": what is left out stands behind
        out, _, more = question[negated.end() :].partition(",")
        asked = f"{question[: negated.start()]} {_ASIDE.sub(' ', negated[0])} {more}"
        return Topic(_content_of(asked) or _content_of(out), _alternatives(asked), _alternatives(out), "", out)
    without = _WITHOUT.search(question)
    out = without["first"] or without["what"] or without["other"] if without else ""
    asked = question[: without.start()] + question[without.end() :] if without else question
    plain = _content_of(asked)
    if guess and len(_content(guess.about)) * ENOUGH >= len(_content(plain)):
        out = out or guess.left_out
        gone = {word for part in _alternatives(out) for word in part}
        kept = " ".join(one for one in guess.about.split() if not set(_content(one)) & gone or not _content(one))
        wanted = _alternatives(kept) or _alternatives(asked)
        return Topic(_content_of(kept) or plain, wanted, _alternatives(out), "" if out else question, out)
    return Topic(plain, _alternatives(asked), _alternatives(out), "" if out else question, out)


ENOUGH = 3
"""Words of a question, without those that frame any request, of which at least one in so many says what it is about."""


def told(question: str) -> str:
    """Return a request from the first word on that says what it is about."""
    starts = (token.start() for token in _TOKEN.finditer(question) if _content(token[0]))
    return question[next(starts, 0) :].rstrip(" ?!.")


def _content_of(text: str) -> str:
    return " ".join(token for token in _TOKEN.findall(clean(text)) if _content(token))


def _alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    parts = (tuple(dict.fromkeys(_content(part))) for part in _SPLIT.split(clean(text)))
    return tuple(part for part in parts if part)


def _content(text: str) -> list[str]:
    """Return the content words that are not of the frame; inside a compound, such as "open-set", all are kept."""
    parts = (
        words if len(words) > 1 else [w for w in words if w not in _FRAME] for words in map(content_words, text.split())
    )
    return [word for words in parts for word in words]
