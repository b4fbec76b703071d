"""Requests for references: of the papers that the last answer cites, or of papers that are named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.coreference import referred
from paperchat.export.references import FORMATS, format_references
from paperchat.generation.about_set import counted
from paperchat.generation.extractive import unranked
from paperchat.generation.last_answer import replied
from paperchat.retrieval.library import Library
from paperchat.retrieval.lookup import KEYED
from paperchat.text import lexicon
from paperchat.text.cleaning import clean
from paperchat.types import Answer, Paper

USUAL = "apa"
"""The style where none is named."""

RECORD = "The record has titles and abstracts, but no authors, journals or dates: add them before you publish."

_LACKS = "The record has no {}{}: add them before you publish."

ALIKE = 5
"""Most papers that are cited for words that several titles have."""

SEVERAL = 25
"""Most of them where several papers are asked for."""

NEAREST = 3
"""Most titles offered for a name that no paper has."""

_WRITTEN = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON", "chicago": "Chicago", "harvard": "Harvard"}

_STYLE = re.compile(rf"\b({'|'.join(FORMATS)}|bib|bibtext|tex|latex|json)\b", re.IGNORECASE)

_CALLED = {"bib": "bibtex", "bibtext": "bibtex", "tex": "bibtex", "latex": "bibtex", "json": "csl"}
"""What else a format is called."""

_ALL = re.compile(
    r"\b(?:so far|all (?:of )?(?:the )?(?:papers|sources|citations)|every paper|everything)\b", re.IGNORECASE
)

_WORD = re.compile(r"\S+")

_SEVERAL = re.compile(rf"\b{lexicon.any_of('works.several')}\b", re.IGNORECASE)

_TITLED = "words of its title"

_QUOTED = re.compile('[\u201c"\u00ab]([^\u201c\u201d"\u00ab\u00bb]+)[\u201d"\u00bb]')

_PARTS = re.compile(r"[,;&]|\band\b", re.IGNORECASE)

_AROUND = lexicon.words("citing") | lexicon.words("stop_words.searching") | lexicon.words("works")
"""Words of a request for references that are no part of a name at its ends."""


def style_of(question: str) -> str:
    """Return the format of references that a request names, one of FORMATS."""
    found = _STYLE.search(question)
    called = found[1].lower() if found else USUAL
    return _CALLED.get(called, called)


def referenced(question: str, conversation: Conversation) -> Answer:
    """Return references of the papers that the last answer cites, or of those above that the request points at."""
    papers = referred(question, conversation) or conversation.last_papers
    if _ALL.search(question):
        papers = conversation.order or papers
    if not papers:
        return replied(question, "last.cite", "The answer above cites no paper.")
    return _references(question, "last.cite", papers)


def referenced_by_name(question: str, conversation: Conversation) -> Answer:
    """Return the references of the papers that a request names; one that is not found is said not to be."""
    library = conversation.library
    above = referred(question, conversation) if conversation else ()
    names = () if above else _names(question)
    most = SEVERAL if _SEVERAL.search(question) else ALIKE
    found = {name: _called(name, library, most) for name in names}
    papers = dict.fromkeys((*above, *(paper for own in found.values() for paper in own)))
    missing = [f"I found no paper called “{name}”." for name, own in found.items() if not own]
    if papers:
        answer = _references(question, "cite.named", tuple(papers))
        return replace(answer, notices=(*missing, *answer.notices))
    if not missing:
        return replied(question, "cite.named", "Which paper do you mean? Name it by its title, or by a word of it.")
    near = [clean(one.paper.title) for one in library.suggest(" ".join(names), NEAREST)]
    return replied(question, "cite.named", f"{' '.join(missing)}{' Nearest in the set:' * bool(near)}", near)


def _names(question: str) -> tuple[str, ...]:
    """Return what a request calls the papers: what it quotes, or what is left without the words of the request."""
    quoted = [found[1].strip() for found in _QUOTED.finditer(question)]
    if quoted:
        return tuple(dict.fromkeys(quoted))
    named = _without_request(question)
    return (named,) if named else ()


def named_in(left: str, library: Library) -> tuple[Paper, ...] | None:
    """Return the papers that what is left of a request names, none where no paper is called so; None without a name."""
    names = _names(left)
    if not names:
        return None
    return tuple(dict.fromkeys(paper for name in names for paper in _called(name, library, ALIKE)))


def _without_request(text: str) -> str:
    words = [found[0].strip(".,;:!?()") for found in _WORD.finditer(text)]
    own = [place for place, word in enumerate(words) if word and not _is_around(word)]
    return " ".join(_WORD.findall(text)[own[0] : own[-1] + 1]).strip(".,;:!?() ") if own else ""


def _is_around(word: str) -> bool:
    return word.lower() in _AROUND or _STYLE.fullmatch(word) is not None


def _called(name: str, library: Library, most: int) -> tuple[Paper, ...]:
    """Return the papers of a name; of "GenView and CroCo", those of each where no title has both."""
    whole = _meant(name, library, most)
    parts = [part for part in map(_without_request, _PARTS.split(name)) if part]
    if whole or len(parts) < 2:  # noqa: PLR2004
        return whole
    return tuple(paper for part in parts for paper in _meant(part, library, most))


def _meant(name: str, library: Library, most: int) -> tuple[Paper, ...]:
    """Return the paper of a name, or at most so many whose titles have all its words."""
    found = library.suggest(name, most)
    if not found or found[0].reason == "near in meaning":
        return ()
    if found[0].reason == KEYED:
        return tuple(one.paper for one in found if one.reason == KEYED)
    if most == SEVERAL or found[0].reason == _TITLED:
        titled = tuple(one.paper for one in found if one.reason in (_TITLED, "its name begins so"))
        return titled or (found[0].paper,)
    return (found[0].paper,)


def _references(question: str, act: str, papers: Sequence[Paper]) -> Answer:
    """Return the answer that is these papers as references, in the format asked for."""
    style = style_of(question)
    written = _WRITTEN.get(style, style.upper())
    what = counted(len(papers)) if len(papers) > 1 else f"“{clean(papers[0].title)}”"
    answer = replied(question, act, f"{what}, in {written}:", tuple(_blocks(format_references(papers, style), style)))
    return replace(answer, notices=_lacking(papers), results=unranked(papers))


def _lacking(papers: Sequence[Paper]) -> tuple[str, ...]:
    """Return the lines that tell what the record lacks of these papers."""
    untold = [paper for paper in papers if not (paper.details.authors or paper.details.year)]
    if len(untold) == len(papers):
        return (RECORD,)
    lacks = {
        "authors": sum(not paper.details.authors for paper in papers),
        "year": sum(not paper.details.year for paper in papers),
    }
    return tuple(
        _LACKS.format(what, f" of {count:,} of them" * (len(papers) > 1)) for what, count in lacks.items() if count
    )


def _blocks(text: str, style: str) -> Iterator[str]:
    """Yield the references of a text one by one; CSL-JSON is one whole."""
    if style == "csl":
        yield text.strip()
    else:
        parts = text.split("\n\n") if style in ("bibtex", "ris") else text.splitlines()
        yield from (part.strip() for part in parts if part.strip())
