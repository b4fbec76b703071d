"""JSON of papers is read by the names that Semantic Scholar, S2ORC and arXiv have."""

import json
from pathlib import Path

from paperchat.bibliography import Person
from paperchat.storage.readers import json_lines
from tests.storage.readers.reading import counts, library, one, read


def test_a_real_file_is_read_whole(shared: Path) -> None:
    entries, faults = library(shared, json_lines, "s2orc.jsonl")
    assert (counts(entries), faults) == ((191, 143), [])
    assert all(entry.title and entry.details.key for entry in entries)
    assert sum(bool(entry.details.year) for entry in entries) == 181


def test_s2orc_parts_names_itself() -> None:
    row = {
        "paper_id": "9", "title": "A", "abstract": None, "year": 2014, "arxiv_id": "2101.00001", "doi": "10.1000/X",
        "authors": [{"first": "Ada", "middle": ["M.", "N."], "last": "Doe", "suffix": "Jr"}], "journal": "J",
        "outbound_citations": ["1"], "pmc_id": "PMC1",
    }  # fmt: skip
    made = one(json_lines, json.dumps(row)).details
    assert made.authors == (Person("Doe Jr", "Ada M. N."),)
    assert (made.key, made.arxiv, made.doi, made.date, made.venue) == ("9", "2101.00001", "10.1000/x", (2014,), "J")
    assert made.others == (("pmc_id", "PMC1"),)


def test_semantic_scholar_has_objects_within() -> None:
    row = {
        "paperId": "abc", "title": "A", "abstract": "B.", "year": 2020, "publicationDate": "2020-05-06",
        "externalIds": {"DOI": "10.1000/X", "ArXiv": "2101.00001"},
        "journal": {"name": "J", "volume": "1", "pages": "2-3"},
        "authors": [{"authorId": "1", "name": "Ada Doe"}, {"name": "The Lens Consortium"}],
        "publicationTypes": ["JournalArticle"], "s2FieldsOfStudy": [{"category": "Biology"}],
        "url": "https://example.org",
    }  # fmt: skip
    made = one(json_lines, json.dumps({"data": [row]})).details
    assert made.authors == (Person("Doe", "Ada"), Person("The Lens Consortium"))
    assert (made.kind, made.date, made.venue, made.pages) == ("article-journal", (2020, 5, 6), "J", "2-3")
    assert (made.arxiv, made.doi, made.keywords) == ("2101.00001", "10.1000/x", ("Biology",))


def test_what_is_on_arxiv_too_came_out_elsewhere() -> None:
    row = {"title": "A", "venue": "NAACL", "journal": {"name": "ArXiv", "volume": "abs/1805.02262"}}
    made = one(json_lines, json.dumps(row)).details
    assert (made.venue, made.volume) == ("NAACL", "")
    assert one(json_lines, json.dumps({"title": "A", "venue": "arXiv.org"})).details.venue == "arXiv.org"


def test_arxiv_has_latex_and_the_date_of_its_first_version() -> None:
    row = {
        "id": "0704.0001", "submitter": "x", "title": "Gaps of $\\alpha$\n  and more",
        "abstract": "  We use 5\\% of it.\n",
        "authors": "C. Bal\\'azs and E. Berger", "authors_parsed": [["Bal\\'azs", "C.", ""], ["Berger", "E.", "Jr"]],
        "categories": "hep-ph cs.LG", "journal-ref": "Phys.Rev.D76", "doi": "10.1103/X",
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"},
                     {"version": "v2", "created": "2009"}],
    }  # fmt: skip
    entry = one(json_lines, json.dumps(row))
    made = entry.details
    assert (entry.title, entry.abstract) == ("Gaps of \N{GREEK SMALL LETTER ALPHA} and more", "We use 5% of it.")
    assert made.authors == (Person("Balázs", "C."), Person("Berger Jr", "E."))
    assert (made.kind, made.arxiv, made.date) == ("article", "0704.0001", (2007, 4, 2))
    assert (made.venue, made.keywords) == ("Phys.Rev.D76", ("hep-ph", "cs.LG"))


def test_what_has_other_types_than_usual_is_read_as_far_as_it_goes() -> None:
    rows = [{"title": "A", "authors": "Ada Doe, Rob Roe"}, {"title": 7, "authors": [None, "Doe, Ada"], "year": "n.d."}]
    entries, faults = read(json_lines, "\n".join(map(json.dumps, rows)))
    assert [entry.title for entry in entries] == ["A", "7"]
    assert entries[0].details.authors == (Person("Doe", "Ada"), Person("Roe", "Rob"))
    assert entries[1].details.authors == (Person("Doe", "Ada"),)
    assert not faults
