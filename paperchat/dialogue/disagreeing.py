"""What a question asks about that is to tell where papers disagree: "do they agree on X?", "who else reports X?". Pure.

Only papers disagree so: "conflicting gradients" are a topic, and "does the model agree with humans?" is asked of it.
"""

import re
from dataclasses import dataclass

from paperchat.text import lexicon


@dataclass(frozen=True, slots=True)
class Asked:
    """What the papers are to disagree on, as typed; `claims`: it is said that it is so; `above`: they are spoken of.

    `who` asks which papers report it.
    """

    subject: str
    claims: bool = False
    above: bool = False
    who: bool = False


_PAPERS = lexicon.any_of("works.several", "disagreeing.several", "disagreeing.they")

_SEVERAL = re.compile(rf"\b{_PAPERS}\b", re.IGNORECASE)

_THEY = re.compile(rf"\b{lexicon.any_of('disagreeing.they')}\b", re.IGNORECASE)

_ANY = re.compile(rf"\b{lexicon.any_of('works', 'disagreeing.any', 'disagreeing.several')}\b", re.IGNORECASE)

_WHO = re.compile(r"who\b", re.IGNORECASE)

_THAT = re.compile(r"\bthat$", re.IGNORECASE)

_AND_AGREE = re.compile(
    rf"[\s,;.?]{{1,9}}(?:(?:and|or|but)\s{{1,9}})?(?:do|whether)\s{{1,9}}{_PAPERS}"
    r"(?: \w{1,20}){0,2} (?:agree|disagree)\b",
    re.IGNORECASE,
)

_ABOUT = re.compile(rf"^{lexicon.any_of('disagreeing.about')}\s", re.IGNORECASE)

_NOTHING = re.compile(rf"^(?:{lexicon.any_of('disagreeing.nothing')})?$", re.IGNORECASE)


def disagreeing(before: str, asked: str, after: str) -> Asked | None:
    """Return what is asked by words that ask where papers disagree, between what stands before and after them."""
    if _WHO.match(asked):
        ends = _AND_AGREE.search(after)
        return Asked(_subject(after[: ends.start()]), _THAT.search(asked) is not None, who=True) if ends else None
    if _THAT.search(asked):
        return Asked(_subject(after), claims=True) if _ANY.search(before) else None
    several = _SEVERAL.search(before) or _SEVERAL.search(asked)
    if several is None:
        return None
    behind = before[several.end() :] if several.string is before else ""
    return Asked(_subject(after) or _subject(behind), above=_THEY.fullmatch(several[0]) is not None)


def _subject(text: str) -> str:
    """Return what a text is about: nothing for "on anything"."""
    bare = _ABOUT.sub("", text.strip(" ?!.,;:")).strip()
    return "" if _NOTHING.match(bare) else bare
