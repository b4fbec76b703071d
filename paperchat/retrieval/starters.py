"""Questions to begin with, made of a set: what a paper reached, how it works, who is on a subject, how two compare.

Each is to be tried before it is offered. Pure but for what the papers' vectors tell.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from paperchat.query.proposal import Proposal
from paperchat.retrieval.themes import Theme, phrases
from paperchat.text import lexicon
from paperchat.text.called import called, coined, is_named
from paperchat.text.paper_text import PaperText
from paperchat.types import Paper

EXAMPLES = (
    "What accuracy does Mugs reach on ImageNet?",
    "Which papers work on graphs?",
    "How can reinforcement learning use gradient boosting trees?",
    "Compare GraphMAE with D-SLA",
)
"""Questions to begin with over the papers that come with paperchat."""

EACH = 8
"""Most questions of one kind that are made."""

DEEP = 6
"""Papers of a subject, those nearest to its middle, of which questions are made."""

MANY = 15
"""Papers whose titles have a phrase from which on a list of them is long to read."""

_REACHED = re.compile(rf"\b{lexicon.any_of('reached')}\b(?=.{{0,60}}\d)|\d%? {lexicon.any_of('reached')}\b")

_MEASURE = re.compile(rf"{lexicon.any_of('reached')}\b")

_FIGURE = re.compile(r"(?<![\w.-])\d{1,6}(?:\.\d{1,6})?(?![\w-])")

_ON = re.compile(r"\bon (?:the )?(?P<data>[A-Z][\w-]{1,30}(?: [A-Z\d][\w-]{0,30}){0,2})")

_OWN = re.compile(r"\b(?:we|our|it)\b", re.IGNORECASE)

_RELATES = re.compile(
    rf"^(?:the )?(?P<how>{lexicon.any_of('title_relations')}) (?:of|between) (?P<what>[^:.?!]{{3,90}})", re.IGNORECASE
)

_SINGLE = ("between",)


@dataclass(frozen=True, slots=True)
class Set:
    """What questions are made of: the subjects of a set, how to read its papers, and what a paper is called in short.

    `name` returns an empty string for a paper that has no short name that is its own.
    """

    themes: Sequence[Theme]
    read: Callable[[Sequence[Paper]], Sequence[PaperText]]
    name: Callable[[Paper], str]


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of the set as the map calls it, and by each of its names what asks for its papers, to be tried."""

    called: str
    asked: tuple[tuple[str, Proposal], ...]


def starters(of: Set) -> tuple[tuple[Proposal, ...], ...]:
    """Return questions to begin with, kind by kind; of each kind the first that is answered may be offered."""
    texts = of.read(list(islice(_central(of.themes), 10 * EACH)))
    kinds: tuple[Iterable[Proposal], ...] = (
        figures(texts, of.name),
        (listing(_phrase(theme), theme, of.themes) for theme in of.themes if theme.names),
        _workings(texts, of),
        _comparisons(of),
        _definitions(of.themes),
        (reading_list(_many(theme.names[0], theme), theme, of.themes) for theme in of.themes if theme.names),
    )
    made = (tuple(islice(kind, EACH)) for kind in kinds)
    return tuple(kind for kind in made if kind)


def on_theme(theme: Theme, themes: Sequence[Theme]) -> Subject:
    """Return a theme as a subject: asked for all its papers, by the name of most words first, or for the main ones."""
    names = [_many(name, theme) for name in sorted(theme.names, key=lambda name: -len(name.split()))]
    lists = [(name, listing(name, theme, themes)) for name in names]
    return Subject(", ".join(theme.names), (*lists, *((name, reading_list(name, theme, themes)) for name in names)))


def listing(name: str, theme: Theme, themes: Sequence[Theme]) -> Proposal:
    """Return the request for all papers on a subject of this name."""
    return Proposal(f"Which papers are about {name}?", form="list", among=_ids([theme]), apart=_apart(theme, themes))


def reading_list(name: str, theme: Theme, themes: Sequence[Theme]) -> Proposal:
    """Return the request for what to read first on a subject of this name."""
    return Proposal(f"A reading list on {name}", form="list", among=_ids([theme]), apart=_apart(theme, themes))


def _ids(themes: Iterable[Theme]) -> frozenset[str]:
    return frozenset(paper.id for theme in themes for paper in theme.papers)


def _apart(theme: Theme, themes: Sequence[Theme]) -> frozenset[str]:
    return _ids(other for other in themes if other.papers != theme.papers)


def _phrase(theme: Theme) -> str:
    """Return a phrase of several titles of a subject, of which a list is not long, or else its first name."""
    fit = (phrase for phrase, count in phrases(theme.papers) if count <= MANY)
    return _many(next(fit, theme.names[0]), theme)


def _many(name: str, theme: Theme) -> str:
    """Return the plural of a name where several papers of its subject write it, as of "graph", not of "speech"."""
    plural = f"{name}s"
    written = (plural.casefold() in f"{paper.title} {paper.abstract}".casefold() for paper in theme.papers)
    return plural if sum(written) > 1 else name


def _definitions(themes: Sequence[Theme]) -> Iterator[Proposal]:
    """Yield questions for what a subject is."""
    for theme in themes:
        yield from (Proposal(f"What is {name}?", told=name) for name in theme.names[:1] if _is_single(name))


def _is_single(name: str) -> bool:
    """Tell whether a name is no plural, of which one asks otherwise."""
    return not name.endswith("s") or name.endswith(("ss", "is", "us"))


def _central(themes: Sequence[Theme]) -> Iterator[Paper]:
    """Yield papers that stand for the set: the middle one of each subject, then the next of each."""
    for row in zip_longest(*(theme.papers[: 2 * DEEP] for theme in themes)):
        yield from filter(None, row)


# ---- of one paper


def figures(texts: Iterable[PaperText], named: Callable[[Paper], str]) -> Iterator[Proposal]:
    """Yield questions for a number that a paper tells of its own work, of those that are `named` in short."""
    for text in texts:
        name = named(text.paper)
        for sentence, cleaned in zip(text.sentences, text.cleaned, strict=True):
            if name and (name in cleaned or _OWN.search(cleaned)) and _REACHED.search(cleaned):
                yield _figure(text, name, sentence.text, cleaned)
                break


def _figure(text: PaperText, name: str, verbatim: str, cleaned: str) -> Proposal:
    measure, on, number = _MEASURE.search(cleaned), _ON.search(cleaned), _FIGURE.search(verbatim)
    where = f" on {on['data']}" if on else ""
    question = f"What {measure[0] if measure else ''} does {name} reach{where}?"
    return Proposal(question, (text.paper.id,), told=number[0] if number else "")


def _workings(texts: Sequence[PaperText], of: Set) -> Iterator[Proposal]:
    """Yield questions for how a work with a short name works, or for what a title relates."""
    for text in texts:
        name = of.name(text.paper)
        asked = _related(text.title) or (f"How does {name} work?" if name else "")
        if asked:
            yield Proposal(asked, (text.paper.id,), told=name if not _related(text.title) else "")


def _related(title: str) -> str:
    """Return the question that a title such as "Effects of A on B" answers, or an empty string."""
    found = _RELATES.match(title)
    if not found:
        return ""
    how, what = found["how"].lower(), found["what"].strip()
    joint = "between" if title[found.end("how") :].lstrip().lower().startswith(_SINGLE) else "of"
    return f"What {'are' if how.endswith('s') else 'is'} the {how} {joint} {what}?"


# ---- of several


def _comparisons(of: Set) -> Iterator[Proposal]:
    """Yield requests to compare two papers of one subject that have short names, those first that lie close."""
    for theme in of.themes:
        named = [(paper, name) for paper in theme.papers[: 2 * DEEP] if (name := of.name(paper))]
        if len(named) > 1:
            (one, first), (other, second) = named[:2]
            yield Proposal(f"Compare {first} with {second}", (one.id, other.id), "table")


def short_name(text: PaperText, is_alone: Callable[[str], bool]) -> str:
    """Return what a paper is called in short: by its title, or as it calls what it proposes.

    `is_alone` tells whether no other paper has the words of a name.
    """
    name = called(text.paper.title)
    if name and (is_named(name) or is_alone(name)):
        return name
    name = coined(text.cleaned)
    return name if name and is_alone(name) else ""
