"""Puts the paper first that alone has the names in a question."""

from collections.abc import Sequence
from dataclasses import replace

from paperchat.query.answerability import about, whole_texts
from paperchat.query.intent import read_demands
from paperchat.text.cleaning import clean
from paperchat.text.mentions import mentions
from paperchat.types import Result

NEAR = 0.9
"""A paper is put first for its names when it scores at least this share of the best one's."""


def named_first(question: str, results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the results with the paper first that alone has the names in a question, where the first has none.

    It has to come close: elsewhere the names in a long question are beside its point more often than not.
    """
    texts = whole_texts(results)
    names = read_demands(question, texts).names
    place = about(names, texts, [clean(result.paper.title) for result in results])
    if not place or any(mentions(texts[0], name) for name in names):
        return tuple(results)
    near = results[place].score >= NEAR * results[0].score
    if not near or not all(mentions(texts[place], name) for name in names):
        return tuple(results)
    order = (results[place], *results[:place], *results[place + 1 :])
    return tuple(replace(result, rank=rank) for rank, result in enumerate(order, 1))
