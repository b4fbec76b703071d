"""Papers of a table by the numbers in a row, where these can be compared: of one kind and unit. Pure functions.

What cannot be compared is said: that a paper tells none or several, that one tells a level and one a gain.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from paperchat.export.tables import heads, unstated
from paperchat.text import lexicon
from paperchat.text.cleaning import clean
from paperchat.text.numbers import Quantity, is_year, quantities
from paperchat.text.tokens import content_words
from paperchat.types import AnswerSentence, Table

REACH = 40
"""Characters around a number in which stands what it counts, or that it is a gain."""

FEWEST = 2
"""Numbers that can be put in an order."""

_COUNTED = re.compile(rf"[\s-]{{0,2}}(?:[\w+-]{{1,30}} ){{0,3}}?(?P<what>{lexicon.any_of('counted')})\b", re.IGNORECASE)

_GAIN = re.compile(rf"\b{lexicon.any_of('gains.before')} (?:\w+ ){{0,3}}$", re.IGNORECASE)

_GAINED = re.compile(rf"\W{{0,2}}(?:absolute |relative |percentage )?{lexicon.any_of('gains.behind')}\b", re.IGNORECASE)

_WORD = re.compile(r"[^\W\d_]+")

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a cell: its value in plain units, what it is of ("%", "mass", "images", "% gained"), as it reads."""

    value: float
    kind: str
    text: str


def figure_of(cell: AnswerSentence | None, aspect: str) -> Figure | None:
    """Return the number by which a cell tells an aspect; None where it has none, or several of which it may be any."""
    if cell is None:
        return None
    text = clean(cell.few)
    if not cell.citations:
        found = _DATE.fullmatch(text)
        parts = [int(part or 0) for part in found.groups()] if found else []
        return Figure(parts[0] * 10_000 + parts[1] * 100 + parts[2], "date", text) if parts else None
    figures = [(one, _figure(text, one)) for one in quantities(text) if not one.vague and not is_year(one)]
    named = _nearest(text, figures, aspect)
    kinds = {figure.kind for _, figure in figures}
    own = named or ([figure for _, figure in figures] if len(kinds) == 1 else [])
    return own[0] if len({(figure.value, figure.kind) for figure in own}) == 1 else None


def _nearest(text: str, figures: Sequence[tuple[Quantity, Figure]], aspect: str) -> list[Figure]:
    """Return the numbers that stand nearest to a word by which a row is called; none where no such word is near."""
    words = set(content_words(aspect))
    places = [one for one in _WORD.finditer(text) if not words.isdisjoint(content_words(one[0]))]
    far = {
        at: min((max(one.start() - number.end, number.start - one.end()) for one in places), default=REACH)
        for at, (number, _) in enumerate(figures)
    }
    least = min(far.values(), default=REACH)
    return [figure for at, (_, figure) in enumerate(figures) if far[at] == least < REACH]


def _figure(text: str, quantity: Quantity) -> Figure:
    behind = _GAINED.match(text, quantity.end)
    gained = behind or _GAIN.search(text[max(0, quantity.start - REACH) : quantity.start])
    counted = _COUNTED.match(text, quantity.end)
    kind = quantity.measure or quantity.unit or (counted["what"].lower().removesuffix("s") if counted else "")
    value = quantity.base if quantity.measure else quantity.value
    counts = counted if counted and not quantity.unit and not quantity.measure else None
    end = max([quantity.until, *(found.end() for found in (counts, behind) if found)])
    return Figure(value, f"{kind} gained".strip() if gained else kind, text[quantity.start : end].strip())


def ranked(table: Table, aspect: str, rising: bool = False) -> tuple[tuple[int, ...], str]:
    """Return the places of the papers in the order of a row, and the line on it; no places where it has none.

    Papers whose number cannot be compared come last, in the order that they had.
    """
    row = table.cells[table.aspects.index(aspect)] if aspect in table.aspects else ()
    figures = [figure_of(cell, aspect) for cell in row]
    kinds = Counter(figure.kind for figure in figures if figure)
    kind, count = kinds.most_common(1)[0] if kinds else ("", 0)
    if count < FEWEST:
        return (), f"These cannot be sorted by {aspect}: {_told(table, aspect, figures)}."
    own = [at for at, figure in enumerate(figures) if figure and figure.kind == kind]
    left = [at for at in range(len(row)) if at not in own]
    values = {at: figure.value for at, figure in enumerate(figures) if figure}
    order = (*sorted(own, key=lambda at: values[at] if rising else -values[at]), *left)
    first = ("oldest" if rising else "newest") if kind == "date" else "lowest" if rising else "highest"
    rest = f" Not compared: {_told(table, aspect, figures, left)}." if left else ""
    return order, f"Sorted by {kind if kind == 'date' else aspect}, {first} first.{rest}"


def _told(table: Table, aspect: str, figures: Sequence[Figure | None], places: Sequence[int] = ()) -> str:
    """Return what papers tell of a row in the place of a number that can be compared."""
    row = table.cells[table.aspects.index(aspect)] if aspect in table.aspects else (None,) * len(table.papers)
    names = heads(table)
    told = []
    for at in places or range(len(table.papers)):
        figure = figures[at] if at < len(figures) else None
        gained = ", a gain" if figure and figure.kind.endswith("gained") else ""
        said = f"{figure.text}{gained}" if figure else unstated(aspect) if row[at] is None else "no one number"
        told.append(f"{names[at]} ({said})")
    return ", ".join(told)
