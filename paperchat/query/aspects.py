"""What a question asks to be told of a paper, and the words of which a text that tells it has one."""

import re
from dataclasses import dataclass

from paperchat.text import lexicon


@dataclass(frozen=True, slots=True)
class Aspect:
    """Something a reader asks to be told (`asked`) and the words of which a text that tells it has one (`told`).

    `label` names it for the reader where the words that ask do not.
    """

    asked: re.Pattern[str]
    told: re.Pattern[str]
    label: str = ""


COUNTED = (
    r"\d[\d,.]{0,12}(?: ?(?:k|m|million|thousand|billion|hundred))?\+? "
    rf"(?:[\w+-]{{1,30}} ){{0,3}}{lexicon.any_of('counted.items')}"
)
"""How many of what data there are: "40,000 labelled images"."""


def _aspect(asked: str, told: str = "", label: str = "") -> Aspect:
    """Return an aspect; without `told` the words that ask are those that tell."""
    told = rf"\b(?:{told.replace('@counted', COUNTED) or asked})(?![a-z])"
    return Aspect(re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(told, re.IGNORECASE), label)


SETUP = tuple(_aspect(*row) for row in lexicon.rows("setup"))
"""How work was done, what it cost, who did it: told only where an abstract has the words."""

MEASURES = tuple(_aspect(*row) for row in lexicon.rows("measures"))
"""What is told by a number."""

ASPECTS = SETUP + MEASURES

COLUMNS = tuple(_aspect(*row) for row in lexicon.rows("columns"))
"""What else a column of a comparison may be asked for."""

_RECORD = tuple((re.compile(asked, re.IGNORECASE), name) for asked, name in lexicon.rows("record", 2))


def asked_aspects(what: str) -> tuple[Aspect, ...]:
    """Return the aspects that a column is asked for; those of columns are all that is asked."""
    own = tuple(aspect for aspect in COLUMNS if aspect.asked.fullmatch(what.strip(" ?.!")))
    return own or tuple(aspect for aspect in ASPECTS if aspect.asked.search(what))


def in_record(what: str) -> str:
    """Return the name of what the record tells of a paper and is asked, such as "published"; empty for all else."""
    return next((name for asked, name in _RECORD if asked.fullmatch(what.strip(" ?.!"))), "")
