"""What sources write with LaTeX or mark-up as text that people read."""

import html
import re

from paperchat.storage.readers.fields import one_line
from paperchat.text.plain import plain as text_plain

_BRACE = re.compile(r"\\[{}]|\\[lr]brace")
"""A brace that is read as one."""

_TAG = re.compile(
    r"</?(?:jats:)?(?:p|i|b|em|strong|sub|sup|sc|u|tt|span|br|title|sec|italic|bold|div|section|label|list|list-item|"
    r"h[1-6]|ul|ol|li|a|inf|abstract|underline|monospace|scp)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)

_BLOCK = re.compile(r"</?(?:jats:)?(?:p|br|title|sec|div|section|li|h[1-6]|list-item)\b", re.IGNORECASE)

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,20});", re.IGNORECASE)


def plain(text: str) -> str:
    r"""Return text that LaTeX or mark-up is in as people read it, on one line: `Erd\H{o}s` is "Erdős"."""
    return unmarked(text_plain(text))


def ungrouped(text: str) -> str:
    """Return the text of a field of BibTeX, where braces but group, as in "D{'}Souza", unless they are escaped."""
    read = plain(text)
    return read if _BRACE.search(text) else one_line(read.replace("{", "").replace("}", ""))


def unmarked(text: str) -> str:
    """Return text without the tags and entities of HTML and JATS, on one line."""
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
    if "<" in text:
        text = _TAG.sub(lambda match: " " if _BLOCK.match(match[0]) else "", text)
    return one_line(text)


def brace_depth(text: str) -> int:
    """Return how many braces stand within each other at most."""
    depth = deepest = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return deepest
