"""Sentences that say that nothing is known, instead of answering."""

import re

_SOURCE = r"(?:evidence|abstracts?|papers?|sentences?|text|context|passages?|titles?|information|set)"

_TELL = r"(?:answer|mention|say|state|give|provide|specify|contain|report|include|discuss|address|describe|name|tell)"

_DECLINES = re.compile(
    rf"\b{_SOURCE}\b.{{0,60}}\b(?:do|does|did)(?: not|n't) (?:\w+ )?{_TELL}"
    rf"|\bnot (?:\w+ )?(?:answered|mentioned|stated|given|provided|specified|contained|reported|included|described)\b"
    rf"|\b(?:no|not enough|insufficient) (?:\w+ )?(?:information|mention|evidence|answer)\b"
    rf"|\b(?:cannot|can not|can't|could not) (?:be )?(?:answered|answer|determine|determined|find|found|tell|told)\b"
    rf"|\bnone of the {_SOURCE}\b|\bno {_SOURCE} (?:\w+ )?{_TELL}s?\b",
    re.IGNORECASE,
)


def declines(text: str) -> bool:
    """Tell whether a sentence says that the evidence does not answer, as "the abstracts do not mention How2Sign"."""
    return _DECLINES.search(text) is not None
