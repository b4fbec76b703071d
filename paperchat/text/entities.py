"""Whether a paper knows a name that a claim gives it, and what its abbreviations stand for. Pure functions.

It is stricter than `mentions`: who writes about a paper does not misspell its names, and a near name is another one.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from paperchat.text import lexicon
from paperchat.text.words import STOP, stem, words

_BRACKET = re.compile(r"\(([A-Za-z][\w-]{1,9})s?\)")

_PART = re.compile(r"[^\W_]+|[+#]")

_SHORTEST_ROOT = 5

_SHORTEST_JOINED = 4
"""Letters from which a name is also looked for inside words that are written together."""


class Known:
    """The words, written-together forms and initials of a paper's title and abstract."""

    def __init__(self, text: str) -> None:
        """Read a text once; `holds` then answers for any name."""
        self._plain = _folded(text)
        self._joined = self._plain.replace(" ", "")
        self._stems = {word.stem for word in words(text)}
        self._initials = _initials(text)
        self.abbreviations = abbreviations(text)

    def holds(self, name: str) -> bool:
        """Tell whether a name occurs, in any spelling, as an abbreviation, or by a word of the same root."""
        if "-" in name:
            pieces = [piece for piece in name.split("-") if not piece.islower()]
            if len(pieces) > 1 and all(self._plainly(piece) for piece in pieces if not piece.isdigit()):
                return not any(piece.isdigit() for piece in pieces) or _folded(name).replace(" ", "") in self._joined
            return len(pieces) == 1 and self._plainly(pieces[0])
        return self._plainly(name)

    def _plainly(self, name: str) -> bool:
        folded = _folded(name)
        joined = folded.replace(" ", "")
        forms = (f" {folded} ", f" {folded}s ", f" {folded.removesuffix('s')} ")
        if (
            not joined
            or any(form in f" {self._plain} " for form in forms)
            or (len(joined) >= _SHORTEST_JOINED and joined in self._joined)
        ):
            return True
        short = name.removesuffix("s")
        if short.isupper():
            return short.lower() in self._initials
        pieces = [piece for piece in folded.split() if piece not in STOP]
        plain = name[1:].islower()
        return all(self._piece(piece, plain) for piece in pieces)

    def _piece(self, piece: str, plain: bool) -> bool:
        """Tell whether a word of a name occurs; for a `plain` one (Brazil) its root (Brazilian) is enough."""
        if stem(piece) in self._stems or piece in self._initials:
            return True
        root = piece[:_SHORTEST_ROOT]
        return plain and len(root) == _SHORTEST_ROOT and any(word.startswith(root) for word in self._stems)


def _folded(text: str) -> str:
    return " ".join(_PART.findall(text.casefold()))


def _initials(text: str) -> frozenset[str]:
    """Return the initials of runs of two to five words, parted by hyphens too: "self-supervised learning" is ssl."""
    found = set()
    run = [word.text.lower() for word in words(text)]
    plain = [word for word in run if word not in lexicon.words("stop_words.initials")]
    for row in (run, plain):
        for start in range(len(row)):
            for length in range(2, 6):
                found.add("".join(word[0] for word in row[start : start + length]))
    return frozenset(found)


@lru_cache(maxsize=4096)
def abbreviations(text: str) -> Mapping[str, tuple[str, ...]]:
    """Return what each abbreviation in brackets stands for: the stem of "RMM" to the stems of its long form.

    The long form is the shortest run of words before the bracket whose letters spell it, the first one at the start of
    a word (Schwartz and Hearst, PSB 2003).
    """
    found = {}
    for match in _BRACKET.finditer(text):
        short = match[1]
        if sum(c.isupper() for c in short) < 2:  # noqa: PLR2004  # an abbreviation has two capitals
            continue
        before = text[max(0, match.start() - 120) : match.start()].rstrip()
        start = _long_form(short.lower(), before.lower())
        if start is not None:
            found[stem(short)] = tuple(word.stem for word in words(before[start:]) if word.content)
    return found


def _long_form(short: str, before: str) -> int | None:
    place = len(before) - 1
    for index in range(len(short) - 1, -1, -1):
        if not short[index].isalnum():
            continue
        while place >= 0 and (
            before[place] != short[index] or (index == 0 and place > 0 and before[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
        place -= 1
    return place + 1
