"""Sentences that say that nothing is known, instead of answering."""

import re

from paperchat.text import lexicon

_SOURCE, _TELL = lexicon.any_of("refusals.source"), lexicon.any_of("refusals.tell")

_DECLINES = re.compile(
    rf"\b{_SOURCE}\b.{{0,60}}\b(?:do|does|did)(?: not|n't) (?:\w+ )?{_TELL}"
    rf"|\bnot (?:\w+ )?{lexicon.any_of('refusals.told')}\b"
    rf"|\b(?:no|not enough|insufficient) (?:\w+ )?{lexicon.any_of('refusals.lacking')}\b"
    rf"|\b(?:cannot|can not|can't|could not) (?:be )?{lexicon.any_of('refusals.answered')}\b"
    rf"|\bnone of the {_SOURCE}\b|\bno {_SOURCE} (?:\w+ )?{_TELL}s?\b",
    re.IGNORECASE,
)


def declines(text: str) -> bool:
    """Tell whether a sentence says that the evidence does not answer, as "the abstracts do not mention How2Sign"."""
    return _DECLINES.search(text) is not None
