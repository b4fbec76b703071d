"""The formulas of a text set aside, each as one character, while the rest of it is worked on. Pure functions."""

import re
from collections.abc import Callable

from paperchat.text.cleaning import is_hostile

_FIRST = 0xF0000
"""The first of 65,000 characters that are nobody's, and so in no text that is shown."""

_MOST = 60_000

_FORMULA = re.compile(r"(?<![\\$])\$(?![\s$])(?:[^$\\]|\\.){1,600}?(?<!\s)\$(?![\d$])|\\\((?:[^\\]|\\[^)]){1,600}?\\\)")

_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,30}[ ,.]{1,2}[A-Za-z]{2,30}")

_AMOUNT = re.compile(r"\$\d[\d.,]{0,20}\s?[A-Za-z]{2}")

_STRONG = re.compile(r"\\[A-Za-z]|[\^_{=<>]")

_UNSOUND = re.compile(
    r"(?<!\\)[%#]"
    r"|\\(?:begin|end|input|include\w{0,9}|[egx]?def|let|catcode|csname|write\d{0,2}|read|open(?:in|out)|immediate"
    r"|special|usepackage|documentclass|(?:re)?newcommand|newenvironment|expandafter|loop|repeat|cite\w{0,9})(?![A-Za-z])"
)
"""What is no formula that another document can hold."""

_ESCAPED = re.compile(r"\\[{}]")

_BRACES = re.compile(r"[{}]")


class Aside:
    """The pieces of one text that stand for themselves, each for a character that no text has."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def put(self, piece: str) -> str:
        """Return the character that stands for a piece."""
        if len(self._pieces) >= _MOST:
            return piece
        self._pieces.append(piece)
        return chr(_FIRST + len(self._pieces) - 1)

    def without_formulas(self, text: str) -> str:
        """Return text, without what hides or reorders it, its formulas put aside."""
        text = "".join(c for c in text if c.isspace() or not is_hostile(c))
        return _FORMULA.sub(lambda found: self.put(found[0]) if is_sound(found[0]) else found[0], text)

    def back(self, text: str, read: Callable[[str], str] = str) -> str:
        """Return text with all pieces put back, each as `read` reads it."""
        last = _FIRST + len(self._pieces)
        return "".join(read(self._pieces[ord(c) - _FIRST]) if _FIRST <= ord(c) < last else c for c in text)


def is_sound(formula: str) -> bool:
    """Tell whether a formula, as it is written, holds in any document: no text, nothing defined, braces in pairs."""
    is_text = _WORDS.search(formula) or _AMOUNT.match(formula)
    if _UNSOUND.search(formula) or (is_text and not _STRONG.search(formula)):
        return False
    return has_pairs(formula)


def has_pairs(text: str) -> bool:
    """Tell whether every brace has its partner, as BibTeX counts them and as those that pass over escaped ones."""
    return _is_balanced(text) and _is_balanced(_ESCAPED.sub("", text)) and not text.endswith("\\")


def _is_balanced(text: str) -> bool:
    depth = 0
    for found in _BRACES.finditer(text):
        depth += 1 if found[0] == "{" else -1
        if depth < 0:
            return False
    return depth == 0
