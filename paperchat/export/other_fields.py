"""Fields beside those that a paper keeps under names of ours, by their names in BibTeX, RIS and CSL. Pure functions."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_CALLED = """
ISBN                  isbn         SN
ISSN                  issn         SN
PMCID                 pmcid        -
PMID                  pmid         -
annote                annote       RN
call-number           -            CN
chapter-number        chapter      -
collection-title      series       T3
container-title-short shortjournal J2
edition               edition      ET
event-place           venue        -
event-title           eventtitle   -
genre                 type         M3
medium                -            -
note                  note         N1
number                -            -
number-of-pages       pagetotal    -
number-of-volumes     volumes      NV
original-title        origtitle    OP
publisher-place       address      CY
section               -            SE
source                -            DB
status                pubstate     -
title-short           shorttitle   ST
version               version      -
"""
"""Names in CSL, BibTeX and RIS of the same field."""

_ROWS = [row.split() for row in _CALLED.strip().splitlines()]

_TO_CSL = {name.lower(): csl for csl, bibtex, ris in _ROWS for name in (ris, bibtex, csl) if name != "-"}
_TO_CSL |= {"location": "publisher-place", "place": "publisher-place", "booktitle-short": "container-title-short"}

_TO_BIBTEX = {csl: bibtex for csl, bibtex, _ in _ROWS if bibtex != "-"}

_TO_RIS = {csl: ris for csl, _, ris in _ROWS if ris != "-"}

_TAG = re.compile("[A-Z][A-Z0-9]{1,3}")
"""A name in RIS or in MEDLINE, whose tags of two letters mean other things."""

_RIS_TAG = re.compile("[A-Z][A-Z0-9]")

_MEDLINE = ("OWN", "STAT", "JID", "DCOM", "EDAT", "MHDA", "PHST")
"""Tags that tell MEDLINE."""

_STRUCTURED = {"accessed", "event-date", "original-date", "submitted", "available-date", "translator", "director",
               "collection-editor", "container-author", "original-author", "composer", "illustrator", "interviewer",
               "recipient", "reviewed-author", "editorial-director", "custom", "categories"}  # fmt: skip
"""Fields of CSL that are no text."""

_LONGEST = 20_000
"""Characters of a field that are read."""

_ISBN = re.compile(r"97[89][-\s]?\d|(?:\d[-\s]?){9}[\dXx]$")

_NAME = re.compile(r"[A-Za-z][\w:.+-]{1,60}", re.ASCII)

Fields = Iterable[tuple[str, str]]


def as_csl(others: Fields) -> dict[str, str]:
    """Return those of these fields that CSL knows, by its names."""
    return {csl: value for name, value in _told(others) if (csl := _csl_name(name, value))}


def structured(others: Fields) -> dict[str, Any]:
    """Return those of these fields that are no text in CSL, such as dates, as they are there."""
    return {name: parsed for name, value in others if name in _STRUCTURED and (parsed := _parsed(value))}


def _parsed(value: str) -> Any:
    try:
        parsed = json.loads(value) if value[:1] in ("{", "[") and len(value) < _LONGEST else None
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict | list) else None


def as_bibtex(others: Fields) -> Iterator[tuple[str, str]]:
    """Yield these fields by their names in BibTeX: those of BibTeX as they are, of others those that it has."""
    for name, value in _told(others):
        if name in _STRUCTURED:
            continue
        if _TAG.fullmatch(name) or name != name.lower():
            known = _TO_BIBTEX.get(_csl_name(name, value))
            if known or (_NAME.fullmatch(name) and not _TAG.fullmatch(name)):
                yield known or name, value
        elif _NAME.fullmatch(name):
            yield (_TO_BIBTEX.get(name, name), value)


def as_ris(others: Fields) -> Iterator[tuple[str, str]]:
    """Yield these fields by their tags in RIS: tags as they are, of others those that it has."""
    for name, value in _told(others):
        tag = name if _RIS_TAG.fullmatch(name) else _TO_RIS.get(_csl_name(name, value), "")
        if tag:
            yield tag, value


def _told(others: Fields) -> list[tuple[str, str]]:
    """Return these fields without those of MEDLINE that RIS calls by the same tags."""
    fields = list(others)
    medline = any(name in _MEDLINE for name, _ in fields)
    return [(name, value) for name, value in fields if not (medline and _RIS_TAG.fullmatch(name))]


def _csl_name(name: str, value: str) -> str:
    if name == "SN":
        return "ISBN" if _ISBN.match(value) else "ISSN"
    return _TO_CSL.get(name.lower(), "")
