r"""LaTeX read as text: a formula, or one macro with its arguments (`\frac{1}{2}`). Pure functions, by pylatexenc."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from paperchat.text.latex_macros import SAID, SILENT, STYLES, UNREAD, WORDS
from paperchat.text.once import once

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

DEEPEST = 25
"""Braces within braces that are read; a text with more of them is no paper's."""

KEPT = 20_000
"""Formulas and macros that are kept as they were read: papers repeat them."""

_SUPER = dict(zip("0123456789+-\u2212=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))

_SUB = dict(zip("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))

_ALONE = {"\u2218": "°", "\u00b0": "°", "*": "*", "\u22c6": "*", "\u2032": "\u2032", "\u2020": "†", "\u2021": "‡"}
"""What reads the same raised as on the line, such as the sign of degrees."""

_ORDINAL = ("th", "st", "nd", "rd")

_LETTERS = dict(zip("CHNPQRZ", "\u2102\u210d\u2115\u2119\u211a\u211d\u2124", strict=True))

_ACCENTS = {
    "widehat": "\u0302",
    "widetilde": "\u0303",
    "Tilde": "\u0303",
    "overline": "\u0305",
    "Hat": "\u0302",
    "Bar": "\u0304",
    "textcommabelow": "\u0326",
}
"""Accents of formulas that pylatexenc leaves out, as combining characters for one letter."""

_SECOND = ("texorpdfstring", "foreignlanguage")
"""Macros of two arguments, of which the second is read."""

_BARE = re.compile(r"(?<!\\)([%#&])")

_SPACES = re.compile(r"[ \t\r\n\u2000-\u200a\u205f]+")

_OPENING = "([{⌊⌈⟨,"

_TIGHT = re.compile(r"(?<=[(\[{⌊⌈⟨]) | (?=[)\]}⌋⌉⟩,;])")

_WHOLE = re.compile(r"[\w.∞°]{1,20}")
"""What needs no parentheses beside a stroke or under a root."""


def arguments(name: str) -> str | None:
    r"""Return what arguments a macro takes, such as "[{" for `\sqrt[3]{x}`; None for a macro that is not known."""
    walker, reader = _contexts()
    spec = walker.get_macro_spec(name)
    if spec is None and not reader.get_macro_spec(name).macroname:
        return None
    return str(getattr(spec.args_parser, "argspec", "") or "") if spec else ""


def read_formula(formula: str) -> str:
    r"""Return a formula, without its dollars, as text: `\mathcal{O}(n \log n)` is "O(n log n)"."""
    return _read(_BARE.sub(_escaped, formula)).strip() if _depth(formula) <= DEEPEST else formula


def read_macro(written: str) -> str:
    r"""Return one macro with its arguments as text: `\H{o}` is "ő"."""
    return _read(_BARE.sub(_escaped, written)) if _depth(written) <= DEEPEST else written


def raised(text: str) -> str:
    """Return text as a superscript: "3" is "³", "th" stays, what has no such characters follows a "^"."""
    return _script(text, _SUPER, "^")


def lowered(text: str) -> str:
    """Return text as a subscript."""
    return _script(text, _SUB, "_")


def _script(text: str, table: dict[str, str], sign: str) -> str:
    text = text.strip()
    if all(character in table for character in text):
        return "".join(table[character] for character in text)
    if text in _ALONE:
        return _ALONE[text]
    if sign == "^" and text in _ORDINAL:
        return text
    return f"{sign}{text}" if _WHOLE.fullmatch(text) or len(text) == 1 else f"{sign}({text})"


def _escaped(bare: re.Match[str]) -> str:
    return f"\\{bare[1]}"


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return deepest


@lru_cache(KEPT)
def _read(written: str) -> str:
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

    walker = LatexWalker(written, latex_context=_contexts()[0], tolerant_parsing=True)
    try:
        nodes, _, _ = walker.get_latex_nodes(parsing_state=walker.make_parsing_state(in_math_mode=True))
        text = _reader().nodelist_to_text(nodes)
    except (LatexWalkerError, IndexError, TypeError, ValueError, AttributeError):  # it raises these for broken LaTeX
        return written
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    return _TIGHT.sub("", text)


@once
def _contexts() -> tuple[Any, Any]:
    """Return what pylatexenc knows of macros, with what we add: how their arguments are found, and how they read."""
    from pylatexenc.latex2text import MacroTextSpec, SpecialsTextSpec, get_default_latex_context_db
    from pylatexenc.latexwalker import get_default_latex_context_db as get_walker_context
    from pylatexenc.macrospec import MacroSpec, MacroStandardArgsParser, SpecialsSpec

    arguments = {
        **dict.fromkeys([*STYLES, *_ACCENTS, "mathbb", "textsuperscript", "textsubscript", "url"], "{"),
        **UNREAD,
    }
    arguments |= dict.fromkeys(("frac", "dfrac", "tfrac", "nicefrac", "sfrac", "binom", "href", *_SECOND), "{{")
    arguments |= {"sqrt": "[{", "operatorname": "*{"} | dict.fromkeys([*SILENT, *SAID], "")
    walker = get_walker_context()
    scripts = [SpecialsSpec(sign, args_parser=MacroStandardArgsParser("{")) for sign in "^_"]
    macros = [MacroSpec(name, argspec) for name, argspec in arguments.items()]
    walker.add_context_category("paperchat", macros=macros, specials=scripts, prepend=True)
    replaced: dict[str, Callable[..., str]] = {name: partial(_argument, 0) for name in STYLES} | dict.fromkeys(
        [*UNREAD, *SILENT], _nothing
    )
    replaced |= {name: partial(_accented, mark) for name, mark in _ACCENTS.items()}
    replaced |= {
        "mathbb": _blackboard,
        "textsuperscript": _superscript,
        "textsubscript": _subscript,
        "binom": _binomial,
    }
    replaced |= {"sqrt": _root, "href": partial(_argument, 1), "url": partial(_argument, 0)}
    replaced |= dict.fromkeys((*_SECOND, "operatorname"), partial(_argument, 1))
    replaced |= dict.fromkeys(("frac", "dfrac", "tfrac", "nicefrac", "sfrac"), _fraction)
    texts = [MacroTextSpec(name, simplify_repl=repl) for name, repl in replaced.items()]
    texts += [MacroTextSpec(name, simplify_repl=partial(_said, said)) for name, said in SAID.items()]
    specials = [SpecialsTextSpec("^", simplify_repl=_superscript), SpecialsTextSpec("_", simplify_repl=_subscript)]
    reader = get_default_latex_context_db()
    reader.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_unknown))
    reader.add_context_category("paperchat", macros=texts, specials=specials, prepend=True)
    return walker, reader


@once
def _reader() -> "LatexNodes2Text":
    from pylatexenc.latex2text import LatexNodes2Text

    class Reader(LatexNodes2Text):  # type: ignore[misc]  # pylatexenc has no types
        r"""Keeps the space behind a macro that says something, and parts two words (`\log\log n`)."""

        def nodelist_to_text(self, nodes: Sequence[Any]) -> str:
            text = ""
            for node in nodes:
                part = self.node_to_text(node, textcol=0)
                text = _joined(text, part, node) if hasattr(node, "macroname") else text + part
            return text

    return Reader(latex_context=_contexts()[1], math_mode="text", strict_latex_spaces=True)


def _joined(text: str, part: str, node: Any) -> str:
    """Return a text with what a macro says behind it: a sign has space on both sides or on none, words have it."""
    space = "" if not part or (node.nodeargd and node.nodeargd.argnlist) else node.macro_post_space
    if len(part) == 1 and not part.isalnum():
        opens = not text.strip() or text[-1] in _OPENING
        return f"{text}{part}" if opens else f"{text}{space}{part}{space}"
    parted = text[-1:].isalnum() and part in (node.macroname, *WORDS) and len(part) > 1
    return f"{text}{' ' * parted}{part}{space}"


def _unknown(node: Any, l2tobj: Any) -> str:
    r"""Return the name of a macro that nobody knows; one for a bold letter (`\vtheta`) reads as the letter."""
    name = str(node.macroname)
    known = l2tobj.latex_context.get_macro_spec(name[1:]) if name[:1] in "vb" else None
    return str(known.simplify_repl) if known and isinstance(known.simplify_repl, str) else name


def _nothing(node: Any) -> str:  # noqa: ARG001 -- pylatexenc names it
    return ""


def _said(said: str, node: Any) -> str:  # noqa: ARG001
    return said


def _argument(place: int, node: Any, l2tobj: Any) -> str:
    return str(l2tobj.node_arg_to_text(node, place))


def _superscript(node: Any, l2tobj: Any) -> str:
    return raised(_argument(0, node, l2tobj))


def _subscript(node: Any, l2tobj: Any) -> str:
    return lowered(_argument(0, node, l2tobj))


def _blackboard(node: Any, l2tobj: Any) -> str:
    letters = _argument(0, node, l2tobj)
    return "".join(_LETTERS.get(letter, letter) for letter in letters)


def _accented(mark: str, node: Any, l2tobj: Any) -> str:
    text = _argument(0, node, l2tobj).strip()
    return text + mark if len(text) == 1 else text


def _fraction(node: Any, l2tobj: Any) -> str:
    return "/".join(_held(_argument(place, node, l2tobj)) for place in (0, 1))


def _root(node: Any, l2tobj: Any) -> str:
    return f"√{_held(_argument(1, node, l2tobj))}"


def _binomial(node: Any, l2tobj: Any) -> str:
    return f"C({_argument(0, node, l2tobj)}, {_argument(1, node, l2tobj)})"


def _held(text: str) -> str:
    """Return text in parentheses where it would fall apart without them."""
    text = text.strip()
    return text if _WHOLE.fullmatch(text) else f"({text})"
