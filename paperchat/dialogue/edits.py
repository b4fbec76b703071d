"""What a follow-up does to the table or list that stands above it: a paper in or out, rows more or fewer, its order."""

import re
from dataclasses import dataclass
from typing import Literal

from paperchat.query.aspects import MEASURES, asked_aspects, in_record
from paperchat.query.zones import asked_zones
from paperchat.text import lexicon

_PLEASE = r"^(?:(?:please|ok(?:ay)?|now|and|also|then|can you|could you)[ ,]+){0,4}"

_END = (
    r"(?:\s(?:to|in|into|from|out of) (?:it|this|that|them|(?:the|this) (?:table|comparison|list)))?"
    r"(?: (?:too|as well|please))?[.?!\s]{0,5}$"
)

_TABLE = r"(?:it|them|this|these|that|(?:the|this) (?:table|papers?|columns?|rows?|comparison))"

_EDITS = tuple(
    (kind, re.compile(rf"{_PLEASE}(?:{words}) (?:me )?(?:the )?(?P<what>.{{1,200}}?){_END}", re.IGNORECASE))
    for kind, words in (
        ("add", "add|include|put in|throw in|and what about|what about adding"),
        ("drop", "drop|remove|leave out|take out|delete|without|hide"),
        ("only", "only|just|(?:just |only )?(?:show|give)(?: me)? (?:only|just)|keep only|just (?:show|give)"),
        ("sort", rf"(?:re-?)?(?:sort|order|rank|arrange)(?: {_TABLE})? by"),
    )
)

_BY_AGE = re.compile(
    rf"{_PLEASE}(?:the )?(?P<first>newest|latest|oldest|earliest)(?: ones?| papers?)? first{_END}", re.IGNORECASE
)

_RISING = re.compile(rf"[ ,(]{{1,3}}{lexicon.any_of('sorting.rising')}\)?$", re.IGNORECASE)

_FALLING = re.compile(rf"[ ,(]{{1,3}}{lexicon.any_of('sorting.falling')}\)?$", re.IGNORECASE)

_TABLED = re.compile(
    r"^(?:the )?(?:column|row|line)s? (?:for |on |with |about |of )?(?:the )?|\s(?:column|row|line)s?$", re.IGNORECASE
)

_FIGURES = re.compile(
    r"\b(?:numbers?|figures?|statistics|values?|percentages?|scores?|sizes?|amounts?|counts?"
    r"|how (?:many|much|large|big|long))\b",
    re.IGNORECASE,
)

_ROW = re.compile(
    r"^(?:an?other |an? |two |some )?(?:more )?(?:column|row|line)s? "
    r"(?:for|on|with|about|of|that (?:tells?|shows?|says?|has|have)) (?:the )?(?P<what>.+)",
    re.IGNORECASE,
)

_MORE = re.compile(
    r"^(?:some |a bit |much )?(?:more )?(?:details?|information|context|depth|explanations?|words)\b", re.IGNORECASE
)

_OWN = re.compile(rf"^(?:{lexicon.any_of('pronouns.own')}|both|each(?: one)?['\u2019]?s?)\s+", re.IGNORECASE)

_ANY = re.compile(
    rf"^(?:an?|another|one more|some) (?:other |more )?(?:{lexicon.any_of('works.any')}|methods?|ones?)\b",
    re.IGNORECASE,
)


_AND = re.compile(r",? and (?:the |their |its )?|, (?:the |their |its )?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a follow-up does: "add" a paper, a "row" for what is asked, "drop" a paper or row, "only" some rows, "sort".

    `what` is the paper or aspect, as it is typed; `figures` tells that a row is to hold numbers, and `rising` that the
    least comes first.
    """

    kind: Literal["add", "row", "drop", "only", "sort"]
    what: str
    figures: bool = False
    rising: bool = False

    @property
    def is_any(self) -> bool:
        """Whether any paper on something is to be added, and not one that is named."""
        return _ANY.search(self.what) is not None

    @property
    def row(self) -> str:
        """What is dropped, without the words for a row."""
        return _TABLED.sub("", self.what).strip()

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that are asked for, each by itself: "dataset size and the number of GPUs"."""
        parts = tuple(part.strip() for part in _AND.split(self.what) if part.strip())
        alone = all(asked_zones(part) or asked_aspects(part) or in_record(part) for part in parts)
        return parts if alone else (self.what,)


def read_edit(question: str) -> Edit | None:
    """Return what a question does to what stands above it, or None when it asks for something else."""
    asked = question.strip()
    if found := _BY_AGE.match(asked):
        return Edit("sort", "published", rising=found["first"].lower() in ("oldest", "earliest"))
    for kind, pattern in _EDITS:
        found = pattern.match(asked)
        if not found:
            continue
        what = found["what"]
        if kind == "add":
            return _added(what)
        if kind == "drop":
            return Edit("drop", what)
        if kind == "sort":
            return _sorted(what)
        return Edit("only", what) if asked_zones(what) else None
    return None


def _sorted(what: str) -> Edit:
    """Return the order that a table is to have; the most comes first where nothing else is said."""
    rising = _RISING.search(what) is not None
    return Edit("sort", _OWN.sub("", _TABLED.sub("", _FALLING.sub("", _RISING.sub("", what)))), rising=rising)


def is_figure(asked: str) -> bool:
    """Tell whether what is asked for is told by a number."""
    return bool(_FIGURES.search(asked)) or any(aspect.asked.search(asked) for aspect in MEASURES)


def _added(what: str) -> Edit | None:
    """Return what "add …" adds: a row where something is asked to be told, else a paper; None for "more detail"."""
    row = _ROW.match(what)
    asked = _OWN.sub("", row["what"] if row else what)
    known = bool(asked_aspects(asked)) or Edit("row", asked).rows != (asked,) or bool(in_record(asked))
    if _MORE.match(asked):
        return None
    if row or (not _ANY.search(asked) and (asked != what or is_figure(asked) or known or asked_zones(asked))):
        return Edit("row", asked, is_figure(asked))
    return Edit("add", what)
