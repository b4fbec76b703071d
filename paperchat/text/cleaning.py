"""Text as people read and search it: LaTeX left-overs cleaned, hostile characters named. Pure functions."""

import re
import unicodedata
from collections.abc import Iterable

from paperchat.text.folding import folded
from paperchat.text.plain import plain

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»")

_SHORT = 3
"""Letters of the longest word that a title may leave in lower case; also the fewest words of a title looked for."""

_LONGEST_NAME = 40
"""Characters of a work's name: more before a colon is a phrase."""

_WORD = re.compile(r"\w+")

_LETTERS = re.compile(r"[^\W\d_]+")

SPACE = r"(?:(?<!\s)\s+)?"
"""What a pattern begins with where white space may stand before it: a run of it is tried from its first place alone."""


clean = plain
"""A text without LaTeX and mark-up, for display and search only.

The length may change, so offsets into an abstract must be applied before cleaning.
"""


def printable(text: str) -> str:
    """Return `text` without control, bidi and zero-width characters and lone surrogates; white space becomes spaces."""
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or not is_hostile(c)).strip()


def is_hostile(character: str) -> bool:
    """Tell whether a character is invisible or reorders text: control, bidi, zero-width, surrogate, unassigned use.

    The zero-width joiners that Indic and Persian scripts and emoji need (U+200C, U+200D) are not hostile.
    """
    if character in "\t\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}":
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def normalised(title: str) -> str:
    """Return a title for comparison: case, accents' form, punctuation and spacing do not matter."""
    folded = unicodedata.normalize("NFKC", clean(title)).casefold()
    return " ".join(_WORD.findall(folded))


def plain_letters(text: str) -> str:
    """Return text for comparison without accents, too: "Erdős" is typed "Erdos"."""
    return folded(normalised(text))


def work_name(title: str) -> str:
    """Return the name of the work that a title has before its colon, or an empty string."""
    name, colon, _ = clean(title).partition(":")
    return name.strip() if colon and len(name) <= _LONGEST_NAME else ""


def quoted_titles(text: str) -> list[tuple[int, int]]:
    """Return where `text` quotes what looks like a title: (start, end), without the quotation marks.

    A title is text in double quotation marks of three words or more in which two thirds of the words of more than
    three letters begin with a capital. Titles without quotation marks are not seen.
    """
    spans = [match.span(match.lastindex or 0) for match in _QUOTED.finditer(text)]
    return [(start, end) for start, end in spans if _is_title(text[start:end])]


def known_text(texts: Iterable[str]) -> str:
    """Return texts as one text, normalised, with a space before and after each word."""
    return " " + " \n ".join(normalised(text) for text in texts) + " "


def _is_title(words: str) -> bool:
    long = [word for word in _LETTERS.findall(words) if len(word) > _SHORT]
    return len(words.split()) >= _SHORT and 3 * sum(word[0].isupper() for word in long) >= 2 * len(long) > 0


_MARKUP = re.compile(r"([\\`*_\[\]<>|~&$])")

_BLOCK = re.compile(r"^([#+=-]|\d+(?=[.)]))")  # what begins a heading, a list or a rule at the start of a line


def escaped(text: str) -> str:
    """Return text as one line of Markdown that shows exactly it: no markup, link or HTML."""
    return _BLOCK.sub(_without_block, _MARKUP.sub(r"\\\1", " ".join(printable(text).split())))


def _without_block(start: re.Match[str]) -> str:
    return f"{start[1]}\\" if start[1].isdigit() else f"\\{start[1]}"
