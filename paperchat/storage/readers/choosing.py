"""Which reader reads a source: the first that recognises what it holds, whatever the file is called."""

from collections.abc import Iterator

from paperchat.storage.readers import (
    arxiv_xml,
    bibtex,
    csl_json,
    endnote_xml,
    json_lines,
    listing,
    nbib,
    pdf,
    ris,
    table,
    wos,
    zotero_rdf,
)
from paperchat.storage.readers.entry import Entry, Fault, Reader, Source

READERS: tuple[Reader, ...] = (
    pdf, zotero_rdf, endnote_xml, arxiv_xml, csl_json, json_lines, nbib, ris, wos, table, bibtex, listing
)  # fmt: skip
"""In the order in which they are asked: what looks most like itself first."""

MOST = 1_000_000
"""Entries of a source that are read."""


def read_source(source: Source) -> Iterator[Entry | Fault]:
    """Yield what a source holds; a fault for one that no reader knows."""
    reader = next((reader for reader in READERS if reader.recognises(source)), None)
    if reader is None:
        yield Fault("", _unknown(source))
        return
    count = 0
    try:
        for found in reader.read(source):
            count += 1
            if count > MOST:
                yield Fault("", f"has more than {MOST:,} entries: the others are not read")
                return
            yield found
    except ValueError as error:  # what is no text in its encoding
        yield Fault("", str(error) if type(error) is ValueError else "is no text in the encoding that it seems to have")
    except (LookupError, TypeError, AttributeError, RecursionError) as error:
        yield Fault("", f"cannot be read further as {reader.NAME} ({type(error).__name__})")


def _unknown(source: Source) -> str:
    """Return why no reader takes a source."""
    try:
        _ = source.text
    except ValueError as error:
        return str(error) if type(error) is ValueError else "is no text in the encoding that it seems to have"
    return f"is of no kind that is read here: {', '.join(reader.NAME for reader in READERS)}"
