"""Read what a question demands: the names in it, the thing to be told, a number. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from paperchat.query.aspects import ASPECTS, MEASURES, Aspect
from paperchat.text import lexicon
from paperchat.text.names import names_in, spelt_as_names

Kind = Literal["one", "compare", "list"]
"""How many papers an answer takes: one, the few that are compared, or all that qualify."""

_ASKS_FIGURE = re.compile(
    r"\bhow (?:many|much|long|big|large|fast|often|small)\b|\b(?:number|percent(?:age)?|amount|size) of\b|\bby how\b"
    r"|\bwhat (?:is the |was the |were the )?(?:[\w-]+ ){0,3}"
    r"(?:accuracy|score|rate|error|gain|speed-?up|percentage|size)s?\b",
    re.IGNORECASE,
)

_ASKS_WAY = re.compile(
    r"^(?:why|if|do|does|did|can|could|should|would|how (?:do|does|did|can|could|to))\b", re.IGNORECASE
)

_WORK, _WORKS = lexicon.any_of("works.one"), lexicon.any_of("works.several")

_TREAT = lexicon.any_of("treating")

_LIST = re.compile(
    rf"\b(?:which|what|any|list|all|other|some|more|show me|name) (?:\w+ )?{_WORKS}\b"
    rf"|\bpapers (?:about|on|that|which|dealing|with|using|for)\b|^papers {_TREAT}\b"
    rf"|\bhow many (?:of (?:the|these|your) )?{_WORKS}\b(?! (?:does|did|do) )|^(?:and )?how many {_TREAT}\b"
    rf"|\b(?:are there|do|does) (?:any )?(?:of (?:the|these|your) )?{_WORKS}\b"
    rf"|\b(?:which|what) {lexicon.any_of('methods.asked')} (?:exist|avoid|are there|{_TREAT})\b"
    r"|\b(?:name|list|give me|show me|find) (?:me )?(?:two|three|four|five|some|all|every|any)\b"
    rf"|\bof the {_WORKS} {_TREAT}\b|\b(?:which|the) ones {_TREAT}\b"
    rf"|^any(?:thing|body|one)?\b(?: (?:on|about|with|using|for|that)\b|.*\b(?:{_WORKS}|one)\b)|\banyone\?"
    r"|\b(?:everything|anything) (?:on|about|with|that)\b|^anything\b"
    r"|\bwhat(?: else)?(?: is|['\u2019]?s) there\b|^list\b|\b(?:in|of) (?:this|the|your) (?:collection|set)\b",
    re.IGNORECASE,
)

_ONE_WORK = re.compile(rf"\b(?:which|what) {_WORK} (?:\w+s|came|first|introduced|proposed)\b", re.IGNORECASE)

_COMPARE = re.compile(
    r"\bvs\b|\bversus\b|\bcompare[ds]?\b|\bdiffer(?:s|ently|ences?)?\b|\bboth\b|\beach\b(?! other)|\beither\b"
    r"|\b(?:differen\w+|distinction|contrast|compar\w+|cho(?:ose|osing|ice)|decide|trade-?offs?|similarit\w+)\b"
    rf".{{0,60}}\bbetween\b|\btwo (?:[\w-]+ )?{lexicon.any_of('works.several', 'methods.asked')}\b"
    r"|\b(?:which|one) of\b.{0,300}\bor\b"
    r"|^[\w-]+(?: [\w-]+)? or [\w-]+|\banother\b.{0,300}\bwhich\b|\bbeats? \w+|\bwhich (?:one )?.{0,300}\bother\b",
    re.IGNORECASE,
)

_THREE = re.compile(
    r"\bthree\b|,[^,?]{0,200},? and (?:the )?[^,?]{0,200}\b(?:one|each|paper|comparison)\b", re.IGNORECASE
)

_TWO = re.compile(r"\b(?:both|two|one paper)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Demands:
    """What a question asks for: names as typed, aspects with the words that ask for them, and whether a number.

    `several` is the number of papers that the question speaks of, 0 when it does not say.
    """

    kind: Kind
    names: tuple[str, ...]
    aspects: tuple[tuple[str, Aspect], ...]
    figure: bool
    several: int = 0


def read_demands(question: str, texts: Iterable[str] = (), titles: Iterable[str] = ()) -> Demands:
    """Return the demands of a question, in its order; a small word is a name where `texts` spell it like one.

    So are the small words that `titles` call a work by.
    """
    found = [(match, aspect) for aspect in ASPECTS if (match := aspect.asked.search(question))]
    asked = [(match[0], aspect) for match, aspect in sorted(found, key=lambda pair: pair[0].start())]
    names = tuple(names_in(question, spelt_as_names(texts), [words for words, _ in asked], titles))
    measured = any(aspect in MEASURES for _, aspect in asked) and not _ASKS_WAY.search(question)
    figure = bool(_ASKS_FIGURE.search(question)) or measured
    return Demands(kind_of(question), names, tuple(asked), figure, _several(question))


def kind_of(question: str) -> Kind:
    """Return how many papers an answer takes."""
    if _LIST.search(question) and not _ONE_WORK.search(question):
        return "list"
    return "compare" if _COMPARE.search(question) else "one"


def _several(question: str) -> int:
    if _THREE.search(question):
        return 3
    return 2 if _TWO.search(question) else 0
