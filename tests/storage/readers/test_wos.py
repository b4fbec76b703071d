"""The plain text of Web of Science is read as that writes it."""

import pytest

from paperchat.bibliography import Person
from paperchat.storage.readers import ris, wos
from paperchat.storage.readers.choosing import READERS
from paperchat.storage.readers.entry import Source
from tests.storage.readers.reading import one, read

RECORD = """PT J
AU Ogden, M
   van der Berg, J
AF Ogden, Maria
   van der Berg, Jan
TI Soil and water:
   a study of H<sub>2</sub>O
SO JOURNAL OF SOIL
LA English
DT Article
DE soil; water
   balance
ID TREES
AB BACKGROUND: One. METHODS: salt &amp; water.
TC 0
SN 1234-5678
PD MAR 7
PY 2019
VL 12
IS 3
BP 101
EP 119
DI 10.1000/ABC
UT WOS:0001
ER
"""
HEAD = "\ufeffFN Clarivate Analytics Web of Science\nVR 1.0\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_record_fills_the_details(end: str) -> None:
    entry = one(wos, f"{HEAD}{RECORD}\nEF".replace("\n", end))
    made = entry.details
    assert (entry.place, entry.title) == ("line 3", "Soil and water: a study of H\u2082O")
    assert entry.abstract == "BACKGROUND: One. METHODS: salt & water."
    assert made.authors == (Person("Ogden", "Maria"), Person("van der Berg", "Jan"))
    assert (made.kind, made.venue, made.date) == ("article-journal", "JOURNAL OF SOIL", (2019, 3, 7))
    assert (made.volume, made.issue, made.pages, made.doi) == ("12", "3", "101-119", "10.1000/abc")
    assert (made.keywords, made.language, made.key) == (("soil", "water balance", "TREES"), "en", "WOS:0001")
    assert made.others == (("wos-TC", "0"), ("ISSN", "1234-5678"))


def test_a_record_that_is_never_ended_swallows_none() -> None:
    entries, faults = read(wos, "PT J\nTI A\n\nPT C\nAU Roe, R\nTI B\nDT Proceedings Paper\nPY 2020")
    assert [(entry.title, entry.details.kind) for entry in entries] == [
        ("A", "article-journal"),
        ("B", "paper-conference"),
    ]
    assert (entries[1].details.authors, faults) == ((Person("Roe", "R"),), [])


def test_it_is_told_from_other_texts() -> None:
    source = Source("f", f"{HEAD}{RECORD}".encode())
    assert next(reader for reader in READERS if reader.recognises(source)) is wos
    assert not ris.recognises(source)
    assert not any(
        wos.recognises(Source("f", text)) for text in (b"", b"TY  - JOUR\nTI  - A\n", b"PT J", b"a PT J\nAU")
    )
