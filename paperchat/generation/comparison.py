"""Set papers side by side: for each part of an abstract and paper the sentence which tells it. Pure functions."""

from collections.abc import Collection, Sequence

from paperchat.generation.selection import Chosen, answering
from paperchat.query.reading import Reading
from paperchat.query.zones import ZONES, Zone, asked_zones, worded
from paperchat.text.cleaning import work_name
from paperchat.text.numbers import has_digits, has_figure
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import ASKING, content_words, stop_stems
from paperchat.types import AnswerSentence, Sentence, Table
from paperchat.verification.answers import verbatim

MOST = 6
"""Most papers in a table."""

ASKED = "what was asked"
"""The row of a question that asks for more than the usual parts."""

SHORT = 9
"""A sentence of fewer words leans on the one before it."""

LEAST = {"problem": 1.3, "idea": 1.0, "data": 1.2, "results": 1.5, "limits": 2.0}
"""Least score of a sentence that tells a zone; below it the abstract does not state it."""


def table_of(reading: Reading, places: Sequence[int], only: str = "", more: str = "") -> Table | None:
    """Return the papers at these places of a reading side by side; None for fewer than two.

    The first row is what was asked, then come the usual parts; a question for some of these alone gets just them, and
    so do the words of `only`. `more` is a row that the question asks for by itself, which is named so.
    """
    places = places[:MOST]
    if len(places) < 2:  # noqa: PLR2004  # a comparison is of two
        return None
    texts = [reading.texts[place] for place in places]
    rows: dict[str, tuple[AnswerSentence | None, ...]] = {}
    wanted = only or reading.question
    zones = (asked_zones(wanted) if _ONLY.search(wanted) else ()) or ZONES
    if zones is ZONES and (said := _asked(reading, places) or (None,) * len(places) * bool(more)):
        rows[more or ASKED] = said
    parts = [told(zones, text) for text in texts]
    for zone in zones:
        cells = (one.get(zone.name) for one in parts)
        row = tuple(verbatim(text.paper, cell) if cell else None for text, cell in zip(texts, cells, strict=True))
        if any(row):
            rows[zone.name] = row
    papers = tuple(text.paper for text in texts)
    return Table(tuple(rows), papers, tuple(rows.values())) if rows else None


def _asked(reading: Reading, places: Sequence[int]) -> tuple[AnswerSentence | None, ...]:
    """Return the sentence of each paper that tells what is asked; nothing when no more is asked than to compare."""
    works = (work_name(reading.texts[place].paper.title) for place in places)
    names = (*filter(None, works), *reading.demands.names)
    named = {word for name in names for word in content_words(name)}
    if not set(reading.words) - _COMPARING - named:
        return ()
    bare = reading.without(named | ASKING)
    words = set(bare.words)
    best = {one.text.paper.id: one for one in answering(bare, places)}
    own = [best.get(reading.texts[place].paper.id) for place in places]
    said = tuple(verbatim(one.text.paper, one.best) if one and _tells(bare, one, words) else None for one in own)
    return said if any(said) else ()


def _tells(reading: Reading, chosen: Chosen, words: Collection[str]) -> bool:
    """Tell whether the best sentence of a paper has a word asked for, or a number where one is."""
    number = chosen.best.number
    figure = reading.demands.figure and has_digits(chosen.text.cleaned[number])
    return figure or not set(words).isdisjoint(chosen.text.words[number])


_COMPARING = stop_stems("comparing")
"""Words that only ask to compare."""

_ONLY = worded(r"only\b|just\b|compare the\b|by (?:their )?\w+\??$|in terms of|side by side")


def told(zones: Sequence[Zone], text: PaperText) -> dict[str, Sentence]:
    """Return the sentence that tells each zone, the surest first, each sentence once."""
    last = max(1, len(text.sentences) - 1)
    scores = sorted(
        (
            (zone_score(zone, cleaned, sentence.number / last), zone.name, sentence)
            for zone in zones
            for sentence, cleaned in zip(text.sentences, text.cleaned, strict=True)
        ),
        key=lambda row: -row[0],
    )
    told: dict[str, Sentence] = {}
    for score, name, sentence in scores:
        if score >= LEAST[name] and name not in told and sentence not in told.values():
            told[name] = sentence
    return told


def zone_score(zone: Zone, text: str, place: float) -> float:
    """Return how well a sentence tells a zone; `place` is where it stands in its abstract (0: first, 1: last)."""
    cues = len({match[0].lower() for match in zone.cues.finditer(text)})
    if not cues:
        return 0.0
    against = 0.7 if zone.against and zone.against.search(text) else 0.0
    return (
        0.8
        + 0.3 * min(cues, 3)
        + zone.early * (1 - place)
        + zone.late * place
        + zone.figure * has_figure(text)
        - against
        - 0.5 * (len(text.split()) < SHORT)
    )
