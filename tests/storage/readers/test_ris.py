"""RIS is read as databases and reference managers write it."""

from pathlib import Path

import pytest

from paperchat.bibliography import Person
from paperchat.storage.readers import ris
from paperchat.storage.readers.entry import Source
from tests.storage.readers.reading import counts, library, one, read

RECORD = """TY  - JOUR
AU  - Ogden, Maria
AU  - van der Berg, J.
AU  - World Health Organization
TI  - Soil and water:
  a study
T2  - Journal of Soil
AB  - BACKGROUND: One.
   METHODS: H<sub>2</sub>O &amp; salt.
PY  - 2019
DA  - MAR 7
VL  - 12
IS  - 3
SP  - 101
EP  - 119
DO  - https://doi.org/10.1000/ABC
UR  - https://example.org/1
KW  - soil
KW  - water; salt
LA  - English
N1  - Cited 3
XX  - unheard of
ID  - key1
ER  -
"""


@pytest.mark.parametrize(("name", "expected"), [("wos.ris", (50, 49)), ("scopus.ris", (128, 127))])
def test_a_real_export_is_read_whole(shared: Path, name: str, expected: tuple[int, int]) -> None:
    entries, faults = library(shared, ris, name)
    assert (counts(entries), faults) == (expected, [])
    assert all(entry.title and entry.details.venue and entry.details.date for entry in entries)
    assert not any("AD  -" in entry.abstract or "  - " in entry.title for entry in entries)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_record_fills_the_details(end: str) -> None:
    entry = one(ris, RECORD.replace("\n", end))
    made = entry.details
    assert entry.title == "Soil and water: a study"
    assert entry.abstract == "BACKGROUND: One. METHODS: H\u2082O & salt."
    assert made.authors == (Person("Ogden", "Maria"), Person("van der Berg", "J."), Person("World Health Organization"))
    assert (made.kind, made.venue, made.date) == ("article-journal", "Journal of Soil", (2019, 3, 7))
    assert (made.volume, made.issue, made.pages, made.doi) == ("12", "3", "101-119", "10.1000/abc")
    assert (made.url, made.keywords, made.language, made.key) == (
        "https://example.org/1", ("soil", "water", "salt"), "en", "key1"
    )  # fmt: skip
    assert made.others == (("N1", "Cited 3"), ("XX", "unheard of"))


def test_a_record_that_is_never_ended_swallows_none() -> None:
    entries, _ = read(
        ris, "\ufeffTY  - JOUR\nTI  - A\n\nTY  - CHAP\nTI  - B\nED  - Roe, R.\nER  - \nTY  - BOOK\nT2  - C"
    )
    assert [(entry.title, entry.place, entry.details.kind) for entry in entries] == [
        ("A", "line 1", "article-journal"), ("B", "line 4", "chapter"), ("C", "line 8", "book")
    ]  # fmt: skip
    assert entries[1].details.editors == (Person("Roe", "R."),)


@pytest.mark.parametrize(("kind", "editors"), [("GEN", ["Roe"]), ("JOUR", ["Roe"]), ("BOOK", ["Roe"]), ("THES", [])])
def test_second_authors_are_editors_but_of_a_thesis(kind: str, editors: list[str]) -> None:
    made = one(ris, f"TY  - {kind}\nTI  - A\nA2  - Roe, R.\nER  - \n").details
    assert [person.family for person in made.editors] == editors
    assert bool(made.others) is not bool(editors)


def test_a_value_without_end_is_cut_and_ends() -> None:
    text = "TY  - JOUR\nTI  - A\nAB  - x\n" + "more words\n" * 60_000 + "ER  - \nTY  - JOUR\nTI  - B\n"
    entries, _ = read(ris, text)
    assert [entry.title for entry in entries] == ["A", "B"]
    assert len(entries[0].abstract) < 300_000


def test_other_texts_are_not_recognised() -> None:
    assert not any(
        ris.recognises(Source("f", text)) for text in (b"", b"PMID- 1\nTI  - x\n", b"@a{b,}", b"A TY  - word")
    )
