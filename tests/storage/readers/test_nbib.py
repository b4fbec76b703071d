"""MEDLINE is read as PubMed saves it."""

from pathlib import Path

from paperchat.bibliography import Person
from paperchat.storage.readers import nbib
from paperchat.storage.readers.entry import Source
from tests.storage.readers.reading import counts, library, one, read

RECORD = """
PMID- 123
DP  - 2019 Mar 7
TI  - [A title that goes
      on].
PG  - 12-9
LID - 10.1000/ABC [doi]
LID - S0001 [pii]
AB  - One sentence. Another
      one.
FAU - Ogden, Maria
AU  - Ogden M
CN  - The Lens Group
LA  - ger
PT  - Preprint
JT  - Journal of soil
OT  - soil
MH  - *Water/analysis
"""


def test_a_real_export_is_read_whole(shared: Path) -> None:
    entries, faults = library(shared, nbib, "pubmed.nbib")
    assert (counts(entries), faults) == ((101, 93), [])
    assert all(entry.title and entry.details.authors and entry.details.doi and entry.details.key for entry in entries)


def test_a_record_fills_the_details() -> None:
    entry = one(nbib, RECORD)
    made = entry.details
    assert (entry.title, entry.abstract) == ("A title that goes on", "One sentence. Another one.")
    assert made.authors == (Person("Ogden", "Maria"), Person("The Lens Group"))
    assert (made.kind, made.date, made.doi, made.language) == ("article", (2019, 3, 7), "10.1000/abc", "de")
    assert (made.venue, made.keywords, made.key) == ("Journal of soil", ("soil", "Water/analysis"), "123")
    assert made.url == "https://pubmed.ncbi.nlm.nih.gov/123/"


def test_short_names_stand_in_for_full_ones_and_records_part_at_their_number() -> None:
    entries, _ = read(nbib, "PMID- 1\nTI  - A\nAU  - Ogden MB\nPMID- 2\nTI  - B\n")
    assert [entry.place for entry in entries] == ["line 1", "line 4"]
    assert entries[0].details.authors == (Person("Ogden", "MB"),)


def test_other_texts_are_not_recognised() -> None:
    assert not nbib.recognises(Source("f", b"TY  - JOUR\nTI  - x\n"))
