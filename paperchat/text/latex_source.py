"""A text with LaTeX as it is searched: its groups of braces, and what ends further on. Pure."""

import re

from paperchat.text.latex import read_formula
from paperchat.text.pieces import Piece

LONGEST_FORMULA = 600
"""Characters of a formula, or of what a macro is given."""

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)

_STRONG = re.compile(r"\\[A-Za-z]+|[\^_\\{}=<>]")

_SENTENCE = re.compile(r"[^\W\d_]{2,30}[ ,.]{1,2}[^\W\d_]{2,30}")
"""Two words, one after the other: text, not a formula."""

_AMOUNT = re.compile(r"\d[\d.,]{0,20}\s?(?:[kKMBT]\b|[mb]illion|trillion|per\b|to\b|for\b|and\b|or\b|in\b|USD)")
"""What begins so behind a dollar is money."""

OPTION = re.compile(r"\[[^\[\]\n]{0,200}\]")

_ACCENTED = r"\\[~'\"`^=.]\s?(?:\{[A-Za-z]\}|[A-Za-z])"

LETTER = re.compile(
    rf"\s?\{{\s?{_ACCENTED}\s?\}}|{_ACCENTED}|"
    r"\s?\{\s?\\?[A-Za-z]{1,2}\s?\}|(?:\{\})?\\[ij](?![A-Za-z])(?:\{\})?|\s?[A-Za-z]"
)
"""What an accent stands on: a letter, or one that has another accent."""


class Source:
    """One text: where its groups are, and `reads`, what is read at a place further on, which ends what was begun."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.closing = _pairs(text) if "{" in text or "}" in text else {}
        self.reads: dict[int, str] = {}

    def before(self, at: int) -> str:
        """Return the character before a place, none at the beginning."""
        return self.text[at - 1] if at else ""

    def is_glued(self, at: int, name: str) -> bool:
        r"""Tell whether a macro's stroke parts a path: `data\train`, `C:\temp`, `\n`."""
        before = self.before(at)
        return len(name) == 1 or before.isalnum() or before in tuple(":\\/_.")

    def group(self, at: int) -> int:
        """Return where the group that begins at a place ends, -1 where none begins."""
        return self.closing.get(at, -1) if self.text[at : at + 1] == "{" else -1

    def given(self, end: int, spec: str) -> int:
        """Return where what a macro is given ends; `end` where something of it is missing."""
        until = end
        for kind in spec:
            if kind == "*":
                until += self.text[until : until + 1] == "*"
            elif kind == "[":
                option = OPTION.match(self.text, until)
                until = option.end() if option else until
            elif (close := self.group(until)) >= 0 and close - until <= LONGEST_FORMULA:
                until = close + 1
            else:
                return end
        return until

    def dropped(self, at: int, given: re.Match[str] | None, end: int) -> Piece:
        """Return a macro that is not read, with what it is given, the space before it, and brackets around it."""
        end = given.end() if given else end
        start = at - (self.before(at) in tuple(" ~\n"))
        if self.before(at) in tuple("([") and self.text[end : end + 1] in (")", "]"):
            return Piece(at - 1 - (self.before(at - 1) == " "), end + 1, "")
        if start <= 0:
            end += self.text[end : end + 1] == " "
        return Piece(start, end, "")

    def formula(self, at: int, opener: str, closer: str) -> Piece | None:
        """Return the formula that begins at a place, None where none does: `costs $5 and $6`."""
        begin = at + len(opener)
        end = _unescaped(self.text, closer, begin)
        if end < 0 or not (body := self.text[begin:end]).strip():
            return None
        if opener == "$" and not _is_formula(body):
            return None
        return Piece(at, end + len(closer), read_formula(body))


def _pairs(text: str) -> dict[int, int]:
    """Return where each brace that opens a group is closed, and where each that closes one was opened."""
    pairs, opened = {}, []
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            begun = opened.pop()
            pairs[begun], pairs[found.start()] = found.start(), begun
    return pairs


def _unescaped(text: str, closer: str, begin: int) -> int:
    """Return where a formula that begins at a place is closed, -1 where it is not, or goes on too long."""
    limit = begin + LONGEST_FORMULA
    end = text.find(closer, begin, limit)
    while end > 0 and closer[0] == "$" and text[end - 1] == "\\" and text[end - 2] != "\\":
        end = text.find(closer, end + 1, limit)
    return end


def _is_formula(body: str) -> bool:
    """Tell whether what stands between two dollars is a formula; "$5 and $6" is money."""
    if _AMOUNT.match(body) or "\n\n" in body:
        return False
    if _STRONG.search(body):
        return True
    if body[0].isspace() or body[-1].isspace() or _SENTENCE.search(body):
        return False
    return _is_balanced(body) and not (body[0].isdigit() and (body[-1] in "-\u2013\u2014/,;~" or body[-2:].isalpha()))


def _is_balanced(body: str) -> bool:
    depth = 0
    for character in body:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
