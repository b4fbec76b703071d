"""The papers that a comparison sets side by side: those that, together, are nearest to each of its parts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from paperchat.protocols import Embedder
from paperchat.query.reading import Reading
from paperchat.storage.store import Store
from paperchat.text import lexicon
from paperchat.text.tokens import content_words, inverse_frequency, stop_stems
from paperchat.types import Vectors

MOST_PARTS = 12
"""Parts of a question that are looked at."""

AMONG = 16
"""Best papers found among which they are sought."""

WHOLE, PARTS, WORDS = 2.0, 1.0, 0.5
"""What counts: nearness to the whole question (the mean of the papers), to each of its parts (the nearest paper's),
and the words asked that any of them has.

Chosen on the comparisons of six collections of tests/reading; half or twice of each changes little.
"""

WITHIN, BETWEEN = 0.06, 0.1
"""How much more of a question several papers have to tell than the first: less is a comparison within that one, and so
much makes a comparison of what may be one. Facts gain .03, comparisons .16 (medians, those collections).
"""

MAY_COMPARE = 0.1
"""Least probability of a comparison at which a question may be one."""

ALIKE = 4
"""Most papers that are set side by side as being all on one topic."""

_SEVERAL = re.compile(rf"\b{lexicon.any_of('works.several', 'methods.asked')}\b", re.IGNORECASE)

_SAYING = frozenset[str]().union(*map(stop_stems, ("asking", "comparing", "framing")))
"""Words that ask for papers and compare them, and say nothing of what they are about."""

_DIVIDED = re.compile(rf"[,;:?]|\.\s|\b{lexicon.any_of('dividers')}\b", re.IGNORECASE)


def parts_of(question: str) -> tuple[str, ...]:
    """Return the parts of a question between stops and words such as "and" that have a content word."""
    parts = (part.strip() for part in _DIVIDED.split(question))
    return tuple(part for part in parts if content_words(part))[:MOST_PARTS]


def with_sides(reading: Reading, store: Store, embedder: Embedder) -> Reading:
    """Return the reading with the papers first, and as its `sides`, that it sets side by side, of what may compare.

    It is a comparison where the question says of how many, or these tell enough more of it than the first paper alone.
    """
    count = reading.demands.compared
    if len(reading.results) <= count:
        return reading
    if reading.demands.kind == "compare" and (alike := on_one_topic(reading)):
        return _beside(reading, alike)
    parts = parts_of(reading.asked)
    near = nearness(reading, store, embedder.embed_passages([reading.asked, *parts]))
    share = shares(reading, len(store.whole))
    chosen = together(near, share, count)
    compares = reading.demands.kind == "compare"
    more = told(near, share, chosen) - told(near, share, (0,))
    if more < (WITHIN if compares else BETWEEN) and not (compares and reading.demands.several):
        return reading
    return _beside(replace(reading, demands=replace(reading.demands, kind="compare")), chosen)


def on_one_topic(reading: Reading) -> tuple[int, ...]:
    """Return the places of the papers that have all words of the one topic on which papers are compared.

    "How do the methods for image restoration differ?" names no sides; none are returned where a question names some.
    """
    if reading.demands.names or not _SEVERAL.search(reading.asked):
        return ()
    parts = [words for part in parts_of(reading.asked) if (words := set(content_words(part)) - _SAYING)]
    if len(parts) != 1:
        return ()
    held = [at for at, text in enumerate(reading.texts) if parts[0] <= set(text.title_words).union(*text.words)]
    return tuple(held[: reading.demands.several or ALIKE]) if len(held) > 1 else ()


def _beside(reading: Reading, chosen: Sequence[int]) -> Reading:
    """Return the reading with the papers at these places first, as its sides."""
    rest = (place for place in range(len(reading.results)) if place not in chosen)
    ids = tuple(reading.results[place].paper.id for place in chosen)
    return replace(reading.in_order([*chosen, *rest]), sides=ids)


def nearness(reading: Reading, store: Store, vectors: Vectors) -> Vectors:
    """Return the cosine of each vector, shape (m, dimension), to the nearest sentence of each paper, shape (n, m)."""
    sentences = store.sentence_vectors([result.paper.id for result in reading.results])
    near = np.zeros((len(reading.results), len(vectors)), np.float32)
    for place, result in enumerate(reading.results):
        own = sentences.get(result.paper.id)
        if own is not None and len(own):
            near[place] = (own @ vectors.T).max(0)
    return near


def shares(reading: Reading, papers: int) -> Vectors:
    """Return what each word asked weighs, of all their weight, in each paper that has it, shape (n, words)."""
    weight = np.array([inverse_frequency(reading.frequency.get(word, 0), papers) for word in reading.words], np.float32)
    held = [[word in text.title_words or any(word in own for own in text.words) for word in reading.words]
            for text in reading.texts]  # fmt: skip
    return np.array(held, np.float32).reshape(len(reading.texts), -1) * (weight / max(float(weight.sum()), 1e-6))


def together(near: Vectors, share: Vectors, count: int) -> tuple[int, ...]:
    """Return the places of the `count` papers that together are nearest to all that is asked, in their order.

    `near` is (n, 1 + parts): to the whole question, and to each part.
    """

    def worth(places: Sequence[int]) -> float:
        return WHOLE * float(near[list(places), 0].mean()) + told(near, share, places)

    return max(combinations(range(len(near[:AMONG])), count), key=worth)


def told(near: Vectors, share: Vectors, places: Sequence[int]) -> float:
    """Return how much of the parts and words of a question the papers at these places tell together."""
    own = list(places)
    parts = near[own, 1:].max(0).mean() if near.shape[1] > 1 else 0.0
    return float(PARTS * parts + WORDS * share[own].max(0, initial=0.0).sum())
