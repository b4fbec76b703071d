"""What a request that is no question to the papers asks for: its act, such as "set.count". Pure.

`tests/reading/README.md` tells each act; `generation/requests.py` answers them. Some are told by rule: that there is no
word to read ("?"), that what is meant is not there ("[7]" where three papers are cited, "the second one" where nothing
was asked yet), and that nothing but another form of the last answer is asked for (see `recasting`).
"""

import re
from collections.abc import Mapping, Sequence

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.coreference import PLACE, places_of
from paperchat.dialogue.recasting import RECASTS, merely
from paperchat.dialogue.record_questions import RECORD, tallied, wanted_of_record
from paperchat.query.intent import TAKES, read_demands
from paperchat.retrieval.library import Library
from paperchat.text import lexicon
from paperchat.text.tokens import content_words

SURE, LEAST = 0.5, 0.3
"""Least probability that a question is a request and asks the papers nothing, and that it is the likeliest one."""

EMPTY, ABSENT, LACKING, TALLY, TOLD = "empty", "last.absent", "set.lacking", "set.tally", "cite.told"
"""Nothing that can be read; what is not there; papers of which the record lacks something; authors, journals or
keywords, counted; what the record tells of one paper."""

NOTHING = "Nothing stands above yet."

SHORT = 15
"""Most words of a question in which "[7]" is taken for a paper of the conversation, and not for a part of a text."""

_MARK = re.compile(r"\[(\d{1,3})\]")

_FIELD = rf"(?P<field>{lexicon.any_of('record_fields')})"

_NOT_TOLD = (
    r"(?:no|without|lack(?:s|ing)?|miss(?:es|ing)?"
    r"|(?:(?:do|does|did|have|has) not|\w{2,5}n['\u2019]t) (?:have|give|tell|state))"
)

LACKS = re.compile(
    rf"\b(?:{lexicon.any_of('works.several')}|ones|entries|records|which|what|how many|any)\b.{{0,30}}"
    rf"\b{_NOT_TOLD}(?: (?:an?|any|the|known)\b){{0,2}} {_FIELD}[\s?.!]{{0,4}}$",
    re.IGNORECASE,
)
"""Asks for papers of which the record does not tell a `field`."""

_OF_A_KIND = re.compile(rf"\b{lexicon.any_of('works.kind')}\b", re.IGNORECASE)

_WHOLE = ("set.list", "set.count", "set.about")
"""What is asked of all papers, so not of those of a kind; the first two not of those on a topic either."""

_STOCK = lexicon.words("works.stock") | lexicon.words("stop_words.searching")

_WORD = re.compile(r"[^\W_]+")

_ONE = re.compile(r"\b(?:ones?|papers?)$", re.IGNORECASE)
"""What is counted above, and hardly anywhere else; a paper may tell of a second survey or study of its own."""

_FURTHER = re.compile(r"^ (?:on|about|of|for|to|that|which|who|in|with|using|by|from|and|or)\b", re.IGNORECASE)

_POINTING = frozenset[str]().union(
    *map(lexicon.words, ("leading", "auxiliaries", "follow_up_verbs", "stop_words.asking", "stop_words.comparing")),
    *map(lexicon.words, ("stop_words.searching", "stop_words.claims", "stop_words.framing", "works.one", "pronouns")),
)
"""Words of a question that only points."""


def act_of(question: str, conversation: Conversation) -> str:
    """Return the act of a question, empty for one to the papers."""
    if is_nothing(question):
        return EMPTY
    if missing(question, conversation):
        return ABSENT
    if RECASTS.search(question) and (act := _recast(question, conversation)):
        return act
    if RECORD.search(question) and (act := _of_record(question, conversation)):
        return act
    kinds = conversation.library.guess(question).kinds
    act = _likeliest(kinds, _WHOLE if _OF_A_KIND.search(question) else ())
    return _likeliest(kinds, _WHOLE[:2]) if act in _WHOLE[:2] and _has_topic(question, conversation.library) else act


def _likeliest(kinds: Mapping[str, float], apart: Sequence[str]) -> str:
    """Return the likeliest request, but for those `apart`; empty where a question is likelier none."""
    acts = {kind: chance for kind, chance in kinds.items() if kind not in TAKES and kind not in apart}
    best = max(acts, key=lambda kind: acts[kind])
    return best if sum(acts.values()) > SURE and acts[best] > LEAST else ""


def _has_topic(question: str, library: Library) -> bool:
    """Tell whether a question was read to be about more than what a set is called, of which the papers have a word."""
    words = (word.lower() for word in _WORD.findall(library.guess(question).about))
    return any(map(library.knows, content_words(" ".join(word for word in words if word not in _STOCK))))


def _of_record(question: str, conversation: Conversation) -> str:
    """Return the act of a question to the record of the papers, empty for all else."""
    if LACKS.search(question):
        return LACKING
    if tallied(question):
        return TALLY
    wanted = wanted_of_record(question)
    return TOLD if wanted and (wanted.left or "citations" in wanted.fields or conversation.last_papers) else ""


def _recast(question: str, conversation: Conversation) -> str:
    """Return the act of a question that asks for another form of the last answer and for nothing else, else none.

    "In Chinese?" asks what we can do where nothing stands above yet.
    """
    wanted = merely(question)
    is_ours = not conversation and wanted is not None and wanted.act == "last.translate"
    return wanted.act if wanted and not is_ours else ""


def is_nothing(question: str) -> bool:
    """Tell whether a question has no word in it: "?", "a", "xxxx"."""
    said = "".join(_WORD.findall(question)).lower()
    return not said or (said.isascii() and not said.isdigit() and len(set(said)) == 1)


def missing(question: str, conversation: Conversation) -> str:
    """Return the line that says what a question means above and is not there, empty where all is."""
    return _number(question, conversation) or _place(question, conversation)


def _number(question: str, conversation: Conversation) -> str:
    """Return the line on a citation number that no paper has."""
    numbers = [int(found[1]) for found in _MARK.finditer(question)] if len(question.split()) <= SHORT else []
    cited = len(conversation.order) if numbers else 0
    wrong = [number for number in numbers if not 0 < number <= cited]
    if not wrong:
        return ""
    if not cited:
        return f"There is no [{wrong[0]}]: no paper has been cited yet."
    there = "the only paper cited so far is [1]" if cited == 1 else f"the papers cited so far are [1] to [{cited}]"
    return f"There is no [{wrong[0]}]: {there}."


def _place(question: str, conversation: Conversation) -> str:
    """Return the line on a place in what stands above that it does not have."""
    found = PLACE.search(question)
    if found is None or _FURTHER.match(question[found.end() :]):
        return ""
    others = {word.lower() for word in _WORD.findall(PLACE.sub(" ", question))}
    merely = others <= _POINTING
    if not conversation.turns:
        points = merely or (_ONE.search(found[0]) and not read_demands(question).names)
        return NOTHING if points else ""
    papers = conversation.last_papers if len(conversation.last_papers) > 1 else conversation.order
    if not merely or all(-len(papers) <= place < len(papers) for place in places_of(question)):
        return ""
    count = f"{len(papers)} papers stand" if len(papers) > 1 else "1 paper stands" if papers else "no paper stands"
    return f"There is no {found['place'].lower()} one: {count} above."
