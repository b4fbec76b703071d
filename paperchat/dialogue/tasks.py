"""What people ask to be done with papers beside questions: to summarise one, define a term, give a reading list. Pure.

A request is told by few words (`lexicon/tasks.txt`), in any field; what it is about is what stands around these. One
for papers in an order to read them is told by what was learned (see `reading_lists`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.coreference import points, referred
from paperchat.dialogue.disagreeing import disagreeing
from paperchat.dialogue.reading_lists import READS, asked_to_read, count_of, says_to_read
from paperchat.retrieval.library import Library
from paperchat.text import lexicon
from paperchat.types import RECAST, Paper, Suggestion

Task = Literal[
    "conflict", "summary", "newcomer", "limits", "idea", "findings", "definition", "state", "related", "reading",
    "datasets", "use",
]  # fmt: skip

ORDER: tuple[Task, ...] = (
    "conflict", "related", "reading", "datasets", "use", "state", "newcomer", "limits", "findings", "idea", "summary",
    "definition",
)  # fmt: skip
"""Which request words are taken for, where several may be."""

OF_PAPER: tuple[Task, ...] = ("summary", "newcomer", "limits", "idea", "findings")
"""Requests that one paper meets."""

LEAVES = ("", "cite.named", *RECAST)
"""Acts that a question may seem to be that asks for one of these."""

LEAVES_TOPICS = (*LEAVES, "set.list", "set.themes", "assistant.help", "assistant.files")
"""Acts that one may seem to be that asks for something on a topic: "a reading list on graphs"."""

LEAVES_CONFLICTS = (*LEAVES_TOPICS, "set.about", "set.count", "last.sure", "assistant.trust")
"""Acts that one may seem to be that asks where papers disagree."""

LONGEST_TERM = 6
"""Most words of a term that is defined."""

_ASKED = {
    task: re.compile(rf"\b{lexicon.one_of(lexicon.words(f'tasks.{task}'))}", re.IGNORECASE)
    for task in ORDER
}  # fmt: skip

TASKED = re.compile(
    rf"\b{lexicon.one_of(entry for task in ORDER for entry in lexicon.words(f'tasks.{task}'))}|{READS.pattern}",
    re.IGNORECASE,
)
"""The words of any of them."""

_AROUND = frozenset[str]().union(
    *map(lexicon.words, ("around", "auxiliaries", "citing", "leading", "pronouns", "stop_words.asking", "works")),
    *map(lexicon.words, ("stop_words.comparing", "stop_words.framing", "stop_words.searching")),
)

_OF_READING = _AROUND | lexicon.words("reading")
"""Words of a request for an order that says nothing of what it is about."""

_BEFORE_TERM = lexicon.words("leading") | lexicon.words("citing")
"""Words before "what is" and the like; after any other the words ask for something else."""

_WHETHER = lexicon.words("auxiliaries") - {"can", "could", "will", "would"}
"""Words with which a question begins that asks whether something is so."""

_ARTICLE = re.compile(r"^(?:an?|the)\b", re.IGNORECASE)

_TERM_ENDS = re.compile(
    r"[\s?!.,;:]{0,20}\b(?:please|pls|exactly|means?|here|anyway|again)?[\s?!.]{0,20}$", re.IGNORECASE
)

_ENDS: dict[Task, re.Pattern[str]] = {
    "idea": re.compile(r"\bworks?\W{0,3}$", re.IGNORECASE),
    "findings": re.compile(r"\b(?:find(?: out)?|conclude|discover|show)\W{0,3}$", re.IGNORECASE),
}
"""The verb behind the paper in "how does it work" and "what did it find"."""

_INSIDE = re.compile(
    rf"\b{lexicon.any_of('auxiliaries', 'pronouns', 'works')}\b|\b(?:of|in|on|for|with|by|to|from|and|or|vs|new)\b"
    r"|\b(?:best|better|worst|most|least|main|first|last|latest|newest|largest|smallest|same|difference)\b"
    r"|['\u2019]s\b|[?,;:]",
    re.IGNORECASE,
)
"""What no term has inside: then something of it is asked."""

_QUOTED = re.compile('[\u201c"\u00ab]([^\u201c\u201d"\u00ab\u00bb]{3,300})[\u201d"\u00bb]')

_WORD = re.compile(r"\S+")

_WRITTEN_LIKE_NAME = re.compile(r"\S[A-Z]|\d")
"""What a single word has that is written like the name of a work."""

_POINTS = re.compile(rf"\b{lexicon.any_of('pronouns.single', 'pronouns.own')}\b", re.IGNORECASE)

_NAMED = ("its name", "its title", "a name spelt alike", "a title spelt alike")

_TITLED, _SAID = ("words of its title", "its name begins so"), "a sentence says it"

LOOKED_UP = 3
"""Papers that a name is looked up in: where several have its words, none is meant by them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A request: what it is about, as typed, and the paper that it is of, if of one.

    A request of one paper without one is to be asked back. Of a `conflict` the subject may be one that it `claims`, and
    the papers that are to be compared those `among` these, as those that are to be put in an order to read them, of
    which so many at most are wanted as it has a `count`.
    """

    task: Task
    subject: str
    paper: Paper | None = None
    claims: bool = False
    among: tuple[Paper, ...] = ()
    count: int = 0


def wished(question: str, conversation: Conversation, act: str) -> Wish | None:
    """Return what a question asks to be done, None for any other question; `act` is what it was taken for."""
    for task in ORDER:
        wish = _wish(task, question, conversation) if act in _leaves(task) else None
        if wish and not (act in RECAST and wish.paper is None):
            return wish
    return None


def _wish(task: Task, question: str, conversation: Conversation) -> Wish | None:
    """Return what a question asks to be done, if it is this."""
    found = _ASKED[task].search(question)
    if task == "reading":
        return _to_read(question, found, conversation)
    if found is None:
        return None
    before, after = question[: found.start()], question[found.end() :]
    if task == "conflict":
        return _of_conflict(before, found[0], after, conversation)
    if task == "definition":
        return _of_term(before, after, conversation)
    return _around(task, before, after, conversation)


def _leaves(task: Task) -> tuple[str, ...]:
    """Return the acts that a question may seem to be that asks for this."""
    if task == "conflict":
        return LEAVES_CONFLICTS
    return LEAVES if task in OF_PAPER or task == "definition" else LEAVES_TOPICS


def _around(task: Task, before: str, after: str, conversation: Conversation) -> Wish | None:
    """Return the request that words of a task are, between what stands before and after them."""
    left, right = _without_ends(before), _without_ends(after)
    whether = next(_plain(before), "") in _WHETHER
    if whether or (left and right and task not in ("related", "newcomer")):
        return None
    if task not in OF_PAPER:
        subject = right or left
        of_one = task == "datasets" and _named(subject, conversation.library) is not None
        return Wish(task, subject) if subject and not of_one else None
    subject = right or left
    if (verb := _ENDS.get(task)) and verb.search(subject):
        subject = _without_ends(verb.sub("", subject))
    paper = _paper(f"{before} {after}", subject, conversation)
    if paper or (not subject and task in ("summary", "limits") and _POINTS.search(f"{before} {after}")):
        return Wish(task, subject, paper)
    return None


def _to_read(question: str, named: re.Match[str] | None, conversation: Conversation) -> Wish | None:
    """Return the request for papers in an order to read them: those on a topic, or those that stand above."""
    if conversation and says_to_read(question) and all(word in _OF_READING for word in _plain(question)):
        above = (referred(question, conversation) if points(question) else ()) or conversation.last_papers
        topic = _without_ends(conversation.library.guess(conversation.last.question).about)
        return Wish("reading", topic, among=above, count=count_of(question)) if len(above) > 1 else None
    asked = asked_to_read(question, conversation.library.guess(question)) if READS.search(question) else None
    subject = _without_ends(asked.about) if asked else ""
    if named and not asked and not _without_ends(question[: named.start()]):
        subject = _without_ends(question[named.end() :])
    return Wish("reading", subject, count=asked.count if asked else count_of(question)) if subject else None


def _of_term(before: str, after: str, conversation: Conversation) -> Wish | None:
    """Return the request to define what stands after "what is", or to say what the work of that name is."""
    if any(word not in _BEFORE_TERM for word in _plain(before)):
        return None
    subject = _TERM_ENDS.sub("", after).strip(" \"'\u201c\u201d\u2018\u2019")
    article = _ARTICLE.match(subject)
    term = _ARTICLE.sub("", subject).strip()
    if not term or len(term.split()) > LONGEST_TERM or _INSIDE.search(term):
        return None
    paper = _named(term, conversation.library)
    if paper:
        return Wish("idea", term, paper)
    the = article is not None and article[0].lower() == "the"
    return None if the and (conversation or " " not in term) else Wish("definition", term)


def _of_conflict(before: str, asked: str, after: str, conversation: Conversation) -> Wish | None:
    """Return the request to tell where papers disagree: all, those on a topic, those above, or with a claim."""
    found = disagreeing(before, asked, after)
    if found is None:
        return None
    subject = _without_ends(found.subject)
    above = conversation.last_papers if conversation and found.above and not subject else ()
    if (found.who or found.claims) and not subject:
        return None
    return Wish("conflict", subject, claims=found.claims, among=above if len(above) > 1 else ())


def _paper(text: str, subject: str, conversation: Conversation) -> Paper | None:
    """Return the one paper that words mean: by its title or name, or one of the conversation."""
    quoted = _QUOTED.search(text)
    if quoted or subject:
        return _named(quoted[1] if quoted else subject, conversation.library, titled=True) or _above(text, conversation)
    return _above(text, conversation)


def _above(text: str, conversation: Conversation) -> Paper | None:
    """Return the one paper of the conversation that words point at."""
    if not conversation:
        return None
    meant = referred(text, conversation) if points(text) else ()
    papers = meant or (conversation.last_papers if not _without_ends(text) else ())
    return papers[0] if len(papers) == 1 else None


def _named(subject: str, library: Library, titled: bool = False) -> Paper | None:
    """Return the paper of a name, or with `titled` also the only one whose title has all words of the subject."""
    found = library.suggest(subject, LOOKED_UP)
    best = found[0] if found else None
    if best is None:
        return None
    alone = len([one for one in found if one.reason == best.reason]) == 1
    if best.reason in _NAMED or (titled and best.reason in _TITLED and alone):
        return best.paper
    is_like_name = len(subject.split()) == 1 and _WRITTEN_LIKE_NAME.search(subject)
    return best.paper if is_like_name and _is_only(best, found) else None


def _is_only(best: Suggestion, found: tuple[Suggestion, ...]) -> bool:
    """Tell whether a name is of one paper alone, in its title or in a sentence."""
    return best.reason in (*_TITLED, _SAID) and len([one for one in found if one.reason == best.reason]) == 1


def _without_ends(text: str) -> str:
    """Return a text without the words at its ends that only ask."""
    words = _WORD.findall(text)
    own = [place for place, word in enumerate(words) if not all(part in _AROUND for part in _plain(word))]
    return _possessor(" ".join(words[own[0] : own[-1] + 1]).strip(".,;:!?()[] ")) if own else ""


def _possessor(text: str) -> str:
    """Return "GraphMAE" for "GraphMAE's"."""
    return text.removesuffix("'s").removesuffix("\u2019s").removesuffix("'")


def _plain(text: str) -> Iterator[str]:
    bare = (_possessor(part.strip(".,;:!?()[]\"'\u201c\u201d\u2018\u2019")) for part in text.lower().split())
    return (word for word in bare if word)
