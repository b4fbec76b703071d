"""Answers to requests that are no questions to the papers: about the set, the assistant, the last answer, or none.

They are made of the record and the conversation, whether there is a model or not, and at once.
"""

from collections.abc import Callable

from paperchat.dialogue.acts import ABSENT, LACKING, TALLY, TOLD, missing
from paperchat.dialogue.conversation import Conversation
from paperchat.generation import about_set, citing, last_answer, small_talk
from paperchat.generation.about_set import Said
from paperchat.generation.edited import edited
from paperchat.generation.extractive import requested, unranked
from paperchat.generation.last_answer import replied
from paperchat.generation.record_answers import told_of_paper
from paperchat.generation.tally import told_of_set
from paperchat.retrieval.library import Library
from paperchat.types import Answer

_OF_SET: dict[str, Callable[[Library], Said]] = {
    "set.count": about_set.count,
    "set.list": about_set.titles,
    "set.themes": about_set.themes,
    "set.years": about_set.years,
    "set.added": about_set.added,
    "set.about": about_set.about,
}

_OF_US: dict[str, Callable[[str, Library], Said]] = {
    LACKING: about_set.lacking,
    TALLY: told_of_set,
    "assistant.hello": small_talk.hello,
    "assistant.thanks": small_talk.thanks,
    "assistant.chat": small_talk.chat,
    "assistant.help": small_talk.usage,
    "assistant.files": small_talk.files,
    "assistant.languages": small_talk.languages,
    "assistant.who": small_talk.who,
    "assistant.trust": small_talk.trust,
    "order": small_talk.refusal,
    "empty": small_talk.unread,
}

_OF_LAST: dict[str, Callable[[str, Conversation], Answer]] = {
    "last.sure": last_answer.checked,
    "last.why": last_answer.grounds,
    "last.cite": citing.referenced,
}


def from_record(question: str, conversation: Conversation, act: str) -> Answer | None:
    """Return the answer that record and conversation give without a search for it; None for a question to the papers.

    That is a changed table or list, what a request asks for by its act, or that what is meant above is not there.
    """
    changed = (edited(question, conversation) or requested(question, conversation)) if conversation else None
    return changed or acted(act, question, conversation)


def acted(act: str, question: str, conversation: Conversation) -> Answer | None:
    """Return the answer to a request by its act (see `dialogue.acts`); None for a question to the papers.

    The last answer in another form is none of them (see `recasting`).
    """
    library = conversation.library
    if act in _OF_SET:
        answer = replied(question, act, *_OF_SET[act](library))
        shown = library.papers[: len(answer.lines)] if act == "set.list" else ()
        return Answer(question, unranked(shown), answer.sentences, lines=answer.lines, act=act)
    if act in _OF_US:
        answer = replied(question, act, *_OF_US[act](question, library))
        return Answer(question, (), answer.sentences, lines=answer.lines, act=act, abstained=act == "order")
    if act in _OF_NAMED:
        return _OF_NAMED[act](question, conversation)
    if act in _OF_LAST:
        return last_answer.nothing_above(question, act, conversation) or _OF_LAST[act](question, conversation)
    return None


def _absent(question: str, conversation: Conversation) -> Answer:
    """Return the answer that says that what a question means above is not there."""
    ask = "" if conversation.turns else f" Ask about the papers first{small_talk.example(conversation.library)}"
    return replied(question, ABSENT, f"{missing(question, conversation)}{ask}")


_OF_NAMED: dict[str, Callable[[str, Conversation], Answer | None]] = {
    TOLD: told_of_paper,
    "cite.named": citing.referenced_by_name,
    ABSENT: _absent,
}
