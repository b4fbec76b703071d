"""Set papers side by side: for each row and paper the sentence that tells it, and the few words of it that do. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from paperchat.bibliography import RECORD
from paperchat.dialogue.layout import ASKED, Layout, Row, first_layout
from paperchat.generation.selection import UNREAD, Chosen, answering, score_sentences, weigh_words
from paperchat.generation.spans import around, few_words
from paperchat.generation.telling import telling
from paperchat.query.aspects import asked_aspects
from paperchat.query.reading import Reading
from paperchat.query.works import home, subjects
from paperchat.text.called import LONGEST, WORDS, called, coined
from paperchat.text.cleaning import clean, normalised, work_name
from paperchat.text.numbers import has_digits, quantities
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import ASKING, content_words, stop_stems
from paperchat.types import AnswerSentence, Paper, Sentence, Table
from paperchat.verification.answers import verbatim

MOST = 6
"""Most papers in a table."""

REACH = 60
"""Characters around the words for something that is told by a number in which that number stands."""

SURE = 0.0
"""Log odds from which on a sentence that was read for what is asked tells it, whatever its words."""

Pattern = re.Pattern[str]

Cells = tuple[AnswerSentence | None, ...]

Read = Callable[[str], Reading]
"""Reads what a row asks of the papers of a table."""


def table_of(reading: Reading, places: Sequence[int]) -> Table | None:
    """Return the papers at these places of a reading side by side; None for fewer than two.

    The first row is what was asked, then come the usual parts; a question for some of these alone gets just them.
    """
    part = reading.in_order(places[:MOST])
    return laid_out(first_layout(reading.question), part.texts, lambda _: part)


def laid_out(layout: Layout, texts: Sequence[PaperText], read: Read) -> Table | None:
    """Return papers side by side in these rows; None for fewer than two, or where nothing is told."""
    if len(texts) < 2:  # noqa: PLR2004  # a comparison is of two
        return None
    rows = rows_of(layout, texts, read)
    papers = tuple(text.paper for text in texts)
    asked = next((read(row.what) for row in layout.rows if row.name == ASKED), None)
    return Table(tuple(rows), papers, tuple(rows.values()), _names(texts, asked)) if rows else None


def rows_of(layout: Layout, texts: Sequence[PaperText], read: Read) -> dict[str, Cells]:
    """Return what papers say in each row; one that none of them tells is there where it was asked for by itself."""
    parts = [telling(text) for text in texts]
    rows: dict[str, Cells] = {}
    for row in layout.rows:
        cells = _cells(row, texts, parts, read)
        if any(cells) or row.wanted:
            rows[row.name] = cells
    return rows


def _cells(row: Row, texts: Sequence[PaperText], parts: Sequence[dict[str, Sentence]], read: Read) -> Cells:
    if row.what:
        return _asked(row, read(row.what))
    if row.name in RECORD:
        return tuple(_recorded(text.paper, row.name) for text in texts)
    told = zip(texts, (one.get(row.part) for one in parts), strict=True)
    return tuple(shortened(text.paper, one, few_words(row.part, one.text)) if one else None for text, one in told)


def shortened(paper: Paper, sentence: Sentence, span: tuple[int, int] | None) -> AnswerSentence:
    """Return a paper's sentence as a cell, for which its part at `span` stands."""
    return replace(verbatim(paper, sentence), span=span)


def _recorded(paper: Paper, name: str) -> AnswerSentence | None:
    told = clean(paper.title) if name == "title" else paper.details.told(name)
    return AnswerSentence(told) if told else None


def _names(texts: Sequence[PaperText], asked: Reading | None) -> tuple[str, ...]:
    """Return what papers are called in short, by themselves or where they are asked for; empty where by no name."""
    compared = subjects(asked.asked, asked.demands) if asked else ()
    homes = {home(name, texts): name for name in compared}
    names = [
        called(text.title) or coined(text.cleaned) or _asked_as(homes.get(place, ""), _before_colon(text.title))
        for place, text in enumerate(texts)
    ]
    return tuple(name if names.count(name) == 1 else "" for name in names)


def _asked_as(name: str, titled: str) -> str:
    """Return what a question calls a paper, whole as its title has it: "Barlow Twins" of "twins"; else the latter."""
    return titled if not name or name in titled.split() else name


def _before_colon(title: str) -> str:
    """Return the few words that a title has before its colon."""
    name = work_name(title)
    return name if len(name.split()) <= WORDS and len(name) <= LONGEST else ""


# ---- what was asked


def _asked(row: Row, reading: Reading) -> Cells:
    """Return the sentence of each paper that tells what a row asks; none when no more is asked than to compare."""
    nothing: Cells = (None,) * len(reading.texts)
    names = (*_titles(reading), *reading.demands.names)
    named = {word for name in names for word in content_words(name)}
    if not row.wanted and not set(reading.words) - _COMPARING - named:
        return nothing
    figure = row.figures or reading.demands.figure
    if aspects := asked_aspects(row.what) if row.wanted else ():
        told = [aspect.told for aspect in aspects]
        found = (_telling(reading, place, told, figure) for place in range(len(reading.texts)))
        pairs = zip(reading.texts, found, strict=True)
        weigh = partial(_weight, told, figure)
        return tuple(shortened(text.paper, one, around(one.text, weigh)) if one else None for text, one in pairs)
    if row.wanted:
        return _answered(reading, figure, _tells)
    return _answered(reading.without(named | ASKING), figure, _speaks)


def _titles(reading: Reading) -> Iterator[str]:
    """Yield what the papers are called by in a question: the names of their works, and the titles that it has whole."""
    asked = normalised(reading.question)
    for text in reading.texts:
        title = text.paper.title
        yield title if normalised(title) in asked else work_name(title)


def _telling(reading: Reading, place: int, told: Sequence[Pattern], figure: bool) -> Sentence | None:
    """Return the sentence of a paper that has the words for what is asked, with a number beside them if that is one."""
    text = reading.texts[place]
    scores = score_sentences(reading, place, weigh_words(reading)) if text.sentences else []
    own = [at for at, one in enumerate(text.cleaned) if any(_has(one, pattern, figure) for pattern in told)]
    return text.sentences[max(own, key=lambda at: scores[at])] if own else None


def _weight(told: Sequence[Pattern], figure: bool, clause: str) -> float:
    """Return how much of what is asked a clause tells."""
    return sum(_has(clause, pattern, figure) + bool(pattern.search(clause)) for pattern in told)


def _has(text: str, told: Pattern, figure: bool) -> bool:
    """Tell whether a text has words for something, and a number near them where it is told by one."""
    for found in told.finditer(text):
        near = text[max(0, found.start() - REACH) : found.end() + REACH]
        if not figure or any(not one.vague for one in quantities(near)):
            return True
    return False


Tells = Callable[[Reading, Chosen], bool]
"""Whether the best sentence of a paper tells what is asked."""


def _answered(bare: Reading, figure: bool, tells: Tells) -> Cells:
    """Return the sentence of each paper that answers best, where it tells what is asked."""
    bare = replace(bare, demands=replace(bare.demands, figure=figure))
    words, places = set(bare.words), range(len(bare.texts))
    best = {one.text.paper.id: one for one in answering(bare, places)}

    def weigh(clause: str) -> float:
        return len(words.intersection(content_words(clause))) + 1.5 * (figure and has_digits(clause))

    told = [one if one and tells(bare, one) else None for one in map(best.get, (t.paper.id for t in bare.texts))]
    return tuple(shortened(one.text.paper, one.best, around(one.best.text, weigh)) if one else None for one in told)


def _tells(reading: Reading, chosen: Chosen) -> bool:
    """Tell whether a sentence has half of the words asked for, or surely answers; and a number where one is asked."""
    number, words = chosen.best.number, set(reading.words)
    if reading.demands.figure and not has_digits(chosen.text.cleaned[number]):
        return False
    shared = len(words.intersection(chosen.text.words[number]))
    sure = reading.fits.get((chosen.text.paper.id, number), UNREAD) >= SURE
    return reading.demands.figure or 2 * shared >= len(words) > 0 or sure


def _speaks(reading: Reading, chosen: Chosen) -> bool:
    """Tell whether a sentence has a word asked for, or a number where one is."""
    number = chosen.best.number
    figure = reading.demands.figure and has_digits(chosen.text.cleaned[number])
    return figure or not set(reading.words).isdisjoint(chosen.text.words[number])


_COMPARING = stop_stems("comparing")
"""Words that only ask to compare."""
