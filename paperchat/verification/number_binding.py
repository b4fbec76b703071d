"""What each number of a text is bound to, and whether a claim binds its numbers as the evidence does. Pure functions.

A number is bound to the words near it, nearer ones more, and a word belongs to the numbers it is nearest to. In "A and
B on X and Y, respectively" the n-th number is bound to the n-th item.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from paperchat.text import lexicon
from paperchat.text.cleaning import SPACE
from paperchat.text.number_agreement import compatible, same_value
from paperchat.text.numbers import Quantity, is_year
from paperchat.text.words import Word, stem, words

_BREAK, _BEFORE = 3.0, 1.4
"""Distance, in words, that the end of a clause adds; how much farther a word before the number counts as."""

_ITEM = 2.0
"""Weight of the item that stands in the same place of a list as the number."""

_SEPARATOR = re.compile(rf"{SPACE},\s*(?:and|or)\s+|{SPACE}[,/]\s*|(?<!\s)\s+(?:and|or)\s+|{SPACE}&\s*")

_LEAD = re.compile(r"\b(?:on|for|in|of|to|at|with|over|by|from|than|per|using|when|the)\s+")

_JOINS = re.compile(r"\b(?:and|or)\b|[&/]")

_RESPECTIVELY = re.compile(r"\brespectively\b")

_END = re.compile(
    r"(?:(?<![,\s])[,\s]+)?\brespectively\b|[;:.](?:\s|$)|\s\(|,?\s(?:which|while|whereas|but|compared|outperform|surpass)"
)

_TIGHT = re.compile(r"^\s*(?:(?:,\s*)?(?:and|or)|[,/&])\s*$")

_ITEM_WORDS = 6

_ROW_WORDS = 5

_OWN = 12

_WINDOW = 200
"""Characters beside a number in which the words next to it are looked for."""

_MOST = 40
"""Most numbers of a sentence: one with more is a table, of which it is not told what each is bound to."""

_BESIDE, _CLOSE = 0.3, 0.7
"""Weight of the words next to a number; how like its sentence must be for them to count."""

_LINK = re.compile(r"https?://\S+")

_CARRIERS = frozenset(map(stem, lexicon.words("carriers")))
"""Words that say that there is a number of something, not of what."""

_NAMED = 0.4
"""What the distance of a name is multiplied by: the name of a dataset or method counts from farther away."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A number and the stems that it is bound to, each with its weight."""

    quantity: Quantity
    terms: Mapping[str, float]


def bind(
    text: str, said: Sequence[Word], numbers: Sequence[Quantity], abbreviations: Mapping[str, Sequence[str]]
) -> tuple[Bound, ...]:
    """Return each number of one sentence, which has the words `said`, with what it is bound to.

    An abbreviation counts as its long form too.
    """
    if not numbers or len(numbers) > _MOST:
        return ()
    links = [match.span() for match in _LINK.finditer(text)]
    near = [
        word
        for word in said
        if word.content
        and word.stem not in _CARRIERS
        and not any(start <= word.start < end for start, end in links)
        and not any(_inside(word, q) for q in numbers)
    ]
    clauses = [_clause(said, q) for q in numbers]
    starts = [word.start for word in near]
    rows = [(row, _is_bare(text, [numbers[n] for n in row])) for row in _rows(text, numbers) if len(row) > 1]
    weights: list[dict[str, float]] = [{} for _ in numbers]
    for word in near:
        shares = [1 / (1 + _distance(starts, word, q, clause)) for q, clause in zip(numbers, clauses, strict=True)]
        for row, bare in rows:
            if not numbers[row[0]].end <= word.start < numbers[row[-1]].start:
                shares = _levelled(shares, row, numbers[row[-1]], word, bare=bare)
        total = sum(share**2 for share in shares)
        for kept, share in zip(weights, shares, strict=True):
            for term in (word.stem, *abbreviations.get(word.stem, ())):
                kept[term] = max(kept.get(term, 0.0), share**3 / total)
    for kept, quantity in zip(weights, numbers, strict=True):
        kept.update(dict.fromkeys(_beside(text, quantity), _BESIDE))
    for group in _lists(text, numbers):
        _align(text, numbers, group, weights)
    return tuple(Bound(q, row) for q, row in zip(numbers, weights, strict=True))


def _beside(text: str, quantity: Quantity) -> set[str]:
    """Return the words next to a number, small ones too, marked with their side: "<from 48 >to"."""
    before = [word.stem for word in words(text[max(0, quantity.start - _WINDOW) : quantity.start])[-1:]]
    after = [word.stem for word in words(text[quantity.end : quantity.end + _WINDOW])[:1]]
    return {f"<{word}" for word in before} | {f">{word}" for word in after}


def _rows(text: str, numbers: Sequence[Quantity]) -> list[list[int]]:
    """Return the places of numbers that stand in a row, a few words and a separator between: "77.7 J and 74.8 F"."""
    rows: list[list[int]] = []
    for place, quantity in enumerate(numbers):
        gap = text[numbers[place - 1].end : quantity.start] if place else ""
        if place and len(gap.split()) <= _ROW_WORDS and _SEPARATOR.search(gap):
            rows[-1].append(place)
        else:
            rows.append([place])
    return rows


def _is_bare(text: str, row: Sequence[Quantity]) -> bool:
    """Tell whether nothing but separators stands between the numbers of a row: "22.17%, 27.94% and 25.56%"."""
    return all(_TIGHT.match(text[one.end : other.start]) for one, other in pairwise(row))


def _levelled(shares: list[float], row: Sequence[int], last: Quantity, word: Word, *, bare: bool) -> list[float]:
    """Give each number of a row the same share of a word outside it; unless the row is bare, the last owns the next."""
    if not bare and 0 <= word.start - last.end <= _OWN:
        return shares
    most = max(shares[place] for place in row)
    return [most if place in row else share for place, share in enumerate(shares)]


def _inside(word: Word, quantity: Quantity) -> bool:
    return word.start < quantity.until and quantity.start < word.end


def _clause(said: Sequence[Word], quantity: Quantity) -> int:
    """Return the number of the clause that a quantity stands in, as `words` counts them."""
    return next((word.clause for word in said if word.end > quantity.start), 0)


def _distance(starts: Sequence[int], word: Word, quantity: Quantity, clause: int) -> float:
    """Return how far a word is from a number; `starts` are the places of all words that count, in order."""
    first, last = sorted((word.start, quantity.start))
    between = max(0, bisect_left(starts, last) - bisect_right(starts, first))
    named = _NAMED if any(c.isupper() for c in word.text[1:]) or (word.text[0].isupper() and word.start) else 1.0
    return named * (between * (_BEFORE if word.start < quantity.start else 1.0) + _BREAK * abs(word.clause - clause))


def _lists(text: str, numbers: Sequence[Quantity]) -> list[list[int]]:
    """Return the places of numbers that form a list: nothing but separators between, or "respectively" after them."""
    groups: list[list[int]] = []
    later = _RESPECTIVELY.search(text)
    for place, quantity in enumerate(numbers):
        previous = numbers[place - 1] if place else None
        gap = text[previous.end : quantity.start] if previous else ""
        loose = later and quantity.end < later.start() and len(gap.split()) <= _ITEM_WORDS
        if previous and (_TIGHT.match(gap) or (loose and _SEPARATOR.search(gap))):
            groups[-1].append(place)
        else:
            groups.append([place])
    return [group for group in groups if len(group) > 1]


def _align(text: str, numbers: Sequence[Quantity], group: Sequence[int], weights: Sequence[dict[str, float]]) -> None:
    """Bind the n-th number of a list to the n-th item of each list of as many items before or after it."""
    after = text[numbers[group[-1]].end :]
    before = text[: numbers[group[0]].start]
    end = _END.search(after)
    for items in (_items(after[: end.start()] if end else after, len(group)), _items(before, len(group), last=True)):
        named = [frozenset(word.stem for word in words(item) if word.content) for item in items]
        for row, own in zip(group, named, strict=False):
            others = {term for item in named for term in item} - own
            for term in others:
                weights[row].pop(term, None)
            weights[row].update(dict.fromkeys(own - frozenset.intersection(*named), _ITEM))


def _items(text: str, count: int, *, last: bool = False) -> list[str]:
    """Return the first (or last) list of `count` items in a stretch of text, "A, B and C"; empty when there is none."""
    stretch = text.strip(" ,")
    pieces, between = _SEPARATOR.split(stretch), _SEPARATOR.findall(stretch)
    lists = [
        pieces[start : start + count]
        for start in range(len(pieces) - count + 1)
        if _JOINS.search(between[start + count - 2])
    ]
    if not lists:
        return []
    kept = lists[-1 if last else 0]
    kept[0] = kept[0][max((lead.end() for lead in _LEAD.finditer(kept[0])), default=0) :]
    short = [" ".join(piece.split()[:_ITEM_WORDS]) for piece in kept]
    return short if all(short) else []


def agreement(claimed: Bound, stated: Bound, rarity: Mapping[str, float], usual: float, likeness: float = 1.0) -> float:
    """Return how much of what a claimed number is bound to a stated one is bound to as well, 0 or more.

    `likeness` is that of the sentences: only in one that is close do the words next to the number count.
    """
    return sum(
        weight * stated.terms[term] * rarity.get(term, usual)
        for term, weight in claimed.terms.items()
        if term in stated.terms and (likeness >= _CLOSE or term[0] not in "<>")
    )


def misbound(
    claim: Sequence[Bound], evidence: Sequence[tuple[Bound, float]], rarity: Mapping[str, float], usual: float
) -> tuple[tuple[Bound, Bound, float], ...]:
    """Return each claimed number with the stated one that fits its words best, and how much better it fits, 0..1.

    `evidence` gives each stated number the likeness of its sentence to the claim. 0 means that a stated number of the
    same value fits best; 1 that none of that value fits at all. Numbers whose value is not stated are left out.
    """
    fits = [[_Fit(stated, _fit(number, stated, likeness, rarity, usual)) for stated, likeness in evidence]
            for number in claim]  # fmt: skip
    owns = [_own(number, row) for number, row in zip(claim, fits, strict=True)]
    found = []
    for place, (number, own) in enumerate(zip(claim, owns, strict=True)):
        if own is None:
            continue
        rival = max(fits[place], key=lambda fit: fit.share)
        best = rival.share
        if _same(number, rival.stated) or best <= 0 or _taken(rival.stated, place, claim, fits):
            best = own
        found.append((number, rival.stated, 1 - own / best if best > 0 else 0.0))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A stated number, and how well it fits the words of a claimed one, 0 or more."""

    stated: Bound
    share: float


def _fit(number: Bound, stated: Bound, likeness: float, rarity: Mapping[str, float], usual: float) -> float:
    return likeness * agreement(number, stated, rarity, usual, likeness) if _comparable(number, stated) else 0.0


def _own(number: Bound, fits: Sequence[_Fit]) -> float | None:
    """Return how well the best stated number of a claimed one's value fits; None when its value is not stated."""
    return max((fit.share for fit in fits if _same(number, fit.stated)), default=None)


def _comparable(claimed: Bound, stated: Bound) -> bool:
    alike = claimed.quantity.unit == stated.quantity.unit and is_year(claimed.quantity) == is_year(stated.quantity)
    alike = alike and compatible(claimed.quantity, stated.quantity)
    return alike or same_value(claimed.quantity, stated.quantity)


def _same(claimed: Bound, stated: Bound) -> bool:
    return same_value(claimed.quantity, stated.quantity)


def _taken(rival: Bound, place: int, claim: Sequence[Bound], fits: Sequence[Sequence[_Fit]]) -> bool:
    """Tell whether another claimed number has the rival's value, and exchanging the two would fit worse."""
    for other, number in enumerate(claim):
        if other == place or not _same(number, rival):
            continue
        kept = sum(_own(claim[row], fits[row]) or 0.0 for row in (place, other))
        exchanged = sum(_own(claim[column], fits[row]) or 0.0 for row, column in ((place, other), (other, place)))
        if kept >= exchanged:
            return True
    return False
