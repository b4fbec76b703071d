"""Where a sentence ends that a general segmenter joins or cuts: references, units, brackets, other scripts. Pure."""

import re
from collections.abc import Iterable, Iterator

from paperchat.text import lexicon

_REFERENCE = re.compile(rf"(?<![^\W_]){lexicon.any_of('abbreviations.reference')}\.$")

_REFERRED = re.compile(r"[\d(\[]|[A-Z](?![a-z])|[ivx]{1,4}\b")

_INSIDE = re.compile(rf"(?<![^\W_])(?:{lexicon.any_of('abbreviations.inside')}|e\.g|i\.e|w\.r\.t|et\sal)\.,?$")

_FULL = re.compile(
    "[\u3002\uff01\uff1f\uff61\u061f\u06d4\u0964\u0965\u17d4\u1362\u0589]"
    "[\"'\u201d\u2019\u300d\u300f\uff09)\u300b]{0,3}"
)
"""A stop of Chinese, Japanese, Arabic, Urdu, Indic scripts, Khmer, Amharic or Armenian, and what closes after it."""

_STOP = re.compile(
    r"[.!?][\"'\u201d\u2019)\]]{0,3}\s{1,20}(?=\S)"
    r"|(?<=\S)(?<!Copyright)\s{1,20}(?=\u00a9|Copyright\s(?:\u00a9|\(c\)|\d{4}))"
)

_UNIT = r"(?:[munpkcdMGT\u00b5\u03bc]?(?:m|s|g|l|L|W|J|N|V|A|K|Hz|Pa|eV|mol|M|bp|Da|b|B)"
_UNIT += r"|h|hr|hrs|min|d|wk|yr|yrs|mo|dB|px|fps|rpm|ppm|ha|kcal|cal|IU|U"
_UNIT += r"|[ap]\.m|\u00b0\s?[CF])(?:\s?[-\u207b]?[\u00b9\u00b2\u00b3\d])?(?:/\w{1,5})?"

_ENDED = re.compile(
    rf"""(?:[)\]]|\d[.,]\d{{1,4}}|\d\s?[%\u2030\u00b0]|\d\s?{_UNIT}|(?<![^\W_])[a-z]{{1,20}}(?:-[a-z]{{1,20}}){{1,6}}
    |(?<![^\W_]){lexicon.any_of("abbreviations.reference")}\.\s?\d{{1,4}}[a-z]?|(?P<word>(?<![^\W_])[a-z]{{3,30}}))
    [.!?]["'\u201d\u2019)\]]{{0,3}}\s{{1,20}}\Z""",
    re.VERBOSE,
)
"""How a sentence ends beyond doubt."""

_NAMED = re.compile(r"(?:[a-z\d),]\s[A-Z]|(?<![^\W_.])(?:[A-Z]\.){1,4}[A-Z])\.[\"'\u201d\u2019)\]]{0,3}\s{1,20}\Z")
"""It ends in a letter, as in "vitamin C." and "the U.S."; or an initial stands there."""

_BEGUN = re.compile(
    r"[\"'\u201c\u2018(\[]?(?:[A-Z\u00c0-\u00de\u0391-\u03a9][a-z\u00df-\u00ff\u03b1-\u03c9-]|[A-Z]{2}|[A-Z]\d|[AI]\s"
    r"|[a-z]{1,2}[A-Z]|[\u03b1-\u03c9]-|[\u00a9$~<>\u2264\u2265])"
)

_COUNTED = re.compile(r"[\"'\u201c\u2018(\[]?\d")

_STARTING = re.compile(rf"[\"'\u201c\u2018(\[]?{lexicon.any_of('sentence_starts')}(?![^\W_])")

_CREDIT = ("\u00a9", "Copyright")

_LOOKED = 50
"""Characters before a stop that are looked at."""

Span = tuple[int, int]


def settled(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the sentences that a segmenter found in a text, joined and parted where it is known better."""
    return [part for start, end in _joined(text, spans) for part in _parted(text, start, end)]


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and _goes_on(text, *joined[-1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _goes_on(text: str, begin: int, end: int, following: int) -> bool:
    """Tell whether a sentence that ends in a short form goes on with what follows."""
    if text[end - 1] not in ".," or "\n" in text[end:following]:
        return False
    before = text[max(begin, end - _LOOKED) : end]
    if _REFERENCE.search(before):
        return _REFERRED.match(text, following) is not None
    return _INSIDE.search(before) is not None and not (before.endswith("al.") and _STARTING.match(text, following))


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences that one span holds."""
    cuts = sorted({*_full_stops(text, start, end), *_stops(text, start, end)})
    for begin, stop in zip((start, *cuts), (*cuts, end), strict=True):
        piece = text[begin:stop]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            yield begin + left, begin + len(piece.rstrip())


def _full_stops(text: str, start: int, end: int) -> Iterator[int]:
    return (found.end() for found in _FULL.finditer(text, start, end) if found.end() < end)


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    depth = past = 0
    for found in _STOP.finditer(text, start, end):
        stretch = text[max(start, past) : found.start() + 1]
        depth = max(0, depth + stretch.count("(") - stretch.count(")"))
        past = found.start() + 1
        closes = found[0].count(")")
        depth = max(0, depth - closes)
        if depth == 0 or text.find(")", found.end(), end) < 0:
            at = found.end()
            if text.startswith(_CREDIT, at) or _is_end(text[max(start, at - _LOOKED) : at], text, at):
                yield at


def _is_end(before: str, text: str, at: int) -> bool:
    if ended := _ENDED.search(before):
        word = ended["word"]
        if word:
            return word not in _SHORT_FORMS and _BEGUN.match(text, at) is not None
        return (_BEGUN.match(text, at) or _COUNTED.match(text, at)) is not None
    return _NAMED.search(before) is not None and _STARTING.match(text, at) is not None


_SHORT_FORMS = lexicon.words("abbreviations")
