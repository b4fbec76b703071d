"""A source goes to the reader that knows what it holds, whatever it is called; what none knows says so."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from paperchat.storage.readers import choosing
from paperchat.storage.readers.choosing import READERS, read_source
from paperchat.storage.readers.entry import Entry, Fault, Source

PAGE = "Mar 12\n\nA title\n\nAn abstract that ends as a sentence does.\n"
TEXTS = {
    "BibTeX": "@misc{a, title={A}}",
    "RIS": "TY  - JOUR\nTI  - A\nER  - \n",
    "MEDLINE (PubMed)": "PMID- 1\nTI  - A\n",
    "CSL-JSON": '[{"type": "book", "title": "A"}]',
    "JSON of papers": '{"paper_id": "1", "title": "A"}',
    "CSV": "Title,Year,Abstract\nA,2001,B\n",
    "a saved listing page": PAGE,
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_content_tells_the_format(name: str, encoding: str) -> None:
    source = Source("export.dat", TEXTS[name].encode(encoding))
    assert next(reader.NAME for reader in READERS if reader.recognises(source)) == name
    (entry,) = read_source(source)
    assert isinstance(entry, Entry)
    assert entry.title in ("A", "A title")


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("bib", {"BibTeX"}),
        ("ris", {"RIS"}),
        ("nbib", {"MEDLINE (PubMed)"}),
        ("xml", {"EndNote XML", "arXiv's XML"}),
        ("rdf", {"Zotero RDF"}),
        ("json", {"CSL-JSON"}),
        ("jsonl", {"JSON of papers"}),
        ("csv", {"CSV"}),
        ("pdf", {"PDF"}),
    ],
)
def test_every_file_of_the_library_goes_to_its_reader(shared: Path, kind: str, names: set[str]) -> None:
    sources = [Source("export", path.read_bytes()) for path in (shared / "library").glob(f"*.{kind}")]
    assert {next(reader.NAME for reader in READERS if reader.recognises(source)) for source in sources} == names


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"# Readme\n\nSome text.\n", "no kind that is read here: PDF"),
        (b"\x7fELF\0\1", "binary file"),
        (b"\xff\xfe@\0m\0i\0s\0c\0{\0a\0,\0t\0=\0{\0x\0}\0}\0\n", "no text in the encoding"),
    ],
)
def test_what_no_reader_knows_says_so(data: bytes, says: str) -> None:
    (fault,) = read_source(Source("f", data))
    assert isinstance(fault, Fault)
    assert says in fault.reason


def test_a_reader_that_trips_loses_nothing_that_it_had_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_: Source) -> Iterator[Entry]:
        yield Entry("line 1", "A")
        raise KeyError("x")

    reader = SimpleNamespace(NAME="Tripping", recognises=lambda source: True, read=read)
    monkeypatch.setattr(choosing, "READERS", (reader,))
    entry, fault = read_source(Source("f", b"x"))
    assert isinstance(entry, Entry)
    assert isinstance(fault, Fault)
    assert "cannot be read further as Tripping" in fault.reason


def test_entries_beyond_all_measure_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MOST", 2)
    text = "\n".join(f"@misc{{k{n}, title={{T{n}}}}}" for n in range(5))
    found = list(read_source(Source("f", text.encode())))
    assert [isinstance(one, Entry) for one in found] == [True, True, False]
