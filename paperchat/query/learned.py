"""What was learned of questions and papers: what reads a question, and the weights that settle what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from paperchat.logistic import Logistic, read_logistic
from paperchat.protocols import QuestionReader
from paperchat.query.reading import Reading
from paperchat.query.standing import ALONE, measure


@dataclass(frozen=True, slots=True)
class Learned:
    """What reads questions, and logistic regressions made by `python -m tests.train.weights`.

    `candidates` and `members`: whether a paper is one that a list asks for, before and after its best sentence is read
    for that (see `retrieval.survey`). `answerable`: whether what was found answers a question (see `answerability`).
    `alone`: whether a question stands on its own (see `standing`).
    """

    questions: QuestionReader
    candidates: Logistic
    members: Logistic
    answerable: Logistic | None = None
    alone: Logistic | None = None

    def stands_alone(self, alone: Reading, led: Reading, papers: int) -> bool:
        """Tell whether a question is better read `alone` than `led` by the one before, in a set of so many papers."""
        return self.alone is not None and self.alone.probability(measure(alone, led, papers)) >= ALONE


def read_learned(questions: QuestionReader, saved: Mapping[str, Any]) -> Learned:
    """Return what was learned, given the file of weights as a JSON object."""
    parts = {name: read_logistic(saved[name]) for name in ("candidates", "members", "answerable", "alone")}
    return Learned(questions, **parts)
