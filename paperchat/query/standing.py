"""Whether a question that may lean on the one before it stands on its own, by what the papers say to each. Pure."""

from collections.abc import Mapping

from paperchat.query.answerability import FEW, nearness
from paperchat.query.reading import Reading
from paperchat.text.tokens import inverse_frequency

LEAST = 2
"""Content words that a question has at least which may stand on its own."""

ALONE = 0.7
"""Least probability of one that is taken to: to lose a follow-up is worse than to drag the last question in."""

_ENOUGH, _UNREAD = 4, -6.0
"""Content words of its own beyond which more tell nothing, and the log odds where no sentence was read."""


def may_stand(reading: Reading) -> bool:
    """Tell whether a question has enough words of its own to stand alone."""
    return len(reading.words) >= LEAST


def measure(alone: Reading, led: Reading, papers: int) -> Mapping[str, float]:
    """Return what tells whether a question stands alone, by name, in a set of so many papers.

    `alone` is what is found for it by itself, `led` what is found with the question before it.
    """
    best = max(alone.fits.values(), default=_UNREAD)
    words = dict.fromkeys(alone.words)
    weight = {word: inverse_frequency(alone.frequency.get(word, 0), max(papers, FEW)) for word in words}
    held = led.texts[0].vocabulary if led.texts else frozenset[str]()
    dense = alone.results[0].dense if alone.results else None
    return {
        "ahead": best - max(led.fits.values(), default=_UNREAD),
        "best": best,
        "near": nearness(alone, papers),
        "words": float(len(alone.question.split())),
        "own": float(min(_ENOUGH, len(alone.words))),
        "similar": dense.score if dense else 0.0,
        "covered": sum(weight[word] for word in words if word in held) / (sum(weight.values()) or 1.0),
        "unheard": sum(not alone.frequency.get(word) for word in words) / max(1, len(words)),
    }
