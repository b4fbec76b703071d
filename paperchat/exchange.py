"""Whether two parts of a claim stand in each other's place: the one said of what the paper says of the other. Pure.

"B needs X, while A needs Y" of a paper that says "A needs X, while B needs Y" has all its words, and they are in the
paper's order as soon as A and B, or X and Y, change places. Whole clauses may come in another order.
"""

from collections.abc import Iterator, Sequence

from paperchat.words import Word

LONGEST = 4
"""Most content words of a part that changes places."""

BETWEEN = 2
"""Fewest content words between them: "B is used for A" turns "A uses B" round and says the same."""

FEWEST = 5
"""Content words that claim and paper must share."""

HELD = 0.7
"""Least share of the claim's content words that the sentences must have."""

ORDERED, DISORDERED = 0.85, 0.9
"""Least share of the shared words in the paper's order after the change, and the highest before it."""


def exchange(mine: Sequence[Word], rows: Sequence[Sequence[Word]]) -> tuple[str, str] | None:
    """Return the two parts of a claim that were exchanged, as typed, or None; `rows` are sentences in their order."""
    said = [word.stem for row in rows for word in row if word.content]
    content = [word for word in mine if word.content]
    kept = [word for word in content if word.stem in said]
    if len(kept) < max(FEWEST, HELD * len(content)) or any(word.text.lower() == "by" for word in mine):
        return None
    stems = [word.stem for word in kept]
    best = max(ORDERED * len(stems) - 1, _common(stems, said))
    if best > DISORDERED * len(stems):
        return None
    best = max(best, *(_common(moved, said) for moved in _moved(stems)))
    found = None
    for first, second in _parts(len(kept)):
        middle = stems[first.stop : second.start]
        changed = [*stems[: first.start], *stems[second], *middle, *stems[first], *stems[second.stop :]]
        if (length := _common(changed, said)) > best:
            best, found = length, (first, second)
    return found and (_typed(kept[found[0]]), _typed(kept[found[1]]))


def _moved(stems: Sequence[str]) -> Iterator[list[str]]:
    """Yield the words with one stretch moved: a clause in another place is no exchange."""
    for start in range(len(stems)):
        for end in range(start + 1, len(stems) + 1):
            rest = [*stems[:start], *stems[end:]]
            for place in range(len(rest) + 1):
                yield [*rest[:place], *stems[start:end], *rest[place:]]


def _parts(count: int) -> Iterator[tuple[slice, slice]]:
    """Yield each two stretches with at least BETWEEN words between them, shortest first."""
    for size in range(2, 2 * LONGEST + 1):
        for length in range(max(1, size - LONGEST), min(LONGEST, size - 1) + 1):
            for start in range(count - size):
                for other in range(start + length + BETWEEN, count - (size - length) + 1):
                    yield slice(start, start + length), slice(other, other + size - length)


def _common(mine: Sequence[str], said: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(said) + 1)
    for stem in mine:
        diagonal = 0
        for place, other in enumerate(said, 1):
            above = row[place]
            row[place] = diagonal + 1 if stem == other else max(above, row[place - 1])
            diagonal = above
    return row[-1]


def _typed(part: Sequence[Word]) -> str:
    return " ".join(word.text for word in part)
