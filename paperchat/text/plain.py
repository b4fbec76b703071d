r"""Text as people read it: LaTeX, mark-up and entities of a title or abstract become what they show. Pure functions.

`{\em GateSearch}` is "GateSearch", `Erd\H{o}s` "Erdős", `CO<sub>2</sub>` "CO₂"; what is no LaTeX stays as it is:
`C:\temp`, "$5 and $6", "100% of {0, 1}".
"""

import re
from functools import lru_cache

from paperchat.text.latex_in_text import latex_pieces
from paperchat.text.markup import has_markup, markup_pieces
from paperchat.text.pieces import Rendered, rendered

KEPT = 20_000
"""Texts with LaTeX or mark-up that are kept as they were read."""

_MARKED = re.compile(r"[\\${}~`<&]|--|''")
"""What a text has that may read differently."""

_GAP = re.compile(r"(?<! ) {2,}(?=\S)")


def plain(text: str) -> str:
    """Return a title, an abstract or a sentence as people read it; it is for showing and searching.

    Its length may differ: what counts places counts them in the text as it was read, or asks `renderings`.
    """
    return _plain(text) if _MARKED.search(text) else text


@lru_cache(KEPT)
def _plain(text: str) -> str:
    layers = renderings(text)
    if not layers:
        return text
    read = _GAP.sub(" ", layers[-1].text)
    read = read if text[0].isspace() else read.lstrip(" ")
    return read if text[-1].isspace() else read.rstrip(" ")


def renderings(text: str) -> list[Rendered]:
    """Return how a text is read: mark-up first, then LaTeX in what that gave; none of both where there is none."""
    layers = []
    if has_markup(text) and (pieces := list(markup_pieces(text))):
        layers.append(rendered(text, pieces))
        text = layers[-1].text
    if pieces := list(latex_pieces(text)):
        layers.append(rendered(text, pieces))
    return layers
