"""A follow-up that only names another thing: "and formin?" asks of it what was asked of the last one. Pure."""

import re

from paperchat.dialogue.conversation import Conversation
from paperchat.query.intent import read_demands
from paperchat.retrieval.library import Library
from paperchat.text.mentions import mentions
from paperchat.text.tokens import content_words

_NEXT = re.compile(
    r"^(?:(?:and|or|ok|okay|so|now)[ ,]{1,3}){0,2}(?:(?:what|how) about |and |or )"
    r"(?:(?P<of>on|about|for|with|using|in|from) )?"
    r"(?P<what>(?!(?:the|its|their|his|her|this|that|these|those|it|they|them|on|about|for|with|using|in|from|to|of|by"
    r"|why|how|what|when|where|who|which|if|is|are|do|does|did|can|no|not|other|others|more|any|some|all|only)\b)"
    r"[^?.!,;:]{2,60}?)(?: then| instead| now)?[ ?.!]{0,4}$",
    re.IGNORECASE,
)

_STOP = re.compile(r"[.?!,;]")

LONGEST = 4
"""Most words of the thing that is named."""


def replaced(question: str, conversation: Conversation) -> str:
    """Return the last question with what a follow-up names in the place of its subject, empty where none is meant.

    What the papers of the last answer speak of is asked of these; what no paper has is no subject.
    """
    found = _NEXT.match(question)
    if found is None or not conversation or len(found["what"].split()) > LONGEST:
        return ""
    what, library = found["what"], conversation.library
    words = content_words(what)
    if not words or not all(map(library.knows, words)):
        return ""
    if any(mentions(text.whole, what) for text in library.read(conversation.last_papers)):
        return ""
    before = replaced(conversation.last.question, conversation.earlier) or conversation.last.question
    if found["of"]:
        return _behind(before, found["of"].lower(), what) if library.kind(before) == "one" else ""
    subject = _subject(before, library)
    return before.replace(subject, what, 1) if subject else ""


def _behind(question: str, of: str, what: str) -> str:
    """Return a question with another thing behind the last such word ("about", "in"), empty where it has none."""
    at = question.lower().rfind(f" {of} ")
    if at < 0:
        return ""
    start = at + len(of) + 2
    stop = _STOP.search(question, start)
    return f"{question[:start]}{what}{question[stop.start() :] if stop else '?'}"


def _subject(question: str, library: Library) -> str:
    """Return the one name of a question to one paper, else what that is about, as typed; empty where there is none."""
    guess = library.guess(question)
    if library.kind(question) != "one":
        return ""
    names = read_demands(question).names
    if len(names) == 1 and names[0] in question:
        return names[0]
    return guess.about if not names and guess.about and guess.about in question else ""
