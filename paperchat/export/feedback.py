"""What a reader thinks of answers as questions that `paperchat eval` asks again. Pure functions.

A good answer tells what a right one has: the papers that it cites, and their sentences. A bad one tells its question.
"""

import json
from collections.abc import Iterable
from typing import Any

from paperchat.export.receipts import Receipt

GOOD, BAD, DECLINED = "good", "bad", "abstain"
"""The types of these questions; a question that was rightly not answered is one that the papers do not answer."""


def feedback_row(key: str, good: bool, word: str, receipt: Receipt, history: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an opinion on an answer as a question, with the receipt of the answer beside it."""
    cited = [citation for statement in receipt.statements for citation in statement.citations]
    evidence = [{"title": one.title, "quote": one.quote} for one in dict.fromkeys(cited)]
    declined = receipt.abstained and good
    return {
        "id": key,
        "type": DECLINED if declined else GOOD if good else BAD,
        "question": receipt.question,
        **({"history": history} if history else {}),
        "gold": list(dict.fromkeys(one.title for one in cited)) if good and not declined else [],
        **({"evidence": evidence} if good and not declined and evidence else {}),
        "good": good,
        "word": word,
    }


def feedback_lines(rows: Iterable[tuple[dict[str, Any], str]]) -> str:
    """Return questions, each with the receipt of its answer as JSON, as a file that `paperchat eval` reads."""
    return "".join(json.dumps({**row, "receipt": json.loads(receipt)}) + "\n" for row, receipt in rows)
