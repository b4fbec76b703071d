"""Measures answers on files of questions and claims."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.evaluation.questions import read_claims as read_claims
    from paperchat.evaluation.questions import read_questions as read_questions
    from paperchat.evaluation.report import report_markdown as report_markdown
    from paperchat.evaluation.runner import evaluate as evaluate

__getattr__, __all__ = face(
    __name__,
    {"evaluate": "runner", "read_claims": "questions", "read_questions": "questions", "report_markdown": "report"},
)
