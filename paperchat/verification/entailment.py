"""What was learned of claims: whether some sentences say one. Pure functions over a reader that is handed in."""

import re
from collections.abc import Sequence

from paperchat.protocols import ClaimReader
from paperchat.verification.evidence import Evidence

NUMBER = "0"
"""What stands for each number: whether numbers are right is told by rule, and what is learned does not see them."""

_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?!\w)")


def masked(text: str) -> str:
    """Return a text with its numbers alike; those in names (GPT-4, ImageNet-1K) stay."""
    return _NUMBER.sub(NUMBER, text)


def entailed(claim: str, evidence: Evidence, best: Sequence[int], reader: ClaimReader) -> float:
    """Return the log odds that the sentences at these places of the evidence say the claim; without any, its least."""
    if not best:
        return -LARGEST
    sentences = " ".join(evidence.cited[place].cleaned for place in sorted(best))
    odds = reader.entailment(masked(claim), masked(evidence.title), masked(sentences))
    return max(-LARGEST, min(LARGEST, odds))


LARGEST = 8.0
"""Log odds beyond which none are believed."""
