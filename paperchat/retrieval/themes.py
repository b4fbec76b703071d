"""The subjects of a set: its papers in groups by meaning, each named by what its titles have and others have not."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from paperchat.text import lexicon
from paperchat.text.cleaning import clean
from paperchat.text.stemming import english_stemmer
from paperchat.types import Paper, Vectors

SAMPLE = 1_000
"""Most papers that are grouped; of more, as many are taken evenly through the set."""

FEWEST = 8
"""Papers that are too few to be grouped."""

GROUP = 14
"""Papers of a group, roughly, in a small set."""

GROUPS = 8
"""Most groups."""

TRIES, STEPS = 24, 25
"""Beginnings of which the best grouping is taken, fewer of more papers than MANY, and most steps of each."""

MANY = 200

ROOT = 5
"""Letters in which two stems are one."""

NAMES = 3
"""Most words or phrases that name a group."""

SHARED = 0.25
"""Least share of a group's papers that have a word of its name."""

BOTH = 0.6
"""Share of a phrase's weight from which on a word of it is no better name than the phrase."""

_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*|[.,:;!?()]")

_NAME = re.compile(r"[^\W\d_][A-Z]|\d")
"""What a word has that is not written with a mere capital at its start, or after a hyphen."""

_SHORTEST = 3

_SILENT = frozenset().union(*(lexicon.words(f"stop_words.{kind}") for kind in ("searching", "claims", "framing")))

_PLAIN = frozenset(english_stemmer().stemWords(sorted(lexicon.words("stop_words.naming"))))
"""Words that alone name no subject."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Papers of one subject, nearest to its middle first; `names` are its words, none where the papers share none."""

    names: tuple[str, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """The subjects of a set, largest first; `judged` of its papers were grouped."""

    themes: tuple[Theme, ...]
    judged: int


def themes_of(papers: Sequence[Paper], vectors: Callable[[Sequence[Paper]], Sequence[Vectors]]) -> Themes:
    """Return the subjects of a set; `vectors` gives those of each paper's sentences. The same set has the same ones."""
    taken = papers[:: -(-len(papers) // SAMPLE)] if papers else ()
    read = [(paper, own) for paper, own in zip(taken, vectors(taken), strict=True) if len(own)]
    judged = [paper for paper, _ in read]
    if len(judged) < FEWEST:
        return Themes((), len(judged))
    means = np.stack([own.mean(axis=0) for _, own in read])
    points = _unit(means - means.mean(axis=0))
    groups = min(GROUPS, max(2, round(len(judged) / GROUP)))
    middles, owner = _grouped(points, groups)
    near = np.einsum("ij,ij->i", points, middles[owner])
    terms = [_Terms(paper) for paper in judged]
    members = [
        [int(place) for place in np.argsort(-near, kind="stable") if owner[place] == group] for group in range(groups)
    ]
    named = _named(terms, [own for own in members if own])
    themes = [Theme(names, tuple(judged[place] for place in own)) for own, names in named]
    return Themes(tuple(sorted(themes, key=lambda theme: (not theme.names, -len(theme.papers)))), len(judged))


def phrases(papers: Sequence[Paper]) -> tuple[tuple[str, int], ...]:
    """Return the pairs of words that titles of these papers share, each as most write it, with how many have it.

    Those that more papers have go first.
    """
    titles = [dict(_pairs(clean(paper.title))) for paper in papers]
    shared = Counter(key for title in titles for key in title if " " in key)
    forms = Counter(pair for title in titles for pair in title.items())
    return tuple((_written(key, forms), count) for key, count in shared.most_common() if count > 1)


def _unit(rows: np.ndarray) -> np.ndarray:
    unit: np.ndarray = rows / np.linalg.norm(rows, axis=-1, keepdims=True).clip(1e-12)
    return unit


def _grouped(points: np.ndarray, groups: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the middles of the tightest grouping by spherical k-means, and the group of each point."""
    best, found = -np.inf, (points[:1], np.zeros(len(points), int))
    for seed in range(max(TRIES // 6, min(TRIES, TRIES * MANY // len(points)))):
        middles = _begun(points, groups, np.random.default_rng(seed))
        for _ in range(STEPS):
            owner = (points @ middles.T).argmax(axis=1)
            sums = np.stack([points[owner == group].sum(axis=0) for group in range(groups)])
            moved = np.where(np.linalg.norm(sums, axis=1, keepdims=True) > 0, _unit(sums), middles)
            if np.allclose(moved, middles):
                break
            middles = moved
        near = points @ middles.T
        if near.max(axis=1).sum() > best + 1e-9:
            best, found = float(near.max(axis=1).sum()), (middles, near.argmax(axis=1))
    return found


def _begun(points: np.ndarray, groups: int, chance: np.random.Generator) -> np.ndarray:
    """Return middles to begin with: points taken by chance, the likelier the farther from those taken (k-means++)."""
    taken = [int(chance.integers(len(points)))]
    while len(taken) < groups:
        far = np.square(1 - (points @ points[taken].T).max(axis=1)).clip(0)
        far = far if far.sum() > 0 else np.ones(len(points))
        taken.append(int(chance.choice(len(points), p=far / far.sum())))
    return points[taken]


class _Terms:
    """The words and pairs of words of a paper: those of its title as they are written, and all by their stems."""

    def __init__(self, paper: Paper) -> None:
        self.title = dict(_pairs(clean(paper.title)))
        self.held = {*self.title, *(key for key, _ in _pairs(clean(paper.abstract)))}


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of a text, and each two that stand together: their stems, and how they are written."""
    written = _WORD.findall(text)
    stems = english_stemmer().stemWords([word.lower() for word in written])
    before = None
    for word, stem in zip(written, stems, strict=True):
        own = (stem, word) if len(word) >= _SHORTEST and word.lower() not in _SILENT and word[0].isalpha() else None
        if own:
            yield own
            if before:
                yield f"{before[0]} {stem}", f"{before[1]} {word}"
        before = own


def _named(terms: Sequence[_Terms], members: Sequence[list[int]]) -> Iterator[tuple[list[int], tuple[str, ...]]]:
    """Yield each group with its names: what many of its papers have, and few of the others."""
    whole = Counter(key for own in terms for key in own.held)
    for places in members:
        titled = Counter(key for place in places for key in terms[place].title)
        inside = Counter(key for place in places for key in terms[place].held)
        least = 2 if len(places) > 1 else 1
        weights = {
            key: _weight(inside[key], len(places), whole[key] - inside[key], len(terms) - len(places)) * count**0.5
            for key, count in titled.items()
            if count >= least and inside[key] >= SHARED * len(places) and key not in _PLAIN
        }
        forms = Counter(pair for place in places for pair in terms[place].title.items())
        yield places, tuple(_written(key, forms) for key in _chosen(weights))


def _weight(inside: int, size: int, outside: int, others: int) -> float:
    """Return how well a word tells a group from the other papers: the share that have it, by how rare it is there."""
    ours, theirs = inside / size, (outside + 0.5) / (others + 1)
    return ours * log(ours / theirs) if ours > theirs else 0.0


def _chosen(weights: dict[str, float]) -> list[str]:
    """Return the weightiest words and phrases that share no word; a phrase goes before a word of it not far above."""
    chosen: list[str] = []
    for key, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        phrases = [other for other, own in weights.items() if key in other.split() and own > BOTH * weight]
        best = key if " " in key or not phrases else max(phrases, key=lambda other: (weights[other], other))
        taken = {_root(word) for one in chosen for word in one.split()}
        if weight > 0 and not taken & {_root(word) for word in best.split()}:
            chosen.append(best)
        if len(chosen) == NAMES:
            break
    return chosen


def _root(stem: str) -> str:
    """Return how a stem begins: "embryo" and "embryon", "pre-train" and "pretrain" are one."""
    return stem.replace("-", "")[:ROOT]


def _written(key: str, forms: Counter[tuple[str, str]]) -> str:
    """Return a term as most titles write it; words that are no name in small letters."""
    best = min((-count, form) for (own, form), count in forms.items() if own == key)[1]
    return " ".join(word if _NAME.search(word) else word.lower() for word in best.split())
