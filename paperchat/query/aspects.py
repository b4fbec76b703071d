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


def _aspect(asked: str, told: str = "", label: str = "") -> Aspect:
    """Return an aspect; without `told` the words that ask are those that tell."""
    told = rf"\b(?:{told or asked})(?![a-z])"
    return Aspect(re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(told, re.IGNORECASE), label)


SETUP = tuple(_aspect(*row) for row in lexicon.rows("setup"))
"""How work was done, what it cost, who did it: told only where an abstract has the words."""

MEASURES = tuple(_aspect(*row) for row in lexicon.rows("measures"))
"""What is told by a number."""

ASPECTS = SETUP + MEASURES
