"""Whether what a claim says that a thing is, the paper says of it, and not of something else. Pure functions.

An abstract tells of other work too. What a claim says of a work by its name must stand in a sentence that names it or
speaks of the paper's own work ("we", "our method"); where all that have it speak of something else, it is theirs.
"""

import re
from collections.abc import Sequence

from paperchat.text import lexicon
from paperchat.text.words import Word, denies
from paperchat.verification.alignment import ROOT, Alignment

MOST = 3
"""Most content words that a claim says of a thing; longer ones are held against the sentences as a whole."""

SUBJECT = 6
"""Most words before the verb."""

_IS = re.compile(r"\b(?:is|are|was|were)\b")

_OWN, _OWN_FIRST = lexicon.words("own_work.any"), lexicon.words("own_work.first")


def misplaced(laid: Alignment) -> Word | None:
    """Return the first word of what a claim says its subject is that the paper has of something else alone, or None."""
    found = _IS.search(laid.claim)
    if found is None or denies(laid.words):
        return None
    subject = [word for word in laid.words if word.end <= found.start()]
    said = [word for word in laid.words if word.start >= found.end()]
    named = {w.stem for start, end in laid.names if end <= found.start() for w in subject if start <= w.start < end}
    content = [word for word in said if word.content]
    if not named or len(subject) > SUBJECT or not 1 <= len(content) <= MOST:
        return None
    for word in content:
        places = [place for place, row in enumerate(laid.lines) if _has(row, word)]
        if places and not any(_is_own(laid.lines[place], named) for place in places):
            return word
    return None


def _has(row: Sequence[Word], word: Word) -> bool:
    return any(other.stem[:ROOT] == word.stem[:ROOT] for other in row)


def _is_own(row: Sequence[Word], named: set[str]) -> bool:
    """Tell whether a sentence names the thing, or speaks of the paper's own work."""
    begins = bool(row) and row[0].text.lower() in _OWN_FIRST
    return begins or any(word.stem in named or word.text.lower() in _OWN for word in row)
