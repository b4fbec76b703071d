"""Whether a text mentions a name, in any spacing, case or spelling; and which words of a question are names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from paperchat.text import lexicon
from paperchat.text.language_id import is_english

ALIKE = 0.84
"""Least likeness of two spellings of one long name (Ratcliff and Obershelp's measure, as in difflib)."""

PREFIX = 3
"""Letters from which on the last piece of a name is no short form of a longer one, as `B` of `ViT-B` is of `Base`."""

WINDOW = 5
"""Most neighbouring pieces that are joined: `swin b` is found as `swinb`."""

SLIPS = 2
"""Letters that a misspelling may add or drop."""

LONGEST = 60
"""Letters up to which it may."""

MOST_NAMES = 40
"""Most names of a question that are looked for; the rest of a longer list is left to the search."""

_REACH = 40
"""Characters before a word in which a sentence may have ended."""

LONG = 5
"""Letters from which on a name may be misspelt or cut; a shorter one must be whole."""

_NAME = re.compile(r"[^\W_]+(?:[-\u2013.][^\W_]+)*")

_PIECE = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")

_PART = re.compile(r"[-\u2013. ]")

_BEGINS = re.compile(r"(?:^|[.!?:;]\s+|[\"\u201c\u2018(¿¡/-]\s*)$")

_QUANTITY = re.compile(r"\d+(?:\.\d+)?(?:st|nd|rd|th|s|k|x|m|b|d|h)?", re.IGNORECASE)


def spelt_as_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that these texts only ever spell like names, in lower case."""
    tokens = {token for text in texts for token in _NAME.findall(text)}
    return frozenset(token.lower() for token in tokens if _is_shaped(token) and token.lower() not in tokens)


def names_in(question: str, spelt: frozenset[str], aspects: Sequence[str]) -> Iterable[str]:
    """Return the names in a question, as typed: tokens shaped like names, or `spelt` like them by the papers."""
    if question.isupper():
        question = question.lower()
    taken = {word for aspect in aspects for word in aspect.lower().split()}
    english, found, last = is_english(question), dict[str, str](), -2
    for match in _NAME.finditer(question):
        token = match[0]
        plain = english and len(token) > 1 and token.istitle() and token not in _WRITTEN_LARGE
        joins = question[last : match.start()] == " " and bool(found)
        if joins and (_VERSION.fullmatch(token) or (plain and found[next(reversed(found))].istitle())):
            key = next(reversed(found))
            found[key], last = f"{found[key]} {token}", match.end()
            continue
        named = _is_shaped(token) or (
            plain and not _BEGINS.search(question, max(0, match.start() - _REACH), match.start())
        )
        named = named or (token.lower() in spelt and len(token) > PREFIX - 1)
        if named and token.lower() not in taken and not _FIELD.fullmatch(token):
            found.setdefault(token.lower(), token)
            last = match.end()
    return islice(found.values(), MOST_NAMES)


_VERSION = re.compile(r"[vV]\d+(?:\.\d+)?|I{2,3}|IV|\d(?:\.\d+)?")

_FIELD = re.compile(rf"{lexicon.any_of('field_names')}s?", re.IGNORECASE)
"""Short forms of the field that an abstract may spell out; they name no work."""

_WRITTEN_LARGE = lexicon.words("written_large")

_UNIT = re.compile(r"\d{1,40}-?[a-zA-Z]{1,2}")

_USUAL = re.compile(r"[A-Z]?[a-z]{1,40}-[A-Z][a-z]{1,40}|(?:[Tt]op|\d{1,40})-?[a-z0-9]{1,40}")


def _is_shaped(token: str) -> bool:
    """Tell whether a token looks like a name: capitals inside, capitals only, or letters with digits."""
    if _QUANTITY.fullmatch(token) or _UNIT.fullmatch(token) or _USUAL.fullmatch(token) or token in _WRITTEN_LARGE:
        return False
    digits = any(character.isdecimal() for character in token)
    if sum(letter.isalpha() for letter in token) < FEW and not digits:
        return False
    latin = sum(letter.isascii() and letter.isalpha() for letter in token)
    begins = token[0].isascii() and token[0].isupper() and "\u2013" not in token
    return (digits and (begins or latin >= FEW)) or any(letter.isascii() and letter.isupper() for letter in token[1:])


FEW = 2
"""A token of fewer letters is no name."""


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
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _digits(word: str) -> str:
    return "".join(character for character in word if character.isdecimal())
