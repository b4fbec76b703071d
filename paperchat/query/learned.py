"""What was learned of questions and papers: what reads a question, and the weights that settle what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from paperchat.logistic import Logistic, read_logistic
from paperchat.protocols import QuestionReader


@dataclass(frozen=True, slots=True)
class Learned:
    """What reads questions, and logistic regressions made by `python -m tests.train.weights`.

    `candidates` and `members`: whether a paper is one that a list asks for, before and after its best sentence is read
    for that (see `retrieval.survey`). `answerable`: whether what was found answers a question (see `answerability`).
    """

    questions: QuestionReader
    candidates: Logistic
    members: Logistic
    answerable: Logistic | None = None


def read_learned(questions: QuestionReader, saved: Mapping[str, Any]) -> Learned:
    """Return what was learned, given the file of weights as a JSON object."""
    parts = {name: read_logistic(saved[name]) for name in ("candidates", "members", "answerable")}
    return Learned(questions, **parts)
