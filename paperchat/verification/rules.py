"""What in a claim the evidence does not bear out, told by rule: numbers, names, directions. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

import numpy as np

from paperchat.text.entities import abbreviations
from paperchat.text.names import is_shaped
from paperchat.text.number_agreement import covers, same_value, turned_bound
from paperchat.text.numbers import Quantity, orders
from paperchat.text.words import NEGATIONS, Word, denies, opposites, stem
from paperchat.verification.alignment import ROOT, Alignment, usual_rarity
from paperchat.verification.attribution import foreign
from paperchat.verification.evidence import Quoted
from paperchat.verification.negation import Opposed, affirmed, antonyms, denied, outcome, unqualified
from paperchat.verification.number_binding import Bound, bind, misbound
from paperchat.verification.overclaims import overstated
from paperchat.verification.predication import misplaced
from paperchat.verification.role_swaps import exchange, turned

MISBOUND = 0.35
"""How much better, 0..1, a number of another value must fit a claimed number's words for that to be a fault."""

AHEAD, NEARER, FAR_AHEAD = 0.1, 0.05, 0.35
"""How much more of a claim another paper's sentence must cover when it is so much nearer in cosine, and when not."""

SEVERAL = 2
"""Papers cited from which on each must be given what is its own."""

ALIKE, RELATED = 0.5, 0.3
"""Least share of a claim that a sentence must have for a negation, and for an antonym, to oppose it."""

VERBATIM, BESIDE = 0.8, 7
"""Share of a claim that a sentence has, and content words around one that alone differs, for that to be a fault."""

_BOUNDS = {"above": "a lower bound", "below": "an upper bound", "start": "where it starts", "end": "where it ends"}
"""What a number of the paper is that the claim has as the opposite."""

_LONGEST = 150
"""Words of a claim and of a sentence that are laid beside each other one by one."""

_CHANGED, _AROUND, _KEPT = 4, 4, 0.6
"""Most words of a changed stretch; words around it that are looked at; share of them that must be unchanged."""


@dataclass(frozen=True, slots=True)
class ClaimFault:
    """Something that the evidence does not bear out: `claim[start:end]`, and one plain line that says what."""

    kind: Literal["number", "uncited", "binding", "name", "direction", "exchange", "scope"]
    start: int
    end: int
    reason: str


def number_faults(laid: Alignment, rarity: Mapping[str, float]) -> list[ClaimFault]:
    """Return the numbers that the cited sentences do not have, and those that they have for something else."""
    papers = laid.evidence.papers
    titled = [paper.titled for paper in papers]
    cited = [*(sentence.numbers for sentence in laid.evidence.cited), *titled]
    rows = [*(row for paper in papers for row in paper.numbers), *titled]
    stated = [number for row in rows for number in row]
    faults = _order_faults(laid)
    for number in laid.numbers:
        text, turned = _text(laid.claim, number), turned_bound(number, stated)
        if number.vague:
            continue
        if turned:
            reason = f'"{text}" is {_BOUNDS[turned.bound]} there.'
            faults.append(ClaimFault("binding", number.start, number.until, reason))
        elif not covers(number, rows):
            faults.append(ClaimFault("number", number.start, number.until, f'"{text}" is not in the cited paper.'))
        elif not covers(number, cited):
            reason = f'"{text}" is not in the cited sentence, but elsewhere in the paper.'
            faults.append(ClaimFault("uncited", number.start, number.until, reason))
    return faults + _binding_faults(laid, rarity)


def _order_faults(laid: Alignment) -> list[ClaimFault]:
    """Return the orders of growth, O(n log n), of a claim whose papers give others."""
    stated = {order for paper in laid.evidence.papers for _, _, order in orders(paper.text.whole)}
    return [
        ClaimFault("number", start, end, f'"{laid.claim[start:end]}" is not in the cited paper.')
        for start, end, order in orders(laid.claim)
        if stated and order not in stated
    ]


def _binding_faults(laid: Alignment, rarity: Mapping[str, float]) -> list[ClaimFault]:
    called = {w.stem for start, end in laid.names for w in laid.words if w.start < end and start < w.end}
    claim = bind(laid.claim, laid.words, laid.numbers, laid.known.abbreviations)
    claimed = [bound for bound in claim if not bound.quantity.vague]
    values = {bound.quantity.value for bound in claimed}
    together = {place for place, one in enumerate(laid.evidence.cited) if len(claimed) > 1 and _has_all(one, claimed)}
    stated = [
        (bound, (0.2 + float(share)) * (0.2 + _part(called, sentence.words)))
        for place, (sentence, share) in enumerate(zip(laid.evidence.cited, laid.covered, strict=False))
        for bound in sentence.bound
        if not together or place in together
        if not bound.quantity.vague or bound.quantity.value in values
    ]
    return [
        ClaimFault(
            "binding", q.start, q.until, f'"{_text(laid.claim, q)}" is for something else; here it is {_value(r)}.'
        )
        for q, r, gap in (
            (number.quantity, rival.quantity, gap)
            for number, rival, gap in misbound(claimed, stated, rarity, usual_rarity(rarity))
        )
        if gap >= MISBOUND and (q.rough or not r.rough)
    ]


def _has_all(sentence: Quoted, claimed: Sequence[Bound]) -> bool:
    """Tell whether a sentence has all numbers of a claim: then it binds them to each other, and no other does."""
    return all(any(same_value(one.quantity, stated) for stated in sentence.numbers) for one in claimed)


def _part(stems: set[str], said: Sequence[Word]) -> float:
    return len(stems & {word.stem for word in said}) / len(stems) if stems else 1.0


def _text(claim: str, quantity: Quantity) -> str:
    return claim[quantity.start : quantity.until].strip()


def _value(quantity: Quantity) -> str:
    number = f"{quantity.value:,.10g}"
    return f"{number}%" if quantity.unit == "%" else f"{number} times" if quantity.unit == "x" else number


def attribution_faults(laid: Alignment) -> list[ClaimFault]:
    """Return the numbers and names that a claim over several papers gives to the wrong one."""
    if len(laid.evidence.papers) < SEVERAL:
        return []
    return [
        ClaimFault(
            "binding" if one.number else "name",
            one.start,
            one.end,
            f'"{laid.claim[one.start : one.end].strip()}" is of “{one.stands}”, not of “{one.of}”.',
        )
        for one in foreign(laid)
    ]


def name_faults(laid: Alignment) -> list[ClaimFault]:
    """Return the names that the paper's title and abstract do not have; one that the claim itself explains is none."""
    explained = abbreviations(laid.claim)
    called = dict.fromkeys(laid.claim[start:end] for start, end in laid.names)
    lacking = {name for name in called if stem(name) not in explained and not laid.known.holds(name)}
    return [
        ClaimFault("name", start, end, f'"{name}" does not occur in the cited paper.')
        for start, end in laid.names
        if (name := laid.claim[start:end]) in lacking
    ]


def other_paper(laid: Alignment, nearer: float) -> str:
    """Return the line that names another paper of which a sentence has clearly more of the claim, or "".

    `nearer` is how much more like the claim, in cosine, the likest sentence of another paper is. It explains what is
    not supported, and tells nothing of whether it is: of held-out claims it meets as many right ones as wrong ones.
    """
    if not laid.evidence.elsewhere:
        return ""
    plain = replace(laid, weights=np.where([is_shaped(word.text) for word in laid.own] or [False], 0, laid.weights))
    laid = plain if plain.weights.any() else laid  # the name of what a claim is about is no part of what it says
    covers_most, title = max((laid.cover(sentence), sentence.paper.title) for sentence in laid.evidence.elsewhere)
    ahead = AHEAD if nearer >= NEARER else FAR_AHEAD
    return f'Another paper says this: "{title}".' if covers_most - pair_cover(laid) >= ahead else ""


def pair_cover(laid: Alignment) -> float:
    """Return the largest weighted share of the claim that two neighbouring sentences have together, 0..1."""
    rows = list(laid.matches)
    pairs = [first + second > 0 for first, second in zip(rows, rows[1:] or rows, strict=False)]
    return max(float(laid.share(pair)) for pair in pairs)


def direction_faults(laid: Alignment, best: Sequence[int]) -> list[ClaimFault]:
    """Return the words in whose place one of the two best sentences has the opposite, or a negation that they lack."""
    denied = any(denies(line) for line in laid.lines)
    found: dict[int, ClaimFault] = {}
    said: set[str] = set()
    for place in best[:2]:
        for fault in turns(laid.words, laid.lines[place], said, denied):
            found.setdefault(fault.start, fault)
        said |= {word.stem for word in laid.lines[place]}
    return list(found.values())


def turns(mine: Sequence[Word], said: Sequence[Word], before: set[str], denied: bool) -> list[ClaimFault]:
    """Return the changed stretches, among words that are the same, that turn the meaning round.

    A word that a better sentence has (`before`) is not opposed by this one.
    """
    mine, said = mine[:_LONGEST], said[:_LONGEST]
    blocks = SequenceMatcher(None, [w.stem for w in mine], [w.stem for w in said], autojunk=False)
    stems = {word.stem for word in said}
    held = {block.a + k for block in blocks.get_matching_blocks() for k in range(block.size)}
    found = []
    for tag, a, b, c, d in blocks.get_opcodes():
        if tag == "equal" or b - a > _CHANGED:
            continue
        whole = d - c <= _CHANGED
        there = said[c:d] if whole else said[c : c + _CHANGED] if a else said[d - _CHANGED : d]
        own = [word for word in mine[a:b] if word.stem not in (before if whole else stems | before)]
        nearby = [*range(max(0, a - _AROUND), a), *range(b, min(len(mine), b + _AROUND))]
        nearby = [place for place in nearby if mine[place].content]
        reason = _opposed(own, there)
        if not reason and whole and not (denies(there) and affirmed(mine[b:], said)):
            reason = _denied(mine[a:b], there, denied)
        if reason and len(nearby) > 1 and sum(place in held for place in nearby) / len(nearby) >= _KEPT:
            first, last = (a, b - 1) if b > a else (max(0, a - 1), min(a, len(mine) - 1))
            found.append(ClaimFault("direction", mine[first].start, mine[last].end, reason))
    return found


def _opposed(mine: Sequence[Word], said: Sequence[Word]) -> str:
    """Return the line that names a word and its opposite in its place, or ""."""
    table = opposites()
    for word in mine:
        for other in said:
            if other.stem in table.get(word.stem, ()):
                return f'"{word.text}", but the cited paper says "{other.text}".'
    return ""


def _denied(mine: Sequence[Word], said: Sequence[Word], denied: bool) -> str:
    """Return the line that names a negation which only one of both has here, or ""."""
    theirs = [word.text for word in said if word.text.lower() in NEGATIONS]
    own = [word.text for word in mine if word.text.lower() in NEGATIONS]
    if theirs and not own:
        return f'The cited paper says "{theirs[0]}" here.'
    if own and not denied:
        return f'The cited paper does not say "{own[0]}".'
    return ""


def polarity_faults(laid: Alignment, best: Sequence[int]) -> list[ClaimFault]:
    """Return what the claim denies and the paper does not, or the other way, antonyms, and success called failure."""
    mine, rows = laid.words, laid.lines
    found: list[Opposed] = []
    for place, share in enumerate(laid.covered):
        others = [*rows[:place], *rows[place + 1 :]]
        if share >= ALIKE and place in best[:2]:
            found += denied(mine, rows[place], others)
            found += unqualified(mine, rows[place])
        if share >= RELATED:
            found += antonyms(mine, rows[place], others)
    faults = [ClaimFault("direction", word.start, word.end, reason) for word, reason in found]
    called = outcome(laid.claim, [laid.sentences[place] for place in best[:2]])
    return [*faults, *([ClaimFault("direction", *called)] if called else [])]


def exchange_faults(laid: Alignment, best: Sequence[int]) -> list[ClaimFault]:
    """Return the fault of saying of one thing what the best one, two or three sentences say of another."""
    for count in (1, 2, 3):
        swapped = exchange(laid.words, [laid.lines[place] for place in sorted(best[:count])])
        if swapped:
            reason = f'"{swapped[0]}" and "{swapped[1]}" stand in each other\'s place.'
            return [ClaimFault("exchange", 0, len(laid.claim), reason)]
    for place in best[:2]:
        if laid.covered[place] >= ALIKE and (contrast := turned(laid.claim, laid.sentences[place])):
            return [ClaimFault("exchange", 0, len(laid.claim), f'The two sides of "{contrast}" are exchanged.')]
    return _replaced(laid, best[0])


def _replaced(laid: Alignment, place: int) -> list[ClaimFault]:
    """Return the one word in whose place a sentence that is verbatim otherwise has another, which the paper has too."""
    if laid.covered[place] < VERBATIM:
        return []
    said = [word for word in laid.rows[place] if not word.text[0].isdigit()][:_LONGEST]
    mine = [word for word in laid.own if not word.text[0].isdigit()][:_LONGEST]
    elsewhere = {word.stem[:ROOT] for row in laid.rows for word in row if row is not laid.rows[place]}
    operations = SequenceMatcher(None, [w.stem for w in mine], [w.stem for w in said], autojunk=False).get_opcodes()
    for before, (tag, a, b, c, d), after in zip(operations, operations[1:], operations[2:], strict=False):
        around = [one[2] - one[1] for one in (before, after)]
        single = tag == "replace" and b - a == d - c == 1 and min(around) > 1 and sum(around) >= BESIDE
        if single and mine[a].stem[:ROOT] in elsewhere and mine[a].stem not in {word.stem for word in said}:
            reason = f'"{mine[a].text}", but the cited paper says "{said[c].text}".'
            return [ClaimFault("exchange", mine[a].start, mine[a].end, reason)]
    return []


def scope_faults(laid: Alignment, best: Sequence[int], overlap: float) -> list[ClaimFault]:
    """Return a word for all, or for nothing else, in a claim whose best sentences say no such thing.

    And one that is said of something else than the claim says it of.
    """
    span = overstated(laid.claim, [laid.sentences[place] for place in best[:2]]) if overlap >= ALIKE else None
    other = misplaced(laid)
    return [
        *([ClaimFault("scope", *span, f'The cited paper does not say "{laid.claim[slice(*span)]}".')] if span else []),
        *([ClaimFault("scope", other.start, other.end, f'"{other.text}" is said of something else.')] if other else []),
    ]
