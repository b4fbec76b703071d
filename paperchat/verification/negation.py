"""Whether a claim and a sentence say the opposite of each other: negation, antonyms, better and worse. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from paperchat.text import lexicon
from paperchat.text.words import NEGATIONS, Word, opposites, stem

Opposed = tuple[Word, str]
"""A word of a claim, and a line that says how it is opposed."""

REACH = 4
"""Words after a negation, within its clause, that it turns round."""

NEAR = 1
"""Content words on each side of a word within which an antonym must have one of the same."""

_DENIES = lexicon.words("negations.denies")

_MAY_DENY = _DENIES | lexicon.words("negations.hints")
"""Words that deny what follows, and those with which a text may deny in another way."""

_BETTER = re.compile(rf"\b{lexicon.any_of('outcomes.better')}\b", re.IGNORECASE)

_WORSE = re.compile(rf"\b{lexicon.any_of('outcomes.worse')}\b", re.IGNORECASE)

_SAYS_WORSE = re.compile(
    rf"\b(?:{lexicon.any_of('outcomes.called_worse')}|(?:fall|lag)\w*(?: \w+)? (?:behind|short)"
    r"|(?:not|never|n't) (?:\w+ )?(?:improve|help|outperform|surpass|exceed)\w*)\b",
    re.IGNORECASE,
)


def negated(said: Sequence[Word]) -> frozenset[int]:
    """Return the places of the words that a negation before them in the clause, or "-free" after them, denies."""
    places = set[int]()
    for place, word in enumerate(said):
        if word.text.lower() in _DENIES:
            after = said[place + 1 : place + 1 + REACH]
            places |= {place + 1 + i for i, other in enumerate(after) if other.clause == word.clause}
        if word.text.lower() == "free" and place and word.start - said[place - 1].end == 1:
            places.add(place - 1)
    return frozenset(places)


def denied(mine: Sequence[Word], said: Sequence[Word], others: Sequence[Sequence[Word]]) -> Iterator[Opposed]:
    """Yield the words that only the claim, or only the sentence, denies.

    `others` are the other sentences of the paper: a word that one of them uses the claim's way is not opposed.
    """
    turned = [_stems(row, deny=True) for row in others]
    plain = [_stems(row, deny=False) for row in others]
    denies, affirms = _stems(said, deny=True), _stems(said, deny=False)
    if not any(_may_deny(word) for word in mine):
        for word in mine:
            if word.stem in denies - affirms and not any(word.stem in row for row in plain):
                yield word, f'The cited paper denies "{word.text}" here.'
    elif not any(_may_deny(word) for word in said):
        for place in sorted(negated(mine)):
            if mine[place].stem in affirms and not any(mine[place].stem in row for row in turned):
                yield mine[place], f'The cited paper does not deny "{mine[place].text}".'


def affirmed(mine: Sequence[Word], said: Sequence[Word]) -> bool:
    """Tell whether a sentence that denies what these words of a claim begin with affirms that, too.

    "Instead of rebuilding edges, we turn to feature rebuilding" denies no rebuilding of features.
    """
    first = [word.stem for word in mine if word.content][:BOTH]
    turned = {
        at
        for place, word in enumerate(said)
        if word.text.lower() in NEGATIONS
        for at in range(place + 1, min(len(said), place + 1 + REACH))
        if said[at].clause == word.clause
    }
    kept = {word.stem for place, word in enumerate(said) if place not in turned}
    return len(first) == BOTH and kept.issuperset(first)


BOTH = 2
"""Content words that a sentence affirms where it is not them that it denies."""


def _stems(row: Sequence[Word], deny: bool) -> frozenset[str]:
    """Return the stems of the content words that are denied, or those that are not."""
    places = negated(row)
    return frozenset(word.stem for place, word in enumerate(row) if word.content and (place in places) is deny)


def _may_deny(word: Word) -> bool:
    text = word.text.lower()
    return text in _MAY_DENY or text.startswith(("un", "non")) or text.endswith("n't")


def antonyms(mine: Sequence[Word], said: Sequence[Word], others: Sequence[Sequence[Word]]) -> Iterator[Opposed]:
    """Yield the words in whose place, beside the same word, the sentence has the opposite and no other has them."""
    table = opposites()
    have, stems = {word.stem for word in said}, {word.stem for word in mine}
    here, elsewhere = _neighbours(said), [_neighbours(row) for row in others]
    for place, word in enumerate(mine):
        for opposite in (table.get(word.stem, frozenset()) & have) - stems if word.stem not in have else ():
            near = _beside(mine, place)
            if near & here[opposite] and not any(near & row.get(word.stem, set()) for row in elsewhere):
                there = next(other.text for other in said if other.stem == opposite)
                yield word, f'"{word.text}", but the cited paper says "{there}".'


def unqualified(mine: Sequence[Word], said: Sequence[Word]) -> Iterator[Opposed]:
    """Yield "supervised" where the sentence has "self-supervised" before the same word, and the like."""
    own, theirs = _supervised(mine), _supervised(said)
    for head in own.keys() & theirs.keys():
        word, kinds = own[head]
        if not kinds & theirs[head][1]:
            kind = min(theirs[head][1])
            yield word, f'The cited paper says "{kind}{"-" * bool(kind)}supervised" here.'


def _supervised(row: Sequence[Word]) -> dict[str, tuple[Word, frozenset[str]]]:
    """Return for each word after "supervised" that one, and what stands before it: "self", "semi" or ""."""
    found: dict[str, tuple[Word, frozenset[str]]] = {}
    for before, word, head in zip([None, *row], row, row[1:], strict=False):
        if word.stem == stem("supervised"):
            kind = before.text.lower() if before and before.text.lower() in _KINDS else ""
            found[head.stem] = word, found.get(head.stem, (word, frozenset()))[1] | {kind}
    return found


_KINDS = lexicon.words("supervision")


def _neighbours(row: Sequence[Word]) -> dict[str, set[str]]:
    """Return for each stem the stems that stand beside a word of it."""
    found: dict[str, set[str]] = {}
    for place, word in enumerate(row):
        found.setdefault(word.stem, set()).update(_beside(row, place))
    return found


def _beside(row: Sequence[Word], place: int) -> frozenset[str]:
    """Return the stems of the nearest content words on each side."""
    sides = (range(place - 1, -1, -1), range(place + 1, len(row)))
    return frozenset(row[i].stem for side in sides for i in islice((i for i in side if row[i].content), NEAR))


def outcome(claim: str, sentences: Sequence[str]) -> tuple[int, int, str] | None:
    """Return (start, end) of words that call something worse, and why, where the sentences only report success."""
    worse = _SAYS_WORSE.search(claim)
    better = next((found for sentence in sentences if (found := _BETTER.search(sentence))), None)
    if not worse or not better or any(_WORSE.search(sentence) for sentence in sentences):
        return None
    return *worse.span(), f'"{worse[0]}", but the cited paper says "{better[0]}".'
