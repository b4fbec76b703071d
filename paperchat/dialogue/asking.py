"""A question in its conversation with the papers that it is asked of: chosen by hand, or said in words. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from paperchat.bibliography import ALL, OTHERS, Scope
from paperchat.dialogue.conversation import Conversation, declined
from paperchat.dialogue.rewriting import FEW_WORDS, search_query
from paperchat.query.intent import read_demands
from paperchat.query.narrowing import Said, read_narrowing
from paperchat.query.qualifiers import merged
from paperchat.query.scope import asking, none_of
from paperchat.retrieval.library import Library
from paperchat.text.cleaning import clean
from paperchat.types import Turn

WHOLE_LIST, WHOLE_COUNT = "List all papers.", "How many papers are there?"
"""What asks for all papers that are asked, or for their number, and nothing else."""

_GOES_ON = re.compile(r"(?:and|or|but|what about|how about)\b", re.IGNORECASE)

_BACK = re.compile(r"\b(?:back|again)\b", re.IGNORECASE)

_ABOUT = re.compile(r"^what(?: is|['\u2019]s) (?:it|this|that|(?:this|the) paper) about\b[ ?]{0,3}$", re.IGNORECASE)

COMPARED = 6
"""Most papers that are put side by side without being named."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question without what it says of the papers asked, the turns before it likewise, and these papers.

    `library` has the papers of the `scope` alone.
    """

    question: str
    turns: tuple[Turn, ...]
    library: Library
    scope: Scope = ALL

    @property
    def line(self) -> str:
        """How many papers are asked, and which; that there are none; empty where all papers of the set are."""
        if not self.scope:
            return ""
        asked, whole, undated = len(self.library.papers), self.library.whole, self.library.undated
        line = asking(self.scope, asked, whole, undated) if asked else none_of(self.scope, whole, undated)
        return f"{line[0].upper()}{line[1:]}"


def read_asking(question: str, turns: Sequence[Turn], library: Library, chosen: Scope | None) -> Asking:
    """Return a question as it is asked of the papers `chosen` by hand, narrowed by what it says itself.

    None is chosen where only the conversation tells: what was said there to stay then holds.
    """
    said = [_as_then(read_narrowing(turn.question, library.catalogue), turn) for turn in turns]
    own = read_narrowing(question, library.catalogue)
    bare = _bare(said, turns)
    standing, last = _before(said, bare, chosen, library)
    if own.merely == "all" and (standing or last or _BACK.search(question)):
        return Asking(WHOLE_COUNT, bare, library)
    scope = _scope_of(own, bare, library)
    if scope is None or (own.merely == "part" and not (last or _is_list(bare[-1], library))):
        return Asking(question, bare, library.narrowed(standing), standing)  # nothing is there that it goes on from
    goes_on = own.those or own.merely == "part" if own else _leans(question, bare)
    whole = replace(merged(merged(standing, last) if goes_on else standing, scope), once=False)
    once = own.scope.once if own else whole != standing
    return _asked(own, bare, library.narrowed(whole), replace(whole, once=once))


def _as_then(said: Said, turn: Turn) -> Said:
    """Return what a turn said, "this week" and the like as they were meant when it was asked."""
    then = turn.scope.imported_since, turn.scope.imported_until
    if not any(then) or not (said.scope.imported_since or said.scope.imported_until):
        return said
    return replace(said, scope=replace(said.scope, imported_since=then[0], imported_until=then[1]))


def _asked(said: Said, turns: tuple[Turn, ...], library: Library, scope: Scope) -> Asking:
    """Return what is asked: where nothing but papers is, these, their number, or the last question of them."""
    question, kept = _instead(said, turns)
    if said.merely == "compare" and len(library.papers) > 1:
        titles = [f"“{clean(paper.title)}”" for paper in library.papers[:COMPARED]]
        question = f"Compare {', '.join(titles[:-1])} and {titles[-1]}"
    if (only := library.only) and not (kept and only.title in kept[-1].cited):  # "it" is the paper that is asked
        asks = f"What is “{clean(only.title)}” about?"
        question = _ABOUT.sub(lambda _: asks, question)  # as it is: a title may have a backslash
        kept = (*kept, Turn(f"“{clean(only.title)}”", clean(only.title), (only.title,), "text"))
    return Asking(question, kept, library, scope)


def _instead(said: Said, turns: tuple[Turn, ...]) -> tuple[str, tuple[Turn, ...]]:
    """Return what stands for a question that says which papers are asked, and the turns before that."""
    if said.merely in ("only", "part"):
        again = bool(turns) and turns[-1].form not in ("reply", "titles") and not declined(turns[-1])
        return (turns[-1].question, turns[:-1]) if again else (WHOLE_LIST, turns)
    return {"list": WHOLE_LIST, "count": WHOLE_COUNT}.get(said.merely, said.question), turns


def _bare(said: Sequence[Said], turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns with what each asked of the papers that it was asked of."""
    bare: tuple[Turn, ...] = ()
    for one, turn in zip(said, turns, strict=True):
        bare = (*bare, replace(turn, question=_instead(one, bare)[0]) if one else turn)
    return bare


def _before(said: Sequence[Said], turns: Sequence[Turn], chosen: Scope | None, library: Library) -> tuple[Scope, Scope]:
    """Return the papers that stay asked, and those that the last question was asked of by its words, if any."""
    standing, last = replace(chosen or ALL, once=False), ALL
    for place, one in enumerate(said):
        if not one:
            last = last if _leans(turns[place].question, turns[:place]) else ALL
            continue
        scope = _scope_of(one, turns[:place], library) or ALL
        last = merged(last, scope) if one.those or one.merely == "part" else scope
        if one.merely == "all":
            standing, last = chosen or ALL, ALL
        elif chosen is None and not one.scope.once:
            standing = replace(merged(standing, last), once=False)
        elif not one.scope.once:  # what was said to stay is chosen, or was taken back
            last = ALL
    return standing, last


def _scope_of(said: Said, turns: Sequence[Turn], library: Library) -> Scope | None:
    """Return what a question says, "this author" by name; None where that one is not known."""
    if said.merely == "part" and not turns:
        return None
    if not said.same:
        return said.scope
    papers = Conversation(turns, library).last_papers
    authors = [person.name for paper in papers[:1] for person in paper.details.authors if person != OTHERS]
    return replace(said.scope, authors=tuple(authors if said.same == "all" else authors[:1])) if authors else None


def _is_list(turn: Turn, library: Library) -> bool:
    return turn.form == "list" or library.kind(turn.question) == "list"


def _leans(question: str, turns: Sequence[Turn]) -> bool:
    """Tell whether a question is understood only from the one before it, and names nothing of its own."""
    long = len(question.split()) >= FEW_WORDS and search_query(question, turns) != question
    return bool(turns) and bool(long or _GOES_ON.match(question)) and not read_demands(question).names
