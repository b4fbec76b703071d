"""Which paper is which: its id, and whether two texts are versions of one. Pure functions."""

import hashlib

from paperchat.text.cleaning import normalised
from paperchat.text.titles import carries_signs, signature

LENGTH = 12
"""Hexadecimal digits of an id."""

SIGNS = 4
"""Digits more of an id whose title has signs that carry meaning: "C++" is not "C"."""

RUN = 12
"""Characters of the runs by which abstracts are compared, in any script."""

SHARED = 0.25
"""Least share of the shorter abstract's runs that another version of it has; two works share next to none."""


def paper_id(title: str) -> str:
    """Return the id of the paper with this title: digits of its normal form, and of its signs; stable across runs."""
    key = _digest(normalised(title), LENGTH)
    return f"{key}{_digest(signature(title), SIGNS)}" if carries_signs(title) else key


def second_id(title: str, told: str) -> str:
    """Return the id of another work under a title that is taken: made of title and what tells it apart."""
    return _digest(f"{signature(title)}\n{normalised(told)}", LENGTH + SIGNS)


def is_same_text(one: str, other: str) -> bool:
    """Tell whether two abstracts can be of one work: one is a version of the other, or one is missing."""
    one, other = normalised(one), normalised(other)
    return not one or not other or one == other or _shared(one, other) >= SHARED


def _shared(one: str, two: str) -> float:
    """Return the share of the shorter text's runs of characters that the other has, 0..1."""
    runs = [{text[n : n + RUN] for n in range(max(1, len(text) - RUN + 1))} for text in (one, two)]
    return len(runs[0] & runs[1]) / min(map(len, runs))


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
