"""Read what a question demands: the names in it, the thing to be told, a number. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from paperchat.protocols import Guess
from paperchat.query.aspects import ASPECTS, MEASURES, Aspect
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

_THREE = re.compile(
    r"\bthree\b|,[^,?]{0,200},? and (?:the )?[^,?]{0,200}\b(?:one|each|paper|comparison)\b", re.IGNORECASE
)

_TWO = re.compile(r"\b(?:both|two|one paper)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Demands:
    """What a question asks for: names as typed, aspects with the words that ask for them, and whether a number.

    `several` is the number of papers that the question speaks of, 0 when it does not say. `paper` tells whether a paper
    itself would answer it: which one it is.
    """

    kind: Kind
    names: tuple[str, ...]
    aspects: tuple[tuple[str, Aspect], ...]
    figure: bool
    several: int = 0
    paper: bool = False

    @property
    def compared(self) -> int:
        """How many papers a comparison is of: two, when it does not say."""
        return self.several or 2


def read_demands(question: str, texts: Iterable[str] = (), titles: Iterable[str] = ()) -> Demands:
    """Return the demands of a question that is taken to ask one paper, in its order.

    A small word is a name where `texts` spell it like one; so are those that `titles` call a work by.
    """
    found = [(match, aspect) for aspect in ASPECTS if (match := aspect.asked.search(question))]
    asked = [(match[0], aspect) for match, aspect in sorted(found, key=lambda pair: pair[0].start())]
    names = tuple(names_in(question, spelt_as_names(texts), [words for words, _ in asked], titles))
    measured = any(aspect in MEASURES for _, aspect in asked) and not _ASKS_WAY.search(question)
    figure = bool(_ASKS_FIGURE.search(question)) or measured
    return Demands("one", names, tuple(asked), figure, _several(question))


def kind_of(guess: Guess) -> Kind:
    """Return how many papers an answer takes, as a question reads alone that is taken to be no request."""
    chances = _chances(guess)
    return max(chances, key=lambda kind: chances[kind])


def is_surely(kind: Kind, guess: Guess) -> bool:
    """Tell whether a question surely takes so many papers."""
    return _chances(guess)[kind] >= SURELY


SURELY = 0.8
"""Least probability of the kind that a question surely has."""


def _chances(guess: Guess) -> dict[Kind, float]:
    chances: dict[Kind, float] = dict.fromkeys(("one", "compare", "list"), 0.0)
    for kind, chance in guess.kinds.items():
        if kind in TAKES:
            chances[TAKES[kind]] += chance
    return chances


def wants_paper(guess: Guess) -> bool:
    """Tell whether a paper itself would answer a question, as it reads alone."""
    return guess.wants["papers"] >= WANTED


WANTED = 0.3
"""Least probability of what is taken to be wanted."""

TAKES: Mapping[str, Kind] = {
    "one": "one", "edit": "one", "compare": "compare", "list": "list", "count": "list", "overview": "list"
}  # fmt: skip
"""How many papers answer what is no request; "edit" is a change of the table or list above."""


def _several(question: str) -> int:
    if _THREE.search(question):
        return 3
    return 2 if _TWO.search(question) else 0
