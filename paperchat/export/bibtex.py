r"""Papers as BibTeX in UTF-8, which LaTeX, pandoc and reference managers read. The only place that writes it.

Letters and signs of every script stay as they are, only what LaTeX would take for its own is escaped. What the source
has as LaTeX stays LaTeX where any document can hold it: formulas, `\emph{…}`, links.
"""

import re
from collections.abc import Iterator, Sequence

from paperchat.bibliography import Details, Person
from paperchat.export.csl import bare_line, kind_of
from paperchat.export.formulas import Aside, has_pairs
from paperchat.export.other_fields import as_bibtex
from paperchat.text.citation_keys import citation_keys
from paperchat.text.cleaning import clean
from paperchat.types import Paper

_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "review": "article",
    "review-book": "article", "paper-conference": "inproceedings", "chapter": "incollection",
    "entry-encyclopedia": "incollection", "entry-dictionary": "incollection", "book": "book", "thesis": "phdthesis",
    "report": "techreport", "manuscript": "unpublished", "webpage": "online", "post": "online", "post-weblog": "online",
    "dataset": "dataset", "software": "software", "patent": "patent", "pamphlet": "booklet", "periodical": "periodical",
}  # fmt: skip
"""The entry type of each CSL type; of the others it is "misc"."""

_VENUES = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle", "book": "booktitle"}

_PUBLISHERS = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}

_MASTERS = re.compile(r"\bmaster|\bm\.?\s?sc\b|\bm\.?a\.?\b|\bdiplom", re.IGNORECASE)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_VERBATIM = ("doi", "url", "eprint", "file", "pdf", "urldate")
"""Fields that are no text: what they hold is not escaped."""

_SPECIAL = {
    "\\": r"{\textbackslash}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
}

_STYLED = re.compile(
    r"(\\(?:emph|text(?:bf|it|tt|sc|sf|sl|rm|subscript|superscript)|underline)\{"
    r"|\{\\(?:em|it|bf|tt|sc|sf|sl|rm)\s)([^{}]{0,2000})\}"
)

_LINK = re.compile(r"(\\href)\{([^{}\s]{1,1000})\}\{([^{}]{0,1000})\}|(\\url)\{([^{}\s]{1,1000})\}")

_DEEPEST = 5
"""Styles within styles that are kept."""

_LINK_SPECIAL = re.compile(r"(?<!\\)([%#&_])")

_PARAGRAPH = re.compile(r"\n[^\S\n]{0,100}\n")

_DASH = re.compile(r"\s?(?:-{1,3}|[\u2012-\u2015])\s?")

_AND = re.compile(r"\band\b|,", re.IGNORECASE)

_SPACE = re.compile(r"[^\S\u00a0]+")


def to_bibtex(papers: Sequence[Paper]) -> str:
    """Return papers as BibTeX."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field

    entries: list[Block] = []
    for paper, key in zip(papers, citation_keys(papers), strict=True):
        fields = {name: value for name, value in _fields(paper) if value}
        entries.append(Entry(_type(paper.details), key, [Field(name, value) for name, value in fields.items()]))
    return write_string(Library(entries), unparse_stack=[])


def _type(details: Details) -> str:
    kind = kind_of(details)
    if kind == "article" and details.venue:
        return "article"
    if kind == "thesis" and any(name == "type" and _MASTERS.search(value) for name, value in details.others):
        return "mastersthesis"
    return _TYPES.get(kind, "misc")


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry, each with its enclosed value, which is empty where it is not known."""
    details, entry = paper.details, _type(paper.details)
    own = {
        "author": _braced(" and ".join(map(_name, details.authors))),
        "title": _braced(_braced(bibtex_text(paper.title))),  # the second braces keep the capitals of names
        _VENUES.get(entry, "journal"): _text(details.venue),
        "editor": _braced(" and ".join(map(_name, details.editors))),
        _PUBLISHERS.get(entry, "publisher"): _text(details.publisher),
        "volume": _text(details.volume),
        "number": _text(details.issue),
        "pages": _braced(_DASH.sub("--", bibtex_text(details.pages))),
        "year": _braced(f"{details.year:04}") if details.year else "",
        "month": _MONTHS[details.date[1] - 1] if details.date[1:] and 1 <= details.date[1] <= len(_MONTHS) else "",
        "day": _braced(str(details.date[2])) if details.date[2:] else "",
        "doi": _verbatim(details.doi),
        "eprint": _verbatim(details.arxiv),
        "archiveprefix": _braced("arXiv") if details.arxiv else "",
        "url": "" if any(name == "url" for name, _ in details.others) else _verbatim(details.url),
        "language": _text(details.language),
        "keywords": _text(("; " if any("," in word for word in details.keywords) else ", ").join(details.keywords)),
    }
    yield from own.items()
    told = {name for name, value in own.items() if value} | {"abstract"}
    for name, value in as_bibtex(details.others):
        if name.lower() not in told:
            yield name, _verbatim(value) if name.lower() in _VERBATIM else _text(value)
    yield "abstract", _text(paper.abstract)


def _name(person: Person) -> str:
    """Return a name as BibTeX parts it; what is no person's is one whole."""
    family, given = bibtex_text(person.family), bibtex_text(person.given)
    if _AND.search(family) or (not given and " " in family):
        family = _braced(family)
    return f"{family}, {_braced(given) if _AND.search(given) else given}" if given else family


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _text(text: str) -> str:
    """Return the value of a field; an empty line parts its paragraphs."""
    return _braced("\n\n".join(filter(None, map(bibtex_text, _PARAGRAPH.split(text)))))


def _verbatim(text: str) -> str:
    """Return the value of a field that is no text; what would end it elsewhere as in addresses."""
    text = bare_line(text)
    if not has_pairs(text):
        text = text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
    return _braced(text)


def bibtex_text(text: str) -> str:
    """Return a text on one line as the value of a BibTeX field, without the braces around it."""
    aside = Aside()
    kept = aside.without_formulas(text)
    for _ in range(_DEEPEST):
        styled = _LINK.sub(lambda found: _link(found, aside), kept)
        styled = _STYLED.sub(lambda found: f"{aside.put(found[1])}{found[2]}{aside.put('}')}", styled)
        if styled == kept:
            break
        kept = styled
    made = aside.back(_escaped(clean(kept)))
    return made if has_pairs(made) else _escaped(clean(aside.back(kept)))


def _link(found: re.Match[str], aside: Aside) -> str:
    macro, address, shown = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], "")
    address = _LINK_SPECIAL.sub(r"\\\1", address)
    if not found[1]:
        return aside.put(f"{macro}{{{address}}}")
    return f"{aside.put(f'{macro}{{{address}}}{{')}{shown}{aside.put('}')}"


def _escaped(text: str) -> str:
    """Return text as it is read in LaTeX, its white space as single spaces."""
    text = _SPACE.sub(" ", text)
    paired = _paired(text)
    made = []
    for place, character in enumerate(text):
        if character in "{}":
            side = "l" if character == "{" else "r"
            made.append(f"\\{character}" if place in paired else rf"\ensuremath{{\{side}brace}}")
        else:
            made.append(_SPECIAL.get(character, character))
    return "".join(made).strip()


def _paired(text: str) -> set[int]:
    r"""Return where a text has braces that have a partner: these BibTeX takes as `\{` and `\}`."""
    opened: list[int] = []
    paired: set[int] = set()
    for place, character in enumerate(text):
        if character == "{":
            opened.append(place)
        elif character == "}" and opened:
            paired |= {opened.pop(), place}
    return paired
