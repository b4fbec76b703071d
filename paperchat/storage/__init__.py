"""Papers read in and kept: readers, chunks, records, the indexes, conversations."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.storage.conversations import History as History
    from paperchat.storage.identity import paper_id as paper_id
    from paperchat.storage.readers.listing import read_page as read_page
    from paperchat.storage.store import Store as Store

__getattr__, __all__ = face(
    __name__,
    {"History": "conversations", "Store": "store", "paper_id": "identity", "read_page": "readers.listing"},
)
