"""What is said of the set itself, from its record: how many papers, which, on what, and what the record tells of them.

Authors, dates and venues are told as far as the sources of the papers had them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import fmean

from paperchat.dialogue.acts import LACKS
from paperchat.retrieval.library import Library
from paperchat.retrieval.themes import SAMPLE, Theme
from paperchat.text import lexicon
from paperchat.text.cleaning import clean, normalised
from paperchat.text.language_id import language_of
from paperchat.types import Paper

WHOLE, FIRST = 200, 100
"""Most titles that are shown at once, and how many are of a larger set."""

SOURCES = 3
"""Most files that papers came from which are told."""

EXAMPLES = 2
"""Papers that stand for a subject."""

ENDS = 3
"""Papers that are told as those that came in first, and last."""

LOOKED_AT = 300
"""Most papers whose language is told; of more, as many are taken evenly through the set."""

UNDATED = "The record has a title and an abstract of each paper, but no date."

EMPTY = "There are no papers here yet: `paperchat index FILE` adds some."

Said = tuple[str, tuple[str, ...]]
"""What is said, and the lines below it."""


def count(library: Library) -> Said:
    """Say how many papers there are, and from which files."""
    papers = library.papers
    return (f"{counted(len(papers))}, {_sources(papers)}." if papers else EMPTY), ()


def titles(library: Library) -> Said:
    """List the papers by title, in the order in which they came in: all, or the first of very many."""
    papers = library.papers
    shown = _shown(papers)
    said = f"All {counted(len(papers))}, in the order in which they came in:" if len(papers) > 1 else "The only paper:"
    if shown != papers:
        said = f"The first {len(shown)} of {counted(len(papers))}; `paperchat papers` prints all of them:"
    return (said if papers else EMPTY), tuple(clean(paper.title) for paper in shown)


def themes(library: Library) -> Said:
    """Say what the papers are about: groups over the whole set, or a sample of a very large one."""
    found, papers = library.themes(), library.papers
    if not found.themes:
        return titles(library)
    whole = counted(len(papers))
    taken = "taken evenly" if len(papers) > SAMPLE else "those with an abstract"
    judged = whole if found.judged == len(papers) else f"{found.judged:,} of {whole}, {taken}"
    said = f"{judged}, in {len(found.themes)} groups by what they are about, each named by words of its titles:"
    return said, tuple(map(_theme, found.themes))


def years(library: Library) -> Said:
    """Say from which years the papers are, and which are the newest, as far as the record has their dates."""
    if not library.papers:
        return EMPTY, ()
    dated = sorted((p for p in library.papers if p.details.year), key=lambda p: p.details.date, reverse=True)
    if dated:
        span = " to ".join(dict.fromkeys((str(dated[-1].details.year), str(dated[0].details.year))))
        last = dated[max(ENDS, len(dated) - ENDS) :]
        ends = "The newest, and the oldest" if last else "The newest"
        said = f"{len(dated):,} of {counted(len(library.papers))} have a year in the record: {span}. {ends}:"
        return said, tuple(f"{p.details.year}: “{clean(p.title)}”" for p in (*dated[:ENDS], *last))
    said = (
        f"{UNDATED} So I cannot tell which of the {counted(len(library.papers))} is the newest, or from when they are."
    )
    return said, ()


def added(library: Library) -> Said:
    """Say which papers came in first and last, and from which files."""
    papers = library.papers
    if not papers:
        return EMPTY, ()
    said = (
        f"{counted(len(papers))}, {_sources(papers)}. The record keeps the order in which papers came in, not the day."
    )
    first, last = (f"“{clean(paper.title)}”" for paper in (papers[0], papers[-1]))
    files = len({paper.source for paper in papers})
    lines = [f"First: {first}", f"Last: {last}"] if len(papers) > 1 else [f"It is {first}"]
    newest = Counter(paper.source for paper in papers)[papers[-1].source]
    return said, (*lines, *[f"The last file: {clean(papers[-1].source)}, {counted(newest)}"] * (files > 1))


def about(library: Library) -> Said:
    """Say what the record holds of the papers, and what it does not."""
    papers = library.papers
    if not papers:
        return EMPTY, ()
    details = [paper.details for paper in papers]
    had = {
        "authors": sum(bool(one.authors) for one in details),
        "journal": sum(bool(one.venue) for one in details),
        "date": sum(bool(one.year) for one in details),
    }
    lacking = ["full text", "figures", *(name for name, held in had.items() if not held)]
    said = (
        f"{counted(len(papers))}, {_sources(papers)}. Of each I have the title and the abstract: "
        f"no {', '.join(lacking[:-1])} or {lacking[-1]}."
    )
    lengths = [len(paper.abstract) for paper in papers if paper.abstract.strip()]
    lines = [f"With {name}: {held:,}" for name, held in had.items() if held]
    lines += [f"Language: {_languages(papers)}"] if lengths else []
    if lengths:
        lines += [
            f"Length of an abstract: {fmean(lengths):,.0f} characters on average, {min(lengths):,} to {max(lengths):,}"
        ]
    lines += [f"Without an abstract: {len(papers) - len(lengths):,}", f"The same abstract twice: {_doubles(papers)}"]
    return said, tuple(lines)


_TOLD: dict[str, Callable[[Paper], object]] = {
    "abstract": lambda paper: paper.abstract.strip(),
    "author": lambda paper: paper.details.authors,
    "year": lambda paper: paper.details.year,
    "venue": lambda paper: paper.details.venue,
    "doi": lambda paper: paper.details.doi,
    "keyword": lambda paper: paper.details.keywords,
}
"""What the record tells of a paper, by the names in `record_fields`."""


def lacking(question: str, library: Library) -> Said:
    """Say of which papers the record does not tell what a question asks for: their number, and their titles."""
    found = LACKS.search(question)
    named = found["field"].lower() if found else ""
    (field,) = (kind for called, kind in lexicon.rows("record_fields", 2) if called == named)
    papers = [paper for paper in library.papers if not _TOLD[field](paper)]
    whole, called = counted(len(library.papers)), field.upper() if field == "doi" else field
    if not papers:
        return (f"The record tells the {called} of all {whole}." if library.papers else EMPTY), ()
    kept = " They are found by title, listed and cited." if field == "abstract" else ""
    shown = _shown(papers)
    first = f" The first {len(shown)}:" if len(shown) < len(papers) else ""
    said = f"Of {len(papers):,} of {whole} the record has no {called}.{kept}{first}"
    return said, tuple(clean(paper.title) for paper in shown)


def _shown(papers: Sequence[Paper]) -> Sequence[Paper]:
    return papers if len(papers) <= WHOLE else papers[:FIRST]


def counted(papers: int) -> str:
    """Return a number of papers in words."""
    return f"{papers:,} paper{'s' * (papers != 1)}"


def _sources(papers: Sequence[Paper]) -> str:
    """Return from which files papers came, those of most papers first."""
    found = Counter(clean(paper.source) for paper in papers).most_common()
    if len(found) == 1:
        return f"{'all ' * (len(papers) > 1)}from {found[0][0]}"
    named = [f"{count:,} from {source}" for source, count in found[:SOURCES]]
    others = sum(count for _, count in found[SOURCES:])
    return ", ".join([*named, *[f"{others:,} from {len(found) - SOURCES:,} more files"] * bool(others)])


def _languages(papers: Sequence[Paper]) -> str:
    """Return the languages of abstracts, those of most first."""
    looked = [paper.abstract for paper in papers[:: -(-len(papers) // LOOKED_AT)] if paper.abstract.strip()]
    found = Counter(map(language_of, looked)).most_common()
    if len(found) == 1:
        return found[0][0] if len(looked) == len(papers) else f"{found[0][0]}, by {len(looked):,} of them"
    return ", ".join(f"{language} {count:,}" for language, count in found) + f", of {len(looked):,} looked at"


def _doubles(papers: Sequence[Paper]) -> str:
    """Return how many papers have an abstract that another one before them has."""
    texts = [normalised(paper.abstract) for paper in papers if paper.abstract.strip()]
    return counted(len(texts) - len(set(texts))) if len(set(texts)) < len(texts) else "none"


def _theme(theme: Theme) -> str:
    name = ", ".join(theme.names) if theme.names else "other subjects"
    examples = "; ".join(f"“{clean(paper.title)}”" for paper in theme.papers[:EXAMPLES])
    such = "such as " * (len(theme.papers) > EXAMPLES)
    return f"{name[0].upper()}{name[1:]} ({counted(len(theme.papers))}), {such}{examples}"
