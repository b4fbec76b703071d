"""How a large set is looked through for a list: in stages, the likeliest papers first, until members become rare."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from paperchat.retrieval.fusion import dense_legs, fuse
from paperchat.types import Leg

STAGE = 400
"""Papers that are judged before it is asked whether it is worth going on."""

MOST = 4_000
"""Most papers that are judged: some three seconds on two cores."""

RARE = 0.01
"""A stage that adds no more than this share of the members found before is the last."""

SLOWEST = 0.9
"""Greatest share of a stage's members that the next one is thought to have."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is known of the papers that were not judged: `members` of the `last` ones that were are of the list.

    So about as many as `expected` are thought to be among the others.
    """

    last: int = 0
    members: int = 0
    expected: int = 0


ALL = Rest()
"""All were judged."""


def in_order(near: Iterable[tuple[str, float]], keyword: Mapping[str, Leg]) -> list[str]:
    """Return the papers that words or vectors found, the likeliest first, MOST at most.

    `near` are papers with the cosines of their chunks, a paper as often as it has chunks, best first.
    """
    best: dict[str, float] = {}
    for paper_id, cosine in near:
        best.setdefault(paper_id, cosine)
    return [one.paper_id for one in fuse(dense_legs(best), keyword, MOST)]


def look_through(ordered: Sequence[str], judge: Callable[[Sequence[str]], int]) -> int:
    """Judge papers in stages; return how many were. `judge` judges a stage, and returns how many of it seem members."""
    members = seen = 0
    for start in range(0, len(ordered), STAGE):
        stage = ordered[start : start + STAGE]
        found, seen = judge(stage), seen + len(stage)
        if len(stage) == STAGE and found <= RARE * members:
            break
        members += found
    return seen


def rest_of(judged: Sequence[str], members: Collection[str], of: int) -> Rest:
    """Return what is known of the others of a set `of` so many, by how many were members of each stage judged."""
    stages = [judged[start : start + STAGE] for start in range(0, len(judged), STAGE)]
    yields = [sum(key in members for key in stage) for stage in stages]
    if not yields:
        return ALL
    return Rest(len(stages[-1]), yields[-1], min(of - len(judged), still_expected(yields)))


def still_expected(yields: Sequence[int]) -> int:
    """Return how many members are thought to be behind these stages, as they become fewer from each to the next."""
    if not yields or not yields[-1]:
        return 0
    before = yields[-2] if len(yields) > 1 else yields[-1]
    fall = min(SLOWEST, yields[-1] / max(before, 1))
    return round(yields[-1] * fall / (1 - fall))
