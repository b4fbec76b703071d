"""Whether a claim says more than its evidence: all of what the paper says of some, or only, always, never. Pure."""

import re
from collections.abc import Sequence

_ALL = re.compile(
    r"\b(?:all|every\w*|always|any\w*|each|entire(?:ly)?|whole|regardless|invariably|universal(?:ly)?|full(?:y)?"
    r"|complete(?:ly)?|consistently)\b",
    re.IGNORECASE,
)

_CLAIMS_ALL = re.compile(
    r"\b(?:(?<!above )(?<!after )(?<!at )(?<!for )all|every|always|any|(?:in|on|across) each|invariably"
    r"|universally)\b",
    re.IGNORECASE,
)

_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|strictly|purely|just|alone|merely|nothing but|no other|unless|sole|necessary|single"
    r"|requirement|without|instead|not|no|pure)\b",
    re.IGNORECASE,
)

_CLAIMS_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|strictly|purely|nothing but)\b"
    r"(?! (?:a |the )?(?:fraction|handful|few|small|little))",
    re.IGNORECASE,
)


def overstated(claim: str, sentences: Sequence[str]) -> tuple[int, int] | None:
    """Return (start, end) of a word for all or for nothing else in a claim, where no sentence has one of that kind."""
    for said, meant in ((_CLAIMS_ALL, _ALL), (_CLAIMS_ONLY, _ONLY)):
        word = said.search(claim)
        if word and not any(meant.search(sentence) for sentence in sentences):
            return word.span()
    return None
