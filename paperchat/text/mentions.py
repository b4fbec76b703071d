"""Whether a text mentions a name that a reader typed, however it is written there. Pure functions.

A name stands there in any spacing, hyphen, case, version and inflection, cut, misspelt, as its initials or as what
these stand for (`spelled_out`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperchat.text.likeness import spelling_likeness
from paperchat.text.spelled_out import stands_for, versions

ALIKE = 0.84
"""Least likeness of two spellings of one long name: twice the letters in common, in order, to those of both."""

PREFIX = 3
"""Letters from which on the last piece of a name is no short form of a longer one, as `B` of `ViT-B` is of `Base`."""

WINDOW = 5
"""Most neighbouring pieces that one misspelt name is written in."""

SLIPS = 2
"""Letters that a misspelling may add or drop."""

LONGEST = 60
"""Letters up to which it may."""

LONG = 5
"""Letters from which on a name may be misspelt or cut; a shorter one must be whole, and in capitals if typed so."""

_PIECE = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")

_APART = re.compile(r"[,;:!?()\[\]]|\.(?=\s)")

_PART = re.compile(r"[-\u2013. ]")


@lru_cache(maxsize=4096)
def mentions(text: str, name: str) -> bool:
    """Tell whether a text holds a name: in any spacing or case, as a plural, cut, spelled out, or misspelt when long.

    A name is no beginning of another word (SAM is not "samples") nor of another version (GPT-3 is not GPT-3.5), and
    one of few letters that is typed in capitals is no common word (SAM is not "sam").
    """
    asked, held = pieces(name), _held(text)
    if not asked:
        return False
    joined, large = "".join(asked), _is_large(name)
    if any(held.has(form, large) for form in versions(asked)) or held.cut(asked):
        return True
    if len(asked) == 1 and held.begins(joined.removesuffix("s")):
        return True
    if stands_for(text, name) or (len(joined) >= LONG and _is_misspelt(text, name)):
        return True
    parts = [part for part in _PART.split(name) if len(part) > 1]
    if " " in name or len(parts) < 2:  # noqa: PLR2004  # the words of one name stand together
        return False
    shaped = [part for part in parts if not part.islower()] or parts
    return all(held.has("".join(pieces(part)), _is_large(part)) or held.begins(part.lower()) for part in shaped)


def is_written(text: str, name: str) -> bool:
    """Tell whether a name stands in a text letter by letter, spaces, hyphens and case aside."""
    return _held(text).has("".join(pieces(name)))


def may_mention(text: str, name: str) -> bool:
    """Tell quickly whether a text may hold a name: its letters and numbers stand there, or what stands for them."""
    joined = "".join(pieces(name)).removesuffix("s")
    return (len(joined) > PREFIX and joined in _joined(text)) or stands_for(text, name)


@lru_cache(maxsize=1024)
def _joined(text: str) -> str:
    return "".join(_PIECE.findall(text.lower()))


def pieces(text: str) -> list[str]:
    """Return the runs of letters, and the numbers with their decimals, of a text in lower case."""
    return [piece.lower() for piece in _PIECE.findall(text)]


def _is_large(name: str) -> bool:
    """Tell whether a name of few letters and no digit is typed in capitals: in small letters it is another word."""
    return name.isalpha() and len(name) < LONG and name.isupper()


@dataclass(frozen=True, slots=True)
class _Held:
    """What a text holds: its pieces in order, and all of them written together, as they are and in lower case.

    `starts` and `ends` are where a piece begins and ends there; a line break parts what no name is written across.
    """

    pieces: tuple[str, ...]
    plain: str
    small: str
    starts: frozenset[int]
    ends: frozenset[int]

    def has(self, name: str, large: bool = False) -> bool:
        """Tell whether a name stands there, in one piece or several, or its plural; a `large` one with a capital."""
        forms = {name, f"{name}s"} if large else {name, name.removesuffix("s"), f"{name}s"}
        return any(
            end in self.ends and (not large or self._is_capital(start, start + len(name), end))
            for form in forms
            if form
            for start, end in self._places(form)
        )

    def _is_capital(self, start: int, until: int, end: int) -> bool:
        """Tell whether what is written has a capital, and the plural's letter, if it has one, none."""
        return not self.plain[start:until].islower() and not self.plain[until:end].isupper()

    def _places(self, form: str) -> Iterator[tuple[int, int]]:
        """Yield where a form is written from the start of a piece: (start, end)."""
        start = self.small.find(form)
        while start >= 0:
            if start in self.starts:
                yield start, start + len(form)
            start = self.small.find(form, start + 1)

    def cut(self, asked: Sequence[str]) -> bool:
        """Tell whether a name of several pieces stands there with its last one written out: ViT-B for ViT-Base."""
        *first, last = asked
        if not first or not last.isalpha() or len(last) >= PREFIX:
            return False
        count = len(first)
        rows = (self.pieces[at : at + count + 1] for at in range(len(self.pieces) - count))
        return any(list(row[:-1]) == first and row[-1].startswith(last) for row in rows)

    def begins(self, name: str) -> bool:
        """Tell whether a long name begins a word: an inflection, or a compound. A version ends where its digits do."""
        return len(name) >= LONG and name[-1].isalpha() and any(True for _ in self._places(name))


@lru_cache(maxsize=256)
def _held(text: str) -> _Held:
    found, plain, starts, ends, last, length = [], [], set[int](), set[int](), 0, 0
    for match in _PIECE.finditer(text):
        if last and _APART.search(text, last, match.start()):
            plain.append("\n")
            length += 1
        last = match.end()
        found.append(match[0].lower())
        plain.append(match[0])
        starts.add(length)
        length += len(match[0])
        ends.add(length)
    whole = "".join(plain)
    return _Held(tuple(found), whole, _lowered(whole), frozenset(starts), frozenset(ends))


def _lowered(text: str) -> str:
    """Return a text in lower case, as long as it is; a letter that has none of one character stays."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _is_misspelt(text: str, name: str) -> bool:
    """Tell whether a long name is written otherwise in a text, in up to WINDOW pieces; with capitals if it has some."""
    singular = "".join(pieces(name)).removesuffix("s")
    large = not name[1:].islower()
    return any(_alike(singular, word) for word, plain in _windows(text) if not (large and plain))


@lru_cache(maxsize=256)
def _windows(text: str) -> frozenset[tuple[str, bool]]:
    """Return all that is written when up to WINDOW neighbouring pieces of a text are joined, each with whether small.

    What is small has no capital.
    """
    held = _PIECE.findall(text)
    joined = {"".join(held[i : i + n]) for n in range(1, WINDOW + 1) for i in range(len(held) - n + 1)}
    return frozenset((word.lower(), word.islower()) for word in joined)


def _alike(one: str, other: str) -> bool:
    """Tell whether two long words are spellings of one; digits must be the same in both."""
    if len(one) > LONGEST or abs(len(one) - len(other)) > SLIPS or one[0] != other[0] or _digits(one) != _digits(other):
        return False
    return spelling_likeness(one, other) >= ALIKE


def _digits(word: str) -> str:
    return "".join(character for character in word if character.isdecimal())
