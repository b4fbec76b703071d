"""BibTeX and BibLaTeX, as Zotero, Mendeley, JabRef, Google Scholar and the ACL Anthology write it."""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from paperchat.bibliography import Details, Person
from paperchat.storage.readers.bibtex_commas import apart, with_commas
from paperchat.storage.readers.bibtex_names import named_people
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import arxiv, arxiv_in, date, doi, keywords, others, pages
from paperchat.storage.readers.languages import language
from paperchat.storage.readers.plain import ungrouped

if TYPE_CHECKING:
    from bibtexparser.model import Block
    from bibtexparser.model import Entry as Record

NAME = "BibTeX"

KINDS = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
    "incollection": "chapter", "inbook": "chapter", "inreference": "entry-encyclopedia", "suppbook": "chapter",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "booklet": "pamphlet", "reference": "book", "manual": "report",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "unpublished": "manuscript", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "software": "software", "dataset": "dataset", "patent": "patent", "misc": "document", "periodical": "periodical",
}  # fmt: skip
"""What each type of entry is in CSL."""

DEGREES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}

NO_PAPERS = ("xdata", "set", "control", "bibnote")

WHOLES = ("proceedings", "mvproceedings", "collection", "mvcollection", "book", "mvbook", "periodical", "reference")
"""Types of what holds papers: one that is there only for others to refer to is no paper."""

OWN = ("title", "abstract", "doi", "url", "keywords", "author", "crossref", "xdata", "pages", "eprint", "file",
       "annote", "subtitle", "shorttitle", "note")  # fmt: skip
"""Fields that a part of a whole does not take from it."""

VERBATIM = ("file", "url", "doi", "eprint", "pdf", "urldate", "bdsk-url-1", "bdsk-file-1", "groups")

DEEPEST = 3
"""References from entry to entry that are followed."""

_BLOCK = re.compile(r"^[ \t]{0,40}@[a-z]{2,30}[ \t]{0,5}[{(]", re.IGNORECASE | re.MULTILINE)

_KEY = re.compile(r"@[a-z]{2,30}[ \t]{0,5}[{(]\s{0,20}([^\s,{}=\"]{1,100})", re.IGNORECASE)

_FIELD = re.compile(r"[\w-]{1,40}\s{0,40}=")

_LINE_END = re.compile(r"\r\n?")

_URL = re.compile(r"\\url\{([^{}]{1,2000})\}")

_ESCAPED = re.compile(r"\\([_%&#$~{}])")

_BARE_URL = re.compile(r"https?://[^\s{}]{1,2000}")

_LINE = re.compile(r"(?:\$\\backslash\$|\{?\\textbackslash(?:\{\}|\})?)[nr](?![a-z])")
r"""What Mendeley makes of a line's end that came to it as `\n`."""

_PART = re.compile(r"[#\"{}]|\\.", re.DOTALL)


def recognises(source: Source) -> bool:
    """Tell whether a source has an entry of BibTeX near its beginning."""
    found = _BLOCK.search(source.head)
    return bool(found and (_FIELD.search(source.head, found.end()) or source.head[found.end() :].strip() == ""))


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the entries; what only holds others is left out, and what is never closed is a fault."""
    records, strings = dict[int, "Record"](), dict[str, str]()
    for number, block in enumerate(_blocks(with_commas(_LINE_END.sub("\n", source.text)))):
        kind = type(block).__name__
        if kind == "Entry":
            records[number] = block  # type: ignore[assignment]  # its type says so
        elif kind == "String":
            strings[block.key.lower()] = block.value  # type: ignore[attr-defined]
        elif kind == "ParsingFailedBlock":
            reason = "is not closed, or a brace, a quotation mark or a comma is missing in it"
            key = _KEY.match(str(block.raw))
            yield Fault(f"line {(block.start_line or 0) + 1}{f' ({key[1]})' if key else ''}", reason)
    fields = {number: _fields(record, strings) for number, record in records.items()}
    by_key = {record.key.lower(): number for number, record in reversed(records.items())}
    parents = {key for own in fields.values() for key in _parents(own)}
    for number, record in records.items():
        own, kind = fields[number], record.entry_type.lower()
        if kind in NO_PAPERS or (kind in WHOLES and record.key.lower() in parents and not own.get("abstract")):
            continue
        yield _entry(record, _inherited(own, fields, by_key))


def _blocks(text: str) -> Iterator["Block"]:
    """Yield the blocks of a file, doubled ones and such with a field twice, too."""
    from bibtexparser.splitter import Splitter

    logging.getLogger("bibtexparser.splitter").disabled = True  # faults are told in the report
    for block in Splitter(text).split().blocks:
        while (inner := getattr(block, "ignore_error_block", None)) is not None:
            block = inner
        yield block


def _fields(record: "Record", strings: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of an entry by their names in lower case, without what delimits them; the first of a name."""
    found: dict[str, str] = {}
    for field in record.fields:
        for name, raw in apart(field.key.lower(), str(field.value)):
            value = _value(raw, strings)
            if value and not found.get(name):
                found[name] = value
    return found


def _value(raw: str, strings: Mapping[str, str], depth: int = 0) -> str:
    """Return what is written, with its parts (`"a" # b`) put together and abbreviations spelt out."""
    if raw[:1] == "{" and raw[-1:] == "}" and raw.count("{") == 1:
        return raw[1:-1].strip()
    parts = []
    for part in _parts(raw):
        part = part.strip()
        if part[:1] in ('"', "{") and len(part) > 1:
            parts.append(part[1:-1])
        elif part.lower() in strings and depth < DEEPEST:
            parts.append(_value(strings[part.lower()], strings, depth + 1))
        else:
            parts.append(part)
    return "".join(parts).strip() if depth == 0 else "".join(parts)


def _parts(raw: str) -> Iterator[str]:
    """Yield what stands between the "#" outside of braces and quotation marks."""
    start = depth = 0
    quoted = False
    for mark in _PART.finditer(raw):
        if mark[0] == '"' and depth == 0:
            quoted = not quoted
        elif mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        elif mark[0] == "#" and depth == 0 and not quoted:
            yield raw[start : mark.start()]
            start = mark.end()
    yield raw[start:]


def _parents(own: Mapping[str, str]) -> list[str]:
    named = f"{own.get('crossref', '')},{own.get('xdata', '')}"
    return [key.strip().lower() for key in named.split(",") if key.strip()]


def _inherited(own: dict[str, str], fields: Mapping[int, dict[str, str]], by_key: Mapping[str, int]) -> dict[str, str]:
    """Return an entry's fields with those that it takes from what it refers to."""
    found, asked, seen = dict(own), _parents(own), set[str]()
    for _ in range(DEEPEST):
        further = list[str]()
        for key in asked:
            if key in seen or key not in by_key:
                continue
            seen.add(key)
            parent = fields[by_key[key]]
            taken = {name: value for name, value in parent.items() if name not in OWN}
            if "title" in parent:
                taken.setdefault("booktitle", parent["title"])
            found = {**taken, **found}
            further += _parents(parent)
        asked = further
    return found


def _entry(record: "Record", own: dict[str, str]) -> Entry:
    kind, used = record.entry_type.lower(), {"title", "abstract", "crossref", "xdata"}

    def take(*names: str) -> str:
        """Return the first of these fields that is there, as text; it counts as read."""
        name = next((name for name in names if own.get(name)), "")
        used.add(name)
        return ungrouped(own.get(name, ""))

    title = _read(own.get("title", ""))
    if subtitle := take("subtitle"):
        title = f"{title}: {subtitle}"
    link, note = _link(own), " ".join(own.get(name, "") for name in ("note", "howpublished", "volume", "doi", "url"))
    used |= {"url"} if link and link == _raw(own.get("url", "")) else set()
    when, issue = _date(own, used), _issue(kind, own, used)
    identifier = doi(_raw(own.get("doi", ""))) or (doi(link) if "doi.org/" in link else "")
    used |= {"doi"} if identifier else set()
    preprint = _arxiv(own, used) or arxiv_in(own.get("journal", ""), note)
    details = Details(
        kind="article" if preprint and kind in ("misc", "online") else KINDS.get(kind, "document"),
        authors=_people(own, "author", used), editors=_people(own, "editor", used), date=when,
        venue=take("journaltitle", "journal", "booktitle", "eventtitle"), volume=take("volume"), issue=issue,
        publisher=take("publisher", "school", "institution", "organization"),
        pages=pages(take("pages", "eid", "articleno", "article-number", "art_number")), doi=identifier,
        arxiv=preprint, url=link,
        keywords=_keywords(take("keywords", "keyword", "mendeley-tags")), language=_language(own, used), key=record.key,
        others=others(_others(kind, own, used)),
    )  # fmt: skip
    return Entry(f"line {(record.start_line or 0) + 1}", title, _read(own.get("abstract", "")), details)


def _read(text: str) -> str:
    return ungrouped(_LINE.sub(" ", text))


def _others(kind: str, own: Mapping[str, str], used: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the fields that no other has room for."""
    if kind in DEGREES and "type" not in own:
        yield "type", DEGREES[kind]
    for name, value in own.items():
        if name not in used:
            yield name, _raw(value) if name in VERBATIM else ungrouped(value)


def _raw(text: str) -> str:
    """Return what is to be taken letter by letter, without the escapes that LaTeX wants."""
    return _ESCAPED.sub(r"\1", _URL.sub(r"\1", text)).strip()


def _link(own: Mapping[str, str]) -> str:
    """Return the address of a paper: its own, or the first that a note has."""
    for name in ("url", "link", "howpublished", "note"):
        if found := _BARE_URL.search(_raw(own.get(name, ""))):
            return found[0]
    return ""


def _date(own: Mapping[str, str], used: set[str]) -> tuple[int, ...]:
    whole = date(own.get("date", ""))
    when = whole or date(ungrouped(own.get("year", "")), ungrouped(own.get("month", "")), own.get("day", ""))
    used |= {"date", "year", "month", "day"} if when else set()
    return when


def _issue(kind: str, own: Mapping[str, str], used: set[str]) -> str:
    """Return the issue: BibTeX has it as the number of an article; the number of a report is another thing."""
    name = next((name for name in ("issue", "number") if own.get(name)), "")
    if name == "number" and KINDS.get(kind) in ("report", "patent", "book", "document"):
        return ""
    used.add(name)
    return ungrouped(own.get(name, ""))


def _arxiv(own: Mapping[str, str], used: set[str]) -> str:
    kind = own.get("eprinttype") or own.get("archiveprefix", "")
    found = arxiv(own.get("eprint", "")) if kind.lower() in ("", "arxiv") else ""
    used |= {"eprint", "eprinttype", "archiveprefix"} if found else set()
    return found or arxiv(own.get("arxivid", "") or own.get("arxiv", ""))


def _language(own: Mapping[str, str], used: set[str]) -> str:
    for name in ("langid", "language", "hyphenation"):
        if found := language(own.get(name, "")):
            used.add(name)
            return found
    return ""


def _keywords(text: str) -> tuple[str, ...]:
    return keywords([text], ";" if ";" in text else ",")


def _people(own: Mapping[str, str], name: str, used: set[str]) -> tuple[Person, ...]:
    used.add(name)
    return named_people(own.get(name, ""))
