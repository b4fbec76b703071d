"""Tables are read by what their columns are called."""

from pathlib import Path

import pytest

from paperchat.bibliography import Person
from paperchat.storage.readers import table
from paperchat.storage.readers.entry import Source
from tests.storage.readers.reading import counts, library, one, read


@pytest.mark.parametrize(("name", "expected"), [("zotero.csv", (5, 5)), ("scopus.csv", (106, 106))])
def test_a_real_export_is_read_whole(shared: Path, name: str, expected: tuple[int, int]) -> None:
    entries, faults = library(shared, table, name)
    assert (counts(entries), faults) == (expected, [])
    assert all(entry.title and entry.details.authors and entry.details.date and entry.details.key for entry in entries)


def test_zotero_has_its_columns_and_attachments_are_no_papers() -> None:
    text = (
        '\ufeff"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Abstract Note",'
        '"Date",'
        '"Pages","Issue","Volume","Language","Extra","Manual Tags","Automatic Tags"\n'
        '"K1","journalArticle","2014","de la Cruz, Ana Maria","A title","J","10.1000/X","https://example.org","An\n'
        'abstract &amp; more","2014-04-03","1\u20132","4","10","en","arXiv: 2101.00001 [cs]","one; two","two; three"\n'
        '"K2","attachment","","","a.pdf","","","","","","","","","","","",""\n\n'
        '"K3","preprint","2015","Doe, Ann; Roe, Bob","B","","","","","","","","","","","",""\n'
    )
    entries, faults = read(table, text)
    first, second = entries
    made = first.details
    assert not faults
    assert (first.place, first.title, first.abstract) == ("line 2", "A title", "An abstract & more")
    assert made.authors == (Person("de la Cruz", "Ana Maria"),)
    assert (made.kind, made.venue, made.date, made.pages) == ("article-journal", "J", (2014, 4, 3), "1-2")
    assert (made.volume, made.issue, made.doi, made.arxiv) == ("10", "4", "10.1000/x", "2101.00001")
    assert (made.keywords, made.key, made.language) == (("one", "two", "three"), "K1", "en")
    assert (second.details.kind, len(second.details.authors), second.place) == ("article", 2, "line 6")


def test_scopus_says_its_authors_thrice_and_has_numbers_of_articles() -> None:
    text = (
        "Authors,Author full names,Author(s) ID,Title,Year,Source title,Art. No.,Page start,Page end,Abstract,DOI\n"
        '"Doe A.; Roe B.","Doe, Ann (59277033000); Roe, Bob (57216759664)",1; 2,T,2024,J,1382,,,B,\n'
    )
    made = one(table, text).details
    assert made.authors == (Person("Doe", "Ann"), Person("Roe", "Bob"))
    assert (made.pages, made.date, made.others) == ("1382", (2024,), ())


def test_web_of_science_parts_columns_by_tabs() -> None:
    names = "PT\tAU\tAF\tTI\tSO\tDE\tAB\tBP\tEP\tPY\tVL\tDI\tUT\n"
    text = f"{names}J\tDoe, A\tDoe, Ann\tT\tJ\tx; y\tB.\t1\t9\t2001\t7\t10.1000/X\tWOS:1\n"
    made = one(table, text).details
    assert (made.authors, made.pages, made.date, made.key) == ((Person("Doe", "Ann"),), "1-9", (2001,), "WOS:1")


def test_a_table_of_ones_own_is_read_by_semicolons_too() -> None:
    entry = one(table, 'Title;Author;Year;Abstract\n"A; B";Doe, Ann;2001;It says.\n')
    assert (entry.title, entry.details.authors, entry.abstract) == ("A; B", (Person("Doe", "Ann"),), "It says.")


def test_a_row_too_long_or_too_short_stops_no_other() -> None:
    rows = ["Title,Abstract,Year", "A,x,2001", f'B,"{"y" * 200_000}",2002', "C", "D,z,2004,more,still"]
    entries, faults = read(table, "\n".join(rows))
    assert [entry.title for entry in entries] == ["A", "C", "D"]
    assert [fault.place for fault in faults] == ["line 3"]


def test_a_quotation_mark_that_is_not_closed_swallows_no_other_row() -> None:
    text = 'Title;Author;Year\n"A;Doe, Ann;2001\nB;Roe, Bob;2002\n"C\nover lines";"Poe; Cy";2003\n"D;Moe, Di;2004\n'
    entries, faults = read(table, text)
    assert [(entry.place, entry.title) for entry in entries] == [("line 3", "B"), ("line 4", "C over lines")]
    assert [fault.place for fault in faults] == ["line 2", "line 6"]


def test_google_scholar_has_publications_and_tells_no_types() -> None:
    rows = [
        "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher",
        '"Doe, Ann; Roe, Bob; ",A,Nature,12,3,1-9,2001,Springer',
        '"Doe, Ann; ",B,Proceedings of Trees,,,1-9,2002,ACM',
        '"Doe, Ann; ",C,,,,,2003,ACM',
    ]
    entries, _ = read(table, "\n".join(rows))
    assert [entry.details.kind for entry in entries] == ["article-journal", "paper-conference", "document"]
    made = entries[0].details
    assert (made.venue, made.issue, len(made.authors)) == ("Nature", "3", 2)


@pytest.mark.parametrize("text", ["", "Title\nA", "title: a, abstract: b", "a,b,c\n1,2,3", "@article{title, year = 1}"])
def test_other_texts_are_not_recognised(text: str) -> None:
    assert not table.recognises(Source("f", text.encode()))
