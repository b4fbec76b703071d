"""Titles as they are told apart and looked up: with the signs that carry meaning, or without. Pure functions."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from paperchat.text.cleaning import normalised
from paperchat.text.plain import plain

Titled = TypeVar("Titled")

_RAISED = re.compile("(?<=\\d)(?:\\^(?=\\d)|(?=[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]))")
"""Between a number and its power: 10\u00b3 is not 103."""

_NO_SIGN = "|~^`\u2044"
"""Signs of mathematics by Unicode that say nothing in a title."""

_PRIMES = "\u2032\u2033"

_CHARGED = re.compile(r"(?<=[^\W_])[-\u2212\u207b\u2010\u2011](?![^\W_])")
"""A minus behind a name: CD4-."""

_NEGATIVE = re.compile(r"(?<![^\s(\[])[-\u2212](?=\d)")

_NAMED = re.compile(r"[A-Z\d][^\W_]{0,5}\Z")

_LAST = re.compile(r"[^\W_]{1,20}\Z")

_SIGNED = re.compile(r"[^\x00-\x7f]|[+=<>$#%*^]|(?<=[^\W_])-(?![^\W_])|(?<![^\s(\[])-(?=\d)")
"""What a title has that may carry meaning beside its words."""

_SHORT = 6
"""Letters of a name behind which a star is a part of it, as in A* and RRT*; behind a longer one it points to a note."""


def signature(title: str) -> str:
    """Return a title's words and the signs that carry meaning: "C", "C++" and "C#" differ, case and commas do not.

    Signs are those of mathematics and money, emoji, the vowel signs of Indic scripts, a charge (CD4-), a star (A*).
    """
    text = unicodedata.normalize("NFC", plain(title))
    if not _SIGNED.search(text):
        return normalised(text) or text.strip()
    text = _CHARGED.sub(_charge, _RAISED.sub("\u2191", text))
    text = unicodedata.normalize("NFKC", _NEGATIVE.sub("\u2212", text))
    kept = [_kept(text, place) for place in range(len(text))]
    words = "".join(kept).casefold().split()
    return " ".join(words) or text.strip()


def carries_signs(title: str) -> bool:
    """Tell whether a title has signs that its normal form loses, and that carry meaning."""
    return signature(title).replace(" ", "") != normalised(title).replace(" ", "")


def _charge(found: re.Match[str]) -> str:
    """Return a minus where it is a charge: behind a name with a digit or a capital, and not "Pre- and post-"."""
    text = found.string
    before = text[max(0, found.start() - _SHORT) : found.start()]
    named = _NAMED.search(before) and not before[-1:].islower()
    return "\u2212" if named and not text.startswith((" and", " or", "/", ","), found.end()) else found[0]


def _kept(text: str, place: int) -> str:
    """Return what a character adds: itself, or a space where it only parts words."""
    character = text[place]
    category = unicodedata.category(character)
    if character.isalnum() or character == "_" or category == "Mc" or character in _PRIMES:
        return character
    if category == "Mn":
        return "" if _is_pointing(character) else character
    if category == "Cf":
        return ""
    return character if _is_sign(text, place, category) else " "


def _is_sign(text: str, place: int, category: str) -> bool:
    character, before = text[place], text[place - 1] if place else ""
    if character == "#":
        return before.isalnum() or text[place + 1 : place + 2].isalnum()
    if character == "*":
        name = _LAST.search(text, max(0, place - _SHORT - 1), place)
        return name is not None and len(name[0]) <= _SHORT and name[0].upper() == name[0]
    if character == "%":
        return before.isdigit()
    return category in ("Sm", "Sc", "So", "Sk") and character not in _NO_SIGN


def _is_pointing(mark: str) -> bool:
    """Tell whether a mark may be left out of what is written: Arabic and Hebrew vowels, a choice of glyph."""
    return "\u0591" <= mark <= "\u06ed" or "\ufe00" <= mark <= "\ufe0f" or mark >= "\U000e0100"


class Titles(Generic[Titled]):
    """Things by their titles: as written, else with the signs that carry meaning, else by words alone."""

    def __init__(self, titled: Iterable[tuple[str, Titled]]) -> None:
        self._written: dict[str, list[Titled]] = {}
        self._signed: dict[str, list[Titled]] = {}
        self._worded: dict[str, list[Titled]] = {}
        for title, one in titled:
            self._written.setdefault(title, []).append(one)
            self._signed.setdefault(signature(title), []).append(one)
            self._worded.setdefault(normalised(title), []).append(one)

    def all(self, title: str) -> list[Titled]:
        """Return what has this title, nothing where nothing has: the closest kind of equality decides."""
        tables: tuple[tuple[Mapping[str, list[Titled]], str], ...] = (
            (self._written, title),
            (self._signed, signature(title)),
            (self._worded, normalised(title)),
        )
        return next((table[key] for table, key in tables if key and key in table), [])

    def get(self, title: str) -> Titled | None:
        """Return the first with this title, None where there is none."""
        return next(iter(self.all(title)), None)

    def __contains__(self, title: object) -> bool:
        """Tell whether anything has this title."""
        return isinstance(title, str) and bool(self.all(title))
