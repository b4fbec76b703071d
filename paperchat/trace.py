"""Trace the sentences of a draft to the papers that support or contradict them. Pure functions."""

from collections.abc import Callable, Iterable, Iterator

from paperchat.sentences import split_sentences
from paperchat.types import Backing, Traced

SURE = 0.5
"""Least score, 0..1, of a sentence of a paper that supports or contradicts one of a draft."""

MOST = 3
"""Most papers told for a sentence."""


def trace(text: str, back: Callable[[str], Iterable[Backing]]) -> Iterator[Traced]:
    """Yield each sentence of a draft with what `back` finds for it: what supports it first, the surest first."""
    for start, end in split_sentences(text):
        sentence = text[start:end]
        found = sorted(
            (one for one in back(sentence) if one.score >= SURE),
            key=lambda one: (one.stance != "supports", -one.score),
        )
        yield Traced(sentence, tuple(found[:MOST]))
