"""Mark-up of the web and of publishers (HTML, JATS, MathML, entities) read as text. Pure functions."""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from paperchat.text.latex import lowered, raised
from paperchat.text.pieces import Piece

_BLOCKS = "abstract|br|div|disp-formula|disp-quote|h[1-6]|hr|li|list|list-item|ol|p|sec|section|table|td|th|title|tr|ul"

_INLINE = "a|alternatives|b|bold|cite|code|em|ext-link|fn|font|i|inline-formula|inline-graphic|italic|kbd|label|mark"
_INLINE += "|monospace|named-content|overline|q|roman|s|sans-serif|sc|scp|small|span|strike|strong|styled-content|tex"
_INLINE += (
    "|tex-math|tt|u|underline|uri|xref|article-title|abbr|math|semantics|annotation|m(?:row|i|n|o|text|style|space"
)
_INLINE += "|sup|sub|subsup|frac|sqrt|fenced|over|under|underover|table|tr|td|multiscripts|prescripts|root|padded)"

_ATTRIBUTES = r"""(?:\s{1,3}[\w:.-]{1,40}\s{0,2}=\s{0,2}(?:"[^"<>]{0,300}"|'[^'<>]{0,300}')){0,12}\s{0,3}/?"""

_ESCAPE = r"&(?:amp;){0,2}"  # publishers escape what is escaped

_OPEN, _SHUT, _NAMED = rf"(?:<|{_ESCAPE}lt;)", rf"(?:>|{_ESCAPE}gt;)", r"(?:[a-z]{1,6}:)?"

_MARK = re.compile(
    rf"""\s?{_OPEN}{_NAMED}(?P<script>su[bp]|inf){_ATTRIBUTES}{_SHUT}(?P<scripted>[^<>]{{0,60}}?){_OPEN}/{_NAMED}(?:su[bp]|inf){_SHUT}
    |{_OPEN}{_NAMED}title{_ATTRIBUTES}{_SHUT}\s{{0,5}}(?P<titled>[^<>]{{1,80}}?)[\s:.]{{0,5}}{_OPEN}/{_NAMED}title{_SHUT}
    |<mml:msu(?P<index>[bp])>\s{{0,9}}<mml:m[ino]>(?P<base>[^<>]{{1,20}})</mml:m[ino]>\s{{0,9}}
        <mml:m[ino]>(?P<power>[^<>]{{1,20}})</mml:m[ino]>\s{{0,9}}</mml:msu[bp]>
    |(?P<comment><!\[CDATA\[|\]\]>|<!--[^<>]{{0,500}}-->)
    |{_OPEN}/?{_NAMED}(?P<tag>{_BLOCKS}|{_INLINE}|su[bp]|inf){_ATTRIBUTES}{_SHUT}
    |{_ESCAPE}(?P<entity>\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});""",
    re.VERBOSE,
)

_BLOCK = re.compile(_BLOCKS)

_ALTERNATIVE = re.compile(r"<mml:math\b|</mml:math>|<(?:jats:)?tex-math\b")

_PREAMBLE = re.compile(r"\\documentclass\b|\\begin\{document\}|\\end\{document\}")

_SHORT = {"a", "b", "i", "p", "q", "s", "u", "em", "tt", "code", "label", "mark"}
"""Names that may stand between "less" and "greater" in text; these are tags where the text closes them, too."""

_CLOSING = {name: re.compile(rf"{_OPEN}/{_NAMED}{name}{_SHUT}") for name in _SHORT}

_SHOWN = "\N{NO-BREAK SPACE}\N{THIN SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"

_UNTITLED = ("abstract", "summary")


def has_markup(text: str) -> bool:
    """Tell whether a text may have tags or entities."""
    return "<" in text or "&" in text


def markup_pieces(text: str) -> Iterator[Piece]:
    """Yield where a text has tags and entities, and what each reads as."""
    hidden = _unread(text)
    past = 0
    for found in _MARK.finditer(text):
        while hidden and hidden[0][1] <= found.start():
            yield _skipped(hidden, past)
            past = max(past, hidden.pop(0)[1])
        inside = hidden and hidden[0][0] <= found.start()
        if not inside and found.start() >= past and (read := _read(found, text)) is not None:
            yield Piece(found.start(), found.end(), read)
            past = found.end()
    for start, end in hidden:
        yield Piece(max(start, past), end, " ")


def _skipped(hidden: list[tuple[int, int]], past: int) -> Piece:
    start, end = hidden[0]
    return Piece(max(start, past), end, " ")


def _unread(text: str) -> list[tuple[int, int]]:
    """Return the places that are not read: a formula given a second time as MathML, and the preamble of LaTeX."""
    places, opened = [], -1
    has_tex = "tex-math" in text
    for found in _ALTERNATIVE.finditer(text) if has_tex else ():
        if found[0].startswith("<mml"):
            opened = found.start()
        elif found[0] == "</mml:math>" and opened >= 0:
            places.append((opened, found.end()))
            opened = -1
    opened = -1
    for found in _PREAMBLE.finditer(text) if "\\documentclass" in text else ():
        if found[0].startswith("\\documentclass"):
            opened = found.start()
        elif opened >= 0 or found[0] == "\\end{document}":
            places.append((opened if opened >= 0 else found.start(), found.end()))
            opened = -1
    return sorted(places)


def _read(found: re.Match[str], text: str) -> str | None:
    """Return what a mark reads as, None where it is none."""
    if (scripted := found["scripted"]) is not None:
        return _scripted(unescape(scripted), found["script"])
    if power := found["power"]:
        return found["base"] + (raised if found["index"] == "p" else lowered)(unescape(power))
    if entity := found["entity"]:
        return _character(entity)
    if titled := (found["titled"] or "").strip():
        return " " if titled.casefold() in _UNTITLED else f" {titled}: "
    name = found["tag"]
    if name in _SHORT and found[0][1:] == f"{name}>" and not _CLOSING[name].search(text):
        return None
    return " " if name and _BLOCK.fullmatch(name) else ""


def _scripted(text: str, script: str) -> str:
    """Return text as super- or subscript; letters, as in "V<sub>max</sub>", are read as they are."""
    made = (raised if script == "sup" else lowered)(text)
    return text.strip() if made[:1] in ("^", "_") and text.strip().isalnum() else made


def _character(entity: str) -> str | None:
    """Return the characters of an entity; None where it is none."""
    if entity[0] != "#" and f"{entity};" not in html5:
        return None
    character = unescape(f"&{entity};")
    return "".join(sign for sign in character if sign.isprintable() or sign in _SHOWN)  # nothing that hides
