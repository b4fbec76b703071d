"""What a work is called in short, as its title has it: "GraphMAE" of "GraphMAE: Self-Supervised Autoencoders". Pure."""

import re
from collections.abc import Iterable

from paperchat.text import lexicon
from paperchat.text.cleaning import work_name
from paperchat.text.names import is_shaped

LONGEST, WORDS = 24, 3
"""Most characters and words of a short name."""

_BRACKETED = re.compile(r"\(([A-Z][\w-]{1,14})\)")

_NEW = re.compile(
    rf"\b(?:we|this {lexicon.any_of('works.one')})\b.{{0,80}}\b{lexicon.any_of('proposing.new')}", re.IGNORECASE
)

_PARTS = lexicon.words("headings") | lexicon.words("reviews")


def called(title: str) -> str:
    """Return the short name that stands before the colon of a title, or an empty string.

    It is one word with a capital, or a few of which one is written like a name.
    """
    name = work_name(title)
    words = name.split()
    if not words or len(words) > WORDS or len(name) > LONGEST or name.lower() in _PARTS:
        return ""
    return name if is_named(name) or (len(words) == 1 and name[0].isupper()) else ""


def coined(sentences: Iterable[str]) -> str:
    """Return the name that an abstract gives to what it proposes, as in "propose gradient-boosting RL (GBRL)".

    It is said again: what is spelled out in brackets once is mostly a term.
    """
    said = tuple(sentences)
    for sentence in said:
        names = (found[1] for found in _BRACKETED.finditer(sentence)) if _NEW.search(sentence) else ()
        for name in names:
            if is_shaped(name) and not name.endswith("s") and sum(name in other for other in said) > 1:
                return name
    return ""


def is_named(name: str) -> bool:
    """Tell whether a word of a short name is written as no other word is: with capitals inside, or digits."""
    return any(is_shaped(word.strip("()\"'")) for word in name.split())
