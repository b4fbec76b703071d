"""Puts the paper first that alone has the names in a question."""

from paperchat.query.answerability import about
from paperchat.query.reading import Reading
from paperchat.text.mentions import mentions

NEAR = 0.9
"""A paper is put first for its names when it scores at least this share of the best one's."""


def named_first(reading: Reading) -> Reading:
    """Return the reading with the paper first that alone has the names in the question, where the first has none.

    It has to come close: elsewhere the names in a long question are beside its point more often than not.
    """
    names, texts, results = reading.demands.names, reading.texts, reading.results
    place = about(names, texts)
    if not place or any(mentions(texts[0].whole, name) for name in names):
        return reading
    near = results[place].score >= NEAR * results[0].score
    if not near or not all(mentions(texts[place].whole, name) for name in names):
        return reading
    return reading.in_order((place, *range(place), *range(place + 1, len(results))))
