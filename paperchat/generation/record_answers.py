"""Answers from the record of a paper: who wrote it, when and where it came out, where it is found."""

from collections.abc import Sequence
from dataclasses import replace

from paperchat.bibliography import Details
from paperchat.dialogue.acts import TOLD
from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.coreference import referred
from paperchat.dialogue.record_questions import Field, wanted_of_record
from paperchat.export.csl import url_of
from paperchat.generation.citing import named_in
from paperchat.generation.extractive import unranked
from paperchat.generation.last_answer import replied
from paperchat.text.cleaning import clean
from paperchat.types import Answer, Paper

MOST = 25
"""Most papers of which the record is told at once."""

ALIKE = 3
"""Most papers that one name may mean: words that more titles have name none."""

DAY = 3
"""Parts of a date that tells the day."""

UNCOUNTED = "The record does not tell how often a paper is cited."

_CALLED: dict[Field, str] = {
    "authors": "authors", "year": "year", "venue": "journal or conference", "link": "DOI or link",
    "keywords": "keywords", "citations": "citations",
}  # fmt: skip


def told_of_paper(question: str, conversation: Conversation) -> Answer | None:
    """Return what the record tells of the papers that a question names or points at; None where it names none."""
    wanted = wanted_of_record(question)
    if wanted is None:
        return None
    if wanted.fields == ("citations",):
        return replied(question, TOLD, UNCOUNTED)
    papers = _papers(question, wanted.left, conversation)
    if not papers:
        return None
    shown = papers[:MOST]
    if len(shown) == 1:
        said, lines = " ".join(_sentence(field, shown[0]) for field in wanted.fields), []
    else:
        said = f"From the record of {len(shown)} papers:"
        lines = [" ".join(_sentence(field, paper) for field in wanted.fields) for paper in shown]
    return replace(replied(question, TOLD, said, lines), results=unranked(shown))


def _papers(question: str, left: str, conversation: Conversation) -> Sequence[Paper]:
    """Return the papers that a question points at, or that what is left of it names: all of the last answer by none."""
    if conversation and (above := referred(question, conversation)):
        return above
    named = named_in(left, conversation.library)
    if named is None:
        return conversation.last_papers if conversation else ()
    return named if len(named) <= ALIKE else ()


def _sentence(field: Field, paper: Paper) -> str:
    """Return what the record tells of a paper, or that it does not."""
    title, details = f"“{clean(paper.title)}”", paper.details
    told = {
        "authors": f"{title} is by {_joined([one.name for one in details.authors])}." if details.authors else "",
        "year": f"{title} came out {_when(details)}." if details.date else "",
        "venue": f"{title} appeared in {_where(paper)}." if details.venue else "",
        "link": f"{title} is at {_link(paper)}." if _link(paper) else "",
        "keywords": f"The keywords of {title}: {', '.join(details.keywords)}." if details.keywords else "",
        "citations": UNCOUNTED,
    }
    return told[field] or f"The record has no {_CALLED[field]} of {title}."


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _when(details: Details) -> str:
    return f"{'on' if len(details.date) == DAY else 'in'} {details.told('published')}"


def _where(paper: Paper) -> str:
    details = paper.details
    volume = details.volume and f"volume {details.volume}"
    issue = details.issue and f"issue {details.issue}"
    pages = details.pages and f"pages {details.pages}"
    return ", ".join(filter(None, (clean(details.venue), volume, issue, pages)))


def _link(paper: Paper) -> str:
    details = paper.details
    if details.doi:
        return f"https://doi.org/{details.doi}"
    return url_of(details)
