"""What a reader thinks of answers: kept on this machine, shown again, taken back, and handed out. Knows no vendor."""

import hashlib
import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from paperchat.errors import InputError
from paperchat.export.feedback import feedback_lines, feedback_row
from paperchat.export.receipts import read_receipt, to_json
from paperchat.storage.opinions import Opinion
from paperchat.types import Answer
from paperchat.web.folded_view import shown
from paperchat.web.view_model import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperchat.app import App

FILE = "paperchat-feedback.jsonl"


class Feedback:
    """The opinions of the readers of an app."""

    def __init__(self, app: "App") -> None:
        self._app, self._opinions = app, app.conversations.opinions

    def judge(self, reader: str, key: str, answers: "Sequence[Answer]", good: bool | None, word: str) -> None:
        """Keep what a reader thinks of the last of these answers, or with None take it back."""
        answer = answers[-1]
        if good is None:
            self._opinions.drop(reader, key, digest(answer))
            return
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        receipt = to_json(self._app.receipts.make(answer))
        before = [
            {"question": one.question, "answer": one.text, "cited": [paper.title for paper in one.cited]}
            for one in answers[:-1]
            if one.sentences or one.lines
        ]
        opinion = Opinion(key, digest(answer), good, word.strip(), now, receipt, json.dumps(before))
        self._opinions.keep(reader, opinion)

    def of(self, reader: str, key: str, answers: "Sequence[Answer]") -> Json:
        """Return what a reader thinks of the answers of a conversation, by their places, and of how many in all."""
        kept = self._opinions.of(reader)
        own = {one.answer: one for one in kept if one.conversation == key}
        judged = {
            str(place): {"good": one.good, "word": shown(one.word)}
            for place, answer in enumerate(answers)
            if (one := own.get(digest(answer)))
        }
        return {"judged": judged, "all": len(kept)}

    def file(self, reader: str) -> Json:
        """Return all that a reader thinks of answers as a file of questions that `paperchat eval` reads."""
        rows = []
        for number, one in enumerate(self._opinions.of(reader), 1):
            receipt = read_receipt(one.receipt, "What was kept of an answer")
            row = feedback_row(f"feedback-{number}", one.good, one.word, receipt, json.loads(one.history))
            rows.append((row, one.receipt))
        if not rows:
            raise InputError("No answer was marked here.", "Mark one with a thumb.")
        return {"name": FILE, "text": feedback_lines(rows)}


def digest(answer: Answer) -> str:
    """Return what an answer is known by beside its place, which another answer may take."""
    said = json.dumps([answer.question, answer.text, answer.model or "", answer.abstained])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
