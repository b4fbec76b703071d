"""What can be asked on after an answer, made of its papers: what was not asked of them yet, and what is near them.

Each is to be tried before it is offered. Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from paperchat.query.proposal import Proposal
from paperchat.query.zones import asked_zones
from paperchat.retrieval.starters import figures, on_theme
from paperchat.retrieval.themes import Theme
from paperchat.text.cleaning import clean
from paperchat.text.paper_text import PaperText
from paperchat.types import Answer, Paper

NAMED = {
    "results": "How well does {} do?",
    "idea": "How does {} work?",
    "data": "What data does {} use?",
    "limits": "What are the limits of {}?",
    "problem": "What problem does {} address?",
    "": "What is {} about?",
}
"""What is asked of a work with a short name, by the part of an abstract that tells it; last, for all of it."""

UNNAMED = {
    "results": "What did {} find?",
    "data": "What data does {} use?",
    "limits": "What are the limits of {}?",
    "": "Summarise {}",
}
"""The same of a paper that has none."""

SIMILAR = "Are there similar papers?"

CITED = ("the first one", "the second one")
"""What the first papers that an answer cites are called where they have no short name, and are not alone."""

OF = 2
"""Papers of an answer of which more is asked."""

NEAR = 4
"""Most papers like one with which it is compared."""

SHORT = 80
"""Most characters of a title by which a paper is named where it has no short name."""


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around an answer: how to read its papers, what they are called in short, those like one, the subjects.

    `about` are the words of a question that say what it is about.
    """

    read: Callable[[Sequence[Paper]], Sequence[PaperText]]
    name: Callable[[Paper], str]
    alike: Callable[[Paper], Sequence[Paper]]
    themes: Sequence[Theme]
    about: str

    def called(self, paper: Paper) -> str:
        """Return what a paper is called in a question."""
        return self.name(paper) or f"“{clean(paper.title)}”"

    def is_short(self, paper: Paper) -> bool:
        """Tell whether a question that calls a paper stays short."""
        return bool(self.name(paper)) or len(clean(paper.title)) <= SHORT


def follow_ups(answers: Sequence[Answer], around: Around) -> tuple[tuple[Proposal, ...], ...]:
    """Return what can be asked after the last of these answers, kind by kind, the likeliest of each kind first.

    Of each kind the first that is answered may be offered.
    """
    answer, asked = answers[-1], {one.question.casefold() for one in answers}
    papers = answer.cited or _nearest(answer, around)
    if not papers:
        return ()
    called = _pointed(answer, papers[:OF], around)
    first, *more = _of_papers(answer, called, around)
    if answer.abstained:
        numbers = tuple(figures(around.read(papers[:OF]), around.name))
        kinds = [numbers, _near_miss(around), first, *more, _comparisons(answer, papers, around, called)]
    else:
        similar = (Proposal(SIMILAR, form="list"),) if len(answer.cited) == 1 else ()
        kinds = [first, _comparisons(answer, papers, around, called), _lists(answer, papers[0], around), *more, similar]
    unasked = [tuple(one for one in kind if one.question.casefold() not in asked) for kind in kinds]
    return tuple(kind for kind in unasked if kind)


def _nearest(answer: Answer, around: Around) -> tuple[Paper, ...]:
    """Return the papers nearest to a question that was not answered: those that it names, where it does."""
    found = tuple(result.paper for result in answer.results)
    named = [paper for paper in found if (name := around.name(paper)) and name in answer.question]
    return tuple(named) or found


def _near_miss(around: Around) -> tuple[Proposal, ...]:
    """Return the request for all papers on what a question was about that no paper answers."""
    return (Proposal(f"Which papers are about {around.about}?", form="list"),) if around.about else ()


def _pointed(answer: Answer, papers: Sequence[Paper], around: Around) -> dict[Paper, str]:
    """Return what papers are called after this answer: by a name, by their place in what it cites, or by title."""
    cited = ("this paper",) if len(answer.cited) == 1 else CITED if answer.cited else ()
    places = dict(zip(papers, cited, strict=False))
    short = [paper for paper in papers if paper in places or around.is_short(paper)]
    return {paper: around.name(paper) or places.get(paper, around.called(paper)) for paper in short}


def _of_papers(answer: Answer, called: Mapping[Paper, str], around: Around) -> list[tuple[Proposal, ...]]:
    """Return for each part of an abstract what asks these papers for it, but for what the question asked."""
    told, kinds = {zone.name for zone in asked_zones(answer.question)}, []
    for zone in NAMED:
        shows = "" if zone == "limits" else zone  # limits have no sure words: what states none is declined
        asked = [(paper, _question(zone, bool(around.name(paper)), name)) for paper, name in called.items()]
        own = [Proposal(question, (paper.id,), zone=shows) for paper, question in asked if question]
        kinds.append(tuple(own) if zone not in told else ())
    return kinds


def _question(zone: str, is_named: bool, name: str) -> str:
    return (NAMED if is_named else UNNAMED).get(zone, "").format(name)


def _comparison(one: tuple[Paper, str], other: tuple[Paper, str]) -> Proposal:
    """Return the request to put two papers side by side, each with what it is called."""
    return Proposal(f"Compare {one[1]} with {other[1]}", (one[0].id, other[0].id), "table")


def _comparisons(
    answer: Answer, papers: Sequence[Paper], around: Around, called: Mapping[Paper, str]
) -> tuple[Proposal, ...]:
    """Return requests to compare a paper with another one cited, or with one like it; none after a comparison.

    They are `called` as they are after this answer: one with a long title by its place.
    """
    if answer.table:
        return ()
    one, *cited = sorted(papers, key=lambda paper: not around.name(paper))
    alike = sorted(around.alike(one)[:NEAR], key=lambda paper: not around.name(paper))
    names = {paper: around.called(paper) for paper in (one, *alike) if around.is_short(paper)} | dict(called)
    near = dict.fromkeys(other for other in (*cited[:1], *alike) if other in names and other != one)
    return tuple(_comparison((one, names[one]), (other, names[other])) for other in near) if one in names else ()


def _lists(answer: Answer, paper: Paper, around: Around) -> tuple[Proposal, ...]:
    """Return requests for the papers on the subject of a paper, by each name of it that stands there."""
    theme = next((one for one in around.themes if paper in one.papers), None)
    if theme is None or answer.form == "list":
        return ()
    said = clean(f"{paper.title}. {paper.abstract}").casefold()
    names = [name for name in theme.names if name.casefold() in said]
    return tuple(proposal for _, proposal in on_theme(replace(theme, names=tuple(names)), around.themes).asked)
