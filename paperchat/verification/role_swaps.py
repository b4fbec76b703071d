"""Whether two parts of a claim stand in each other's place: the one said of what the paper says of the other. Pure.

"B needs X, while A needs Y" of a paper that says "A needs X, while B needs Y" has all its words, and they are in the
paper's order as soon as A and B, or X and Y, change places. Whole clauses may come in another order.
"""

import re
from collections.abc import Iterator, Sequence

from paperchat.text.likeness import common_subsequence
from paperchat.text.words import Word, words

LONGEST = 4
"""Most content words of a part that changes places."""

BETWEEN = 2
"""Fewest content words between them: "B is used for A" turns "A uses B" round and says the same."""

FEWEST, MOST = 5, 22
"""Content words that claim and paper must share; beyond MOST too many changes would have to be tried."""

HELD = 0.7
"""Least share of the claim's content words that the sentences must have."""

ORDERED, DISORDERED = 0.85, 0.9
"""Least share of the shared words in the paper's order after the change, and the highest before it."""

ACROSS = 0.9
"""The same least share where the words are from several sentences."""

_SIDE = 5
"""Words on each side of a contrast that are what it sets against each other."""

_CONTRASTS = tuple(
    re.compile(rf"\b{words}\b", re.IGNORECASE)
    for words in (
        r"instead of",
        r"(?:rather|better|more|less|higher|lower|larger|smaller|faster|slower|\w+er)\b[^.,;]{0,40}?\bthan",
        r"out-?perform(?:s|ed|ing)?(?! by)",
        r"(?:surpass|exceed|beat)(?:es|s|ed|ing)?(?! by)",
        r"unlike",
    )
)


def exchange(mine: Sequence[Word], rows: Sequence[Sequence[Word]]) -> tuple[str, str] | None:
    """Return the two parts of a claim that were exchanged, as typed, or None; `rows` are sentences in their order."""
    content = [word for word in mine if word.content]
    own = {word.stem for word in content}
    said = [word.stem for row in rows for word in row if word.stem in own]
    kept = [word for word in content if word.stem in said]
    passive = any(word.text.lower() == "by" for word in mine)
    if passive or not max(FEWEST, HELD * len(content)) <= len(kept) <= MOST:
        return None
    letters = {stem: chr(place) for place, stem in enumerate(sorted(own), ord("A"))}  # one character a word
    stems, there = "".join(letters[word.stem] for word in kept), "".join(letters[stem] for stem in said)
    ordered = ORDERED if len(rows) == 1 else ACROSS
    best = max(ordered * len(stems) - 1, common_subsequence(stems, there))
    if best > DISORDERED * len(stems):
        return None
    best = max(best, *(common_subsequence(moved, there) for moved in _moved(stems)))
    found = None
    for first, second in _parts(len(kept)):
        middle = stems[first.stop : second.start]
        changed = stems[: first.start] + stems[second] + middle + stems[first] + stems[second.stop :]
        if (length := common_subsequence(changed, there)) > best:
            best, found = length, (first, second)
    return found and (_typed(kept[found[0]]), _typed(kept[found[1]]))


def turned(claim: str, sentence: str) -> str:
    """Return the words of contrast ("instead of", "outperforms") whose two sides the claim exchanges, or ""."""
    for contrast in _CONTRASTS:
        mine, theirs = contrast.search(claim), contrast.search(sentence)
        if mine and theirs:
            left, right = _sides(claim, mine)
            before, after = _sides(sentence, theirs)
            if len(left & after) > len(left & before) and len(right & before) > len(right & after):
                return mine[0]
    return ""


def _sides(text: str, contrast: re.Match[str]) -> tuple[frozenset[str], frozenset[str]]:
    left = [word.stem for word in words(text[: contrast.start()]) if word.content][-_SIDE:]
    right = [word.stem for word in words(text[contrast.end() :]) if word.content][:_SIDE]
    return frozenset(left) - frozenset(right), frozenset(right) - frozenset(left)


def _moved(stems: str) -> Iterator[str]:
    """Yield the words with one stretch moved: a clause in another place is no exchange."""
    for start in range(len(stems)):
        for end in range(start + 1, len(stems) + 1):
            rest = stems[:start] + stems[end:]
            for place in range(len(rest) + 1):
                yield rest[:place] + stems[start:end] + rest[place:]


def _parts(count: int) -> Iterator[tuple[slice, slice]]:
    """Yield each two stretches with at least BETWEEN words between them, shortest first."""
    for size in range(2, 2 * LONGEST + 1):
        for length in range(max(1, size - LONGEST), min(LONGEST, size - 1) + 1):
            for start in range(count - size):
                for other in range(start + length + BETWEEN, count - (size - length) + 1):
                    yield slice(start, start + length), slice(other, other + size - length)


def _typed(part: Sequence[Word]) -> str:
    return " ".join(word.text for word in part)
