"""What a question is: its kind, names, aspects and topic, and whether the papers answer it."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.query.answerability import Judgement as Judgement
    from paperchat.query.intent import Demands as Demands
    from paperchat.query.question import check_question as check_question
    from paperchat.query.reading import Reading as Reading
    from paperchat.query.topic import read_topic as read_topic

__getattr__, __all__ = face(
    __name__,
    {
        "Demands": "intent",
        "Judgement": "answerability",
        "Reading": "reading",
        "check_question": "question",
        "read_topic": "topic",
    },
)
