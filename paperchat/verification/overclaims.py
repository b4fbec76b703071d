"""Whether a claim says more than its evidence: all of what the paper says of some, or only, always, never. Pure."""

import re
from collections.abc import Sequence

from paperchat.text import lexicon

_ALL, _ONLY = (
    re.compile(rf"\b{words}\b", re.IGNORECASE)
    for words in (lexicon.any_of("extent.all"), lexicon.any_of("extent.only"))
)

_CLAIMS_ALL = re.compile(
    r"\b(?:(?<!above )(?<!after )(?<!at )(?<!for )all|(?:in|on|across) each"
    rf"|{lexicon.any_of('extent.claims_all')})\b",
    re.IGNORECASE,
)

_CLAIMS_ONLY = re.compile(
    rf"\b{lexicon.any_of('extent.claims_only')}\b(?! (?:a |the )?(?:fraction|handful|few|small|little))",
    re.IGNORECASE,
)


def overstated(claim: str, sentences: Sequence[str]) -> tuple[int, int] | None:
    """Return (start, end) of a word for all or for nothing else in a claim, where no sentence has one of that kind."""
    for said, meant in ((_CLAIMS_ALL, _ALL), (_CLAIMS_ONLY, _ONLY)):
        word = said.search(claim)
        if word and not any(meant.search(sentence) for sentence in sentences):
            return word.span()
    return None
