"""Finds papers and their sentences: search, lists over the whole set, look-ups."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.retrieval.library import Library as Library
    from paperchat.retrieval.lookup import find_paper as find_paper
    from paperchat.retrieval.lookup import suggest as suggest
    from paperchat.retrieval.survey import Listing as Listing
    from paperchat.retrieval.survey import list_papers as list_papers

__getattr__, __all__ = face(
    __name__,
    {"Library": "library", "Listing": "survey", "find_paper": "lookup", "list_papers": "survey", "suggest": "lookup"},
)
