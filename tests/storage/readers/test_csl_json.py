"""CSL-JSON is read as citation processors define it."""

import json
from pathlib import Path

from paperchat.bibliography import Person
from paperchat.storage.readers import csl_json
from paperchat.storage.readers.entry import Source
from tests.storage.readers.reading import counts, library, one, read

ITEM = {
    "id": "Ogden:2019", "type": "article-journal", "title": "Soil <i>and</i> water", "abstract": "One &lt; two.",
    "author": [{"family": "Berg", "non-dropping-particle": "van der", "given": "Jan"}, {"literal": "World Bank"}],
    "editor": [{"name": "Roe"}, 7, {}], "issued": {"date-parts": [["2019", 3, 7]]},
    "container-title": "Journal of Soil",
    "volume": 12, "issue": "3", "page": "101\u2013119", "DOI": "10.1000/ABC", "URL": "https://arxiv.org/abs/2101.00001v2",
    "language": "en-GB", "keyword": "soil, water", "accessed": {"date-parts": [[2020]]}, "note": "x", "ISSN": "1",
}  # fmt: skip


def test_a_real_export_is_read_whole(shared: Path) -> None:
    entries, faults = library(shared, csl_json, "zotero-csl.json")
    assert (counts(entries), faults) == ((80, 34), [])
    assert all(entry.title and entry.details.date and entry.details.key for entry in entries)


def test_an_item_fills_the_details() -> None:
    entry = one(csl_json, json.dumps([ITEM]))
    made = entry.details
    assert (entry.title, entry.abstract) == ("Soil and water", "One < two.")
    assert made.authors == (Person("van der Berg", "Jan"), Person("World Bank"))
    assert (made.editors, made.date, made.venue) == ((Person("Roe"),), (2019, 3, 7), "Journal of Soil")
    assert (made.volume, made.issue, made.pages, made.doi) == ("12", "3", "101-119", "10.1000/abc")
    assert (made.arxiv, made.language, made.keywords, made.key) == (
        "2101.00001",
        "en-GB",
        ("soil", "water"),
        "Ogden:2019",
    )
    assert made.others == (("accessed", '{"date-parts": [[2020]]}'), ("note", "x"), ("ISSN", "1"))


def test_dates_may_be_text_and_attachments_are_no_papers() -> None:
    rows = [
        {"type": "book", "title": "A", "issued": {"raw": "May 2001"}},
        {"type": "attachment", "title": "a.pdf"},
        {"type": "book", "title": ["B"], "issued": {"date-parts": [[]], "literal": "in 1999"}},
        {"type": "book", "title": "C", "issued": "2003", "author": "Doe", "DOI": None},
    ]
    entries, faults = read(csl_json, json.dumps({"items": rows}))
    assert [(entry.title, entry.details.date) for entry in entries] == [
        ("A", (2001, 5)),
        ("B", (1999,)),
        ("C", (2003,)),
    ]
    assert not faults


def test_a_broken_item_stops_no_other() -> None:
    good = json.dumps(ITEM)
    entries, faults = read(csl_json, f'[\n{good},\n{{"title": "broken", "type": }},\n{good}\n]')
    assert [entry.place for entry in entries] == ["item 1", "item 3"]
    assert [fault.place for fault in faults] == ["item 2"]


def test_other_texts_are_not_recognised() -> None:
    assert not csl_json.recognises(Source("f", b'{"title": "x", "paper_id": "1"}'))
    assert not csl_json.recognises(Source("f", b"@article{a, note = {container-title}}"))
