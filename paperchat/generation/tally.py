"""What the record tells of the whole set, counted: the authors, journals and keywords of most papers."""

from collections import Counter
from collections.abc import Callable, Sequence

from paperchat.bibliography import OTHERS
from paperchat.dialogue.record_questions import Tallied, tallied
from paperchat.generation.about_set import EMPTY, Said, counted
from paperchat.retrieval.library import Library
from paperchat.text.cleaning import clean
from paperchat.types import Paper

MOST = 15
"""Most names that are told, those of most papers first."""

_NAMES: dict[Tallied, Callable[[Paper], Sequence[str]]] = {
    "authors": lambda paper: [one.name for one in paper.details.authors if one != OTHERS],
    "journals": lambda paper: [paper.details.venue] if paper.details.venue else [],
    "keywords": lambda paper: paper.details.keywords,
}


def told_of_set(question: str, library: Library) -> Said:
    """Say how many authors, journals or keywords the papers have, and which have the most of them."""
    what = tallied(question)
    papers = library.papers
    if not papers or what is None:
        return EMPTY, ()
    named = [list(dict.fromkeys(clean(name) for name in _NAMES[what](paper))) for paper in papers]
    found = Counter(name for names in named for name in names)
    if not found:
        return f"The record tells no {what} of {_these(len(papers))}.", ()
    telling = sum(map(bool, named))
    whole = counted(len(papers)) if telling == len(papers) else f"{telling:,} of {counted(len(papers))}"
    shown = found.most_common(MOST)
    ends = ":" if len(shown) == len(found) else "; those of most papers:"
    called = what if len(found) > 1 else what.removesuffix("s")
    return f"{whole}, {len(found):,} {called}{ends}", tuple(f"{name}: {counted(count)}" for name, count in shown)


def _these(count: int) -> str:
    return f"these {count:,} papers" if count > 1 else "this paper"
