"""Questions that order the assistant about instead of asking the papers."""

import re

from paperchat.text import lexicon

_SOURCES = lexicon.any_of("orders.sources")

_FEW_WORDS = r"(?:\s+[\w'\u2019-]+){0,5}?"

_DROP = re.compile(
    r"(?:^|[.,;:!?]\s*|\b(?:please|and|now|just|must|should|can|to)\s+)"
    rf"(?:{lexicon.any_of('orders.drop')}\b|(?:do not|don['\u2019]?t|stop) us(?:e|ing)"
    rf"|answer without (?:using|looking at|reading)){_FEW_WORDS}\s+{_SOURCES}\b[^,.;:!?]*",
    re.IGNORECASE,
)

_REVEAL = re.compile(
    rf"\b(?:{lexicon.any_of('orders.reveal')}|what(?: i|['\u2019])s)\b"
    rf"{_FEW_WORDS}\s+(?:{lexicon.any_of('orders.hidden')} (?:\w+ )?(?:prompt|instructions?|rules)"
    r"|(?:everything|the text|all) above)[^,.;:!?]*",
    re.IGNORECASE,
)

_MEMORY = re.compile(
    r"\b(?:use|answer|reply|speak)\b[^,.;:!?]*\b(?:your (?:own )?|general |world |own )(?:memory|knowledge|training)\b"
    r"|\bact as (?:if|an? )[^,.;:!?]*",
    re.IGNORECASE,
)

PERSONA = re.compile(r"\b(?:you are|you['\u2019]re) now (?:an?\b|[A-Z]{2,})|\bpretend (?:to be|you)\b", re.IGNORECASE)


def stays(question: str) -> str:
    """Return the question without requests to drop the papers, to reveal instructions or to be someone else."""
    left = question
    for pattern in (_DROP, _REVEAL, _MEMORY):
        left = pattern.sub(" ", left)
    return " ".join(left.split()) if left != question else question
