"""Names and what stands for them: versions in other signs, initials, and what initials are spelled out to. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from paperchat.text import lexicon
from paperchat.text.entities import abbreviations
from paperchat.text.words import stem

_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}

_ARABIC = {number: roman for roman, number in _ROMAN.items()}

_ACRONYM = re.compile(r"(?P<letters>[A-Z]{2,10})s?(?:[ -]?(?P<version>\d{1,3}|[IVX]{2,4}))?")

_WORD = re.compile(r"[^\W_]+|[,;:!?()\[\]]|\.(?=\s)")

_LETTERS = re.compile(r"[^\W_]+")

_ORDINALS = lexicon.values("ordinals", "place")

_JOINING = lexicon.words("stop_words.initials")

FEW, SURE = 3, 4
"""Letters of an acronym that words without capitals may spell when they stand together twice, and when once."""


def versions(pieces: Sequence[str]) -> tuple[str, ...]:
    """Return how a name of these pieces is written in one, with its version as others give it: v2, 2 or II."""
    joined, last = "".join(pieces), pieces[-1]
    work, forms = joined.removesuffix(last), [joined]
    if len(pieces) > 1 and (other := _ROMAN.get(last) or _ARABIC.get(last)):
        forms.append(f"{work}{other}")
    if last[0].isdecimal() and len(work) >= FEW:
        forms.append(f"{work[:-1] if work.endswith('v') else f'{work}v'}{last}")
    return tuple(forms)


def stands_for(text: str, name: str) -> bool:
    """Tell whether a text has what a name in capitals is short for, or the initials of a name of several words."""
    if acronym := _ACRONYM.fullmatch(name):
        if not any(acronym["letters"].lower() in row for row in _first_letters(text)):
            return False
        return _is_spelled(_initials(text), acronym["letters"].lower(), (acronym["version"] or "").lower())
    words = name.split()
    if len(words) < 2 or not all(word.istitle() for word in words):  # noqa: PLR2004  # initials are of several words
        return False
    short = "".join(word[0] for word in words)
    if short not in text or short not in _initials(text).short:
        return False
    meant = abbreviations(text).get(stem(short))  # the text may use these letters for something else
    return meant is None or set(meant) == {stem(word) for word in words}


@lru_cache(maxsize=1024)
def _first_letters(text: str) -> tuple[str, str]:
    """Return the initials of a text's words, and of those that do not only join: what is in neither is no initials."""
    words = _LETTERS.findall(text.lower())
    return "".join([word[0] for word in words]), "".join([word[0] for word in words if word not in _JOINING])


@dataclass(frozen=True)
class _Initials:
    """The initials of a text's words, with a line break where punctuation parts them, each with its kind and the word.

    A kind is "C" for a word with a capital, "j" for one that only joins, "c" for any other, "-" for one behind a
    hyphen. `short` are the words of two letters or more that are all capitals.
    """

    letters: str
    kinds: str
    words: tuple[str, ...]
    short: frozenset[str]

    @cached_property
    def without_joining(self) -> "_Initials":
        """These initials without those of the words that only join."""
        left = [at for at, kind in enumerate(self.kinds) if kind != "j"]
        letters, kinds = ("".join(row[at] for at in left) for row in (self.letters, self.kinds))
        return _Initials(letters, kinds, tuple(self.words[at] for at in left), self.short)


@lru_cache(maxsize=1024)
def _initials(text: str) -> _Initials:
    letters, kinds, found, short = [], [], [], set()
    for match in _WORD.finditer(text):
        word = match[0]
        small = word.lower()
        letters.append(small[0] if word[0].isalnum() else "\n")
        found.append(small)
        large = len(word) > 1 and word.isupper()
        plain = "-" if text.startswith("-", match.start() - 1) and match.start() else "c"
        kinds.append("j" if small in _JOINING else "C" if word[0].isupper() and not large and plain == "c" else plain)
        if large:
            short.add(word)
    return _Initials("".join(letters), "".join(kinds), tuple(found), frozenset(short))


def _is_spelled(initials: _Initials, letters: str, version: str) -> bool:
    """Tell whether words with these initials follow each other, those that join counted or not."""
    for row in (initials, initials.without_joining):
        small = set[tuple[str, ...]]()
        at = row.letters.find(letters)
        while at >= 0:
            end = at + len(letters)
            words, kinds = row.words[at:end], row.kinds[at:end]
            sure = "j" not in kinds and (len(letters) >= SURE or words in small)
            if kinds[0] != "-" and (sure or _is_name(row.kinds, at, end)) and _has(version, row.words, at, end):
                return True
            if len(letters) >= FEW:
                small.add(words)
            at = row.letters.find(letters, at + 1)
    return False


def _is_name(kinds: str, start: int, end: int) -> bool:
    """Tell whether words have capitals, all but those that join; if they are few, those around them must have none."""
    own, around = kinds[start:end], kinds[max(0, start - 1) : start] + kinds[end : end + 1]
    large = set(own) <= {"C", "j", "-"} and own[0] == "C" and own[-1] != "j"
    return large and (len(own) >= SURE or not set(around) & {"C", "-"})


def _has(version: str, words: Sequence[str], start: int, end: int) -> bool:
    """Tell whether the words beside these give a version, if there is one: as a number, a Roman one, or "third"."""
    number = _ROMAN.get(version, version)
    place = float(number) if number.isdecimal() else 0.0
    signs = {version, number, *(word for word, own in _ORDINALS.items() if own == place)}
    return not version or not signs.isdisjoint((*words[max(0, start - 1) : start], *words[end : end + 1]))
