"""Whether cited sentences support a sentence."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.verification.answers import settle as settle
    from paperchat.verification.checker import Checker as Checker
    from paperchat.verification.drafts import trace as trace
    from paperchat.verification.evidence import Evidence as Evidence

__getattr__, __all__ = face(
    __name__, {"Checker": "checker", "Evidence": "evidence", "settle": "answers", "trace": "drafts"}
)
