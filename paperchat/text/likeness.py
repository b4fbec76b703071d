"""How alike texts are spelt: the only place that knows rapidfuzz."""

from collections.abc import Iterator, Mapping


def spelling_likeness(one: str, other: str) -> float:
    """Return twice the letters that two texts have in common, in order, as a share of those of both: 0..1."""
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(one, other))


def common_subsequence(one: str, other: str) -> int:
    """Return the length of the longest sequence of characters that two texts have in common, in order."""
    from rapidfuzz.distance import LCSseq

    return int(LCSseq.similarity(one, other))


def nearest_spellings(typed: str, names: Mapping[int, str], least: float, limit: int) -> Iterator[int]:
    """Yield the keys of the at most `limit` names spelt most alike, the likest first; none below `least`, 0..1."""
    from rapidfuzz import fuzz, process

    for _, _, key in process.extract(typed, names, scorer=fuzz.ratio, score_cutoff=100 * least, limit=limit):
        yield key
