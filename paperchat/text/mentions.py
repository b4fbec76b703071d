"""Whether a text mentions a name that a reader typed: in any spacing or case, cut, or misspelt. Pure functions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperchat.text.likeness import spelling_likeness

ALIKE = 0.84
"""Least likeness of two spellings of one long name: twice the letters in common, in order, to those of both."""

PREFIX = 3
"""Letters from which on the last piece of a name is no short form of a longer one, as `B` of `ViT-B` is of `Base`."""

WINDOW = 5
"""Most neighbouring pieces that are joined: `swin b` is found as `swinb`."""

SLIPS = 2
"""Letters that a misspelling may add or drop."""

LONGEST = 60
"""Letters up to which it may."""

LONG = 5
"""Letters from which on a name may be misspelt or cut; a shorter one must be whole."""

_PIECE = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")

_PART = re.compile(r"[-\u2013. ]")


@lru_cache(maxsize=4096)
def mentions(text: str, name: str) -> bool:
    """Tell whether a text holds a name: in any spacing or case, as a plural, cut, or misspelt when it is long.

    A name is no beginning of another word (SAM is not "samples") nor of another version (GPT-3 is not GPT-3.5).
    """
    asked, held = _pieces(name), _held(text)
    if not asked:
        return False
    joined = "".join(asked)
    if held.has(joined) or held.cut(asked) or (len(asked) == 1 and held.begins(joined.removesuffix("s"))):
        return True
    if len(joined) >= LONG and any(_alike(joined.removesuffix("s"), word) for word in held.joined):
        return True
    parts = [part for part in _PART.split(name) if len(part) > 1]
    if " " in name or len(parts) < 2:  # noqa: PLR2004  # the words of one name stand together
        return False
    shaped = [part for part in parts if not part.islower()] or parts
    return all(held.has("".join(_pieces(part))) or held.begins(part.lower()) for part in shaped)


def _pieces(text: str) -> list[str]:
    """Return the runs of letters, and the numbers with their decimals, of a text in lower case."""
    return [piece.lower() for piece in _PIECE.findall(text)]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a text holds: its pieces in order, and all that is written when up to WINDOW neighbours are joined."""

    pieces: tuple[str, ...]
    joined: frozenset[str]

    def has(self, name: str) -> bool:
        """Tell whether a name stands there, as one or several."""
        singular = name.removesuffix("s")
        return not self.joined.isdisjoint((name, singular, f"{singular}s"))

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
        return len(name) >= LONG and name[-1].isalpha() and any(word.startswith(name) for word in self.joined)


@lru_cache(maxsize=256)
def _held(text: str) -> _Held:
    pieces = tuple(_pieces(text))
    joined = ("".join(pieces[i : i + n]) for n in range(1, WINDOW + 1) for i in range(len(pieces) - n + 1))
    return _Held(pieces, frozenset(joined))


def _alike(one: str, other: str) -> bool:
    """Tell whether two long words are spellings of one; digits must be the same in both."""
    if len(one) > LONGEST or abs(len(one) - len(other)) > SLIPS or one[0] != other[0] or _digits(one) != _digits(other):
        return False
    return spelling_likeness(one, other) >= ALIKE


def _digits(word: str) -> str:
    return "".join(character for character in word if character.isdecimal())
