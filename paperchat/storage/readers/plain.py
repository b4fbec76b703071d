"""What sources write with LaTeX or mark-up as text that people read, on one line."""

from paperchat.storage.readers.fields import one_line
from paperchat.text import plain as reading
from paperchat.text.markup import markup_pieces
from paperchat.text.pieces import rendered


def plain(text: str) -> str:
    r"""Return text that LaTeX or mark-up is in as people read it, on one line: `Erd\H{o}s` is "Erdős"."""
    return one_line(reading.plain(text))


def ungrouped(text: str) -> str:
    r"""Return a field of BibTeX as people read it: there each brace is mark-up, but for those that are said (`\{`)."""
    read = plain(text)
    bare = read if "\\{" in text else read.replace("{", "").replace("}", "")
    return unmarked(bare)  # tags stand there as `{\textless}i{\textgreater}`, too


def unmarked(text: str) -> str:
    """Return text without the tags and entities of HTML and JATS, on one line."""
    return one_line(rendered(text, markup_pieces(text)).text if "<" in text or "&" in text else text)


def brace_depth(text: str) -> int:
    """Return how many braces stand within each other at most."""
    depth = deepest = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return deepest
