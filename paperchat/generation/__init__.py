"""From evidence to an answer: the sentences that answer, comparisons, prompts and replies."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.generation.checking import Checking as Checking
    from paperchat.generation.comparison import table_of as table_of
    from paperchat.generation.pipeline import stream_answer as stream_answer
    from paperchat.generation.selection import choose as choose

__getattr__, __all__ = face(
    __name__, {"Checking": "checking", "choose": "selection", "stream_answer": "pipeline", "table_of": "comparison"}
)
