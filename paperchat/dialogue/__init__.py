"""A question in its conversation: what it points at, what it goes on from, its language."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.dialogue.conversation import Conversation as Conversation
    from paperchat.dialogue.edits import read_edit as read_edit
    from paperchat.dialogue.rewriting import Understood as Understood
    from paperchat.dialogue.rewriting import look_up as look_up

__getattr__, __all__ = face(
    __name__, {"Conversation": "conversation", "Understood": "rewriting", "look_up": "rewriting", "read_edit": "edits"}
)
