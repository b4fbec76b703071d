"""Words of a sentence as a checker compares them: stems, stop words, negation, opposites. Pure functions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperchat.text import lexicon
from paperchat.text.stemming import english_stemmer

_TOKEN = re.compile(r"[^\W_]+(?:[.'\N{RIGHT SINGLE QUOTATION MARK}+#][^\W_]+)*[+#]*|[,;:()/]")

_ISE = re.compile(r"is(e[sd]?|ing)$")

_ISATION = re.compile(r"isation(s?)$")

_OUR = re.compile(r"(?<=[a-z]{2})our")

_BREAKS = frozenset(",;:()/")

_CONNECTIVES = lexicon.words("connectives")

STOP = lexicon.words("stop_words.claims")
"""Words that carry no claim of their own, or that every abstract has."""

NEGATIONS = lexicon.words("negations.turns")
"""Words that turn a statement round."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: `text[start:end]`, its stem, and the number of the clause it stands in (from 0)."""

    start: int
    end: int
    text: str
    stem: str
    clause: int

    @property
    def content(self) -> bool:
        """Whether the word carries a meaning of its own."""
        return self.text.lower() not in STOP and (len(self.text) > 1 or self.text.isupper())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the Snowball stem of a word in small letters, with the British spelling of -our and -ise made American."""
    small = word.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").removesuffix("'s")
    small = _ISATION.sub(r"ization\1", _ISE.sub(r"iz\1", small))
    small = _OUR.sub("or", small) if small not in ("our", "four", "hour", "hours") else small
    return str(english_stemmer().stemWord(small))


@lru_cache(maxsize=1024)  # a claim is held against many sentences, and these against many claims
def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order; hyphens part words, and a comma, bracket or connective begins a clause."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    clause = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in _BREAKS:
            clause += 1
            continue
        clause += token.lower() in _CONNECTIVES
        yield Word(match.start(), match.end(), token, stem(token), clause)


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """Return, for the stem of each word of a pair of opposites, the stems of those that it is the opposite of."""
    found: dict[str, set[str]] = {}
    for row in lexicon.rows("opposites"):
        first, *rest = map(stem, row)
        for other in rest:
            found.setdefault(first, set()).add(other)
            found.setdefault(other, set()).add(first)
    return {word: frozenset(others) for word, others in found.items()}


def denies(said: Sequence[Word]) -> bool:
    """Tell whether a word of negation is among these."""
    return any(word.text.lower() in NEGATIONS or word.text.lower().endswith("n't") for word in said)
