"""What one macro in a title or an abstract reads as, with what it is given. Pure functions."""

import re

from paperchat.text.latex import arguments, read_formula, read_macro
from paperchat.text.latex_macros import GONE, SILENT, STYLES, WORDS
from paperchat.text.latex_source import LETTER, LONGEST_FORMULA, OPTION, Source
from paperchat.text.pieces import Piece

CITING = re.compile(r"[A-Za-z]{0,10}[cC]ite[A-Za-z]{0,12}")

_CITED = re.compile(r"\s?(?:\[[^\[\]\n]{0,200}\]){0,2}\s?\{[^{}]{0,1000}\}")

LETTERED = frozenset("HcvukrbdtU")
"""Accents that are letters, as in Erd\\H{o}s."""

_EATING = frozenset(("o", "O", "l", "L", "ss", "aa", "AA", "ae", "AE", "oe", "OE", "i", "j", "dh", "dj", "ng", "th"))
"""Letters behind which LaTeX takes a space for the end of the macro's name."""

_OPENING = frozenset(("textquotedblleft", "textquoteleft", "guillemotleft", "guilsinglleft", "quotedblbase"))
"""Signs that stand before a word, without the space that ends their name."""

_MATH = frozenset(("equation", "equation*", "align", "align*", "eqnarray", "displaymath", "math", "gather", "multline"))

_URL = re.compile(r"(?:https?://|www\.|mailto:)\S{1,1000}")

_ESCAPED = re.compile(r"\\([%&_#~$])(?:\{\})?")


def read_call(source: Source, found: re.Match[str]) -> Piece | None:
    """Return what a macro that was found reads as, with what it is given; None where its stroke is no LaTeX."""
    at, end, name = found.start(), found.end(), found[0].strip("\\*")
    if CITING.fullmatch(name):
        return source.dropped(at, _CITED.match(source.text, end), end)
    if name in ("href", "url", "path", "nolinkurl"):
        return _link(source, at, end)
    if name in ("begin", "end"):
        return _environment(source, at, end)
    opened = end + len(source.text[end : end + 1]) if source.text[end : end + 1] == " " else end
    if name in STYLES or name == "textcolor":
        return _style(source, at, end if source.text[end : end + 1] == "{" else opened, name)
    if name in SILENT:
        return None if source.is_glued(at, name) else Piece(at, opened, "")
    spec = arguments(name)
    return _unknown(source, at, end, name) if spec is None else _known(source, at, end, name, spec)


def _link(source: Source, at: int, end: int) -> Piece | None:
    """A link reads as what it is called, with its address behind; an address that says "this URL" is none."""
    close = source.group(end)
    if close < 0:
        return Piece(at, end, "")
    address = _ESCAPED.sub(r"\1", source.text[end + 1 : close]).strip()
    called = source.group(close + 1)
    if called < 0:
        return Piece(at, close + 1, address)
    name = source.text[close + 2 : called].strip()
    if not name or _URL.fullmatch(_ESCAPED.sub(r"\1", name)) or len(name) > LONGEST_FORMULA:
        return Piece(at, called + 1, address if _URL.fullmatch(address) else name)
    source.reads[called] = f" ({address})" if _URL.fullmatch(address) else ""
    return Piece(at, close + 2, "")


def _environment(source: Source, at: int, end: int) -> Piece:
    close = source.group(end)
    if close < 0:
        return Piece(at, end, "")
    name = source.text[end + 1 : close]
    ending = source.text.find(f"\\end{{{name}}}", close, close + LONGEST_FORMULA) if name in _MATH else -1
    if ending >= 0:
        read = f" {read_formula(source.text[close + 1 : ending])} "
        return Piece(at, ending + len(name) + 6, read)
    option = OPTION.match(source.text, close + 1)
    return Piece(at, option.end() if option else close + 1, " ")


def _style(source: Source, at: int, end: int, name: str) -> Piece | None:
    """What is set in italics is read as it is: the macro and its braces go."""
    if name == "textcolor" and (close := source.group(end)) >= 0:
        end = close + 1
    if source.text[end : end + 1] != "{":
        return None if source.is_glued(at, name) else Piece(at, end, "")
    if (close := source.group(end)) >= 0:
        source.reads[close] = ""
    return Piece(at, end + 1, "")


def _unknown(source: Source, at: int, end: int, name: str) -> Piece | None:
    """A macro that nobody knows was its authors' own: what it is given, or else its name, is all that is left."""
    if source.is_glued(at, name):
        return None
    close = source.group(end)
    if close < 0 or close == end + 1:
        return Piece(at, max(end, close + 1), name)
    source.reads[close] = ""
    return Piece(at, end + 1, "")


def _known(source: Source, at: int, end: int, name: str, spec: str) -> Piece | None:
    if name in GONE:
        return source.dropped(at, None, source.given(end, spec))
    if name in LETTERED:
        letter = LETTER.match(source.text, end)
        braced = letter and (letter[0].strip()[0] == "{" or source.before(at).isalpha() or source.before(at) == "{")
        return Piece(at, letter.end(), read_macro(source.text[at : letter.end()])) if letter and braced else None
    until = source.given(end, spec)
    if "{" in spec and until == end:
        return None if source.is_glued(at, name) else Piece(at, end, name)
    if not spec:
        if source.before(at) == ":":
            return None
        until += 2 * source.text.startswith("{}", end)
        until += source.text[until : until + 1] == " " and (
            name in _OPENING or (name in _EATING and source.text[until + 1 : until + 2].islower())
        )
    read = read_macro(source.text[at:until].rstrip())
    return Piece(at, until, " " * (name in WORDS and source.before(at).isalnum()) + read)
