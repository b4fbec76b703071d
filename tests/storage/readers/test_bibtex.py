"""BibTeX and BibLaTeX are read as the programs that write them mean it."""

from pathlib import Path

import pytest

from paperchat.bibliography import OTHERS, Person
from paperchat.storage.readers import bibtex
from paperchat.storage.readers.entry import Source
from tests.storage.readers.reading import counts, library, one, read


@pytest.mark.parametrize(
    ("name", "expected", "faults"),
    [
        ("zotero.bib", (21, 15), 0),
        ("better-bibtex.bib", (24, 18), 0),
        ("mendeley.bib", (169, 151), 0),
        ("mendeley-duplicate-keys.bib", (57, 46), 0),
        ("jabref.bib", (228, 17), 0),
        ("google-scholar.bib", (13, 0), 0),
        ("acl-anthology.bib", (18, 17), 0),
        ("strings-crossref.bib", (179, 139), 0),  # 243 less the 64 that are there for others alone
        ("broken-braces.bib", (80, 45), 2),
    ],
)
def test_a_real_export_is_read_whole(shared: Path, name: str, expected: tuple[int, int], faults: int) -> None:
    entries, wrong = library(shared, bibtex, name)
    assert (counts(entries), len(wrong)) == (expected, faults)
    assert all(entry.title and entry.details.key for entry in entries)
    assert sum(bool(entry.details.authors) and bool(entry.details.date) for entry in entries) > 0.9 * len(entries)
    assert not any(mark in entry.title for entry in entries for mark in ("\\", "{", "}"))


def test_an_entry_fills_the_details() -> None:
    entry = one(
        bibtex,
        r"""
        @article{Ogden2019,
          title = {{GateSearch}: {A}n {\em open} search for Erd\H{o}s},
          author = {Ogden, Mar{\'i}a and van der Berg, Jan and {World Health Organization} and others},
          journal = "Soil \& Water", year = 2019, month = nov, volume = {12}, number = {3}, pages = {101--119},
          doi = {https://doi.org/10.1000/ABC\_5}, url = {https://example.org/a\_b}, keywords = {soil, water},
          language = {english}, note = {In~press}, file = {C\:\\Users\\a.pdf}, abstract = {One
             line. 5\% more.}
        }""",
    )
    made = entry.details
    assert (entry.title, entry.abstract) == ("GateSearch: An open search for Erdős", "One line. 5% more.")
    assert made.authors == (
        Person("Ogden", "María"), Person("van der Berg", "Jan"), Person("World Health Organization"), OTHERS
    )  # fmt: skip
    assert (made.kind, made.venue, made.date) == ("article-journal", "Soil & Water", (2019, 11))
    assert (made.volume, made.issue, made.pages) == ("12", "3", "101-119")
    assert (made.doi, made.url) == ("10.1000/abc_5", "https://example.org/a_b")
    assert (made.keywords, made.language, made.key) == (("soil", "water"), "en", "Ogden2019")
    assert dict(made.others) == {"note": "In press", "file": r"C\:\\Users\\a.pdf"}


def test_biblatex_has_its_own_names_of_fields() -> None:
    made = one(
        bibtex,
        "@online{k, title={A}, subtitle={B}, date={2018-02-20}, eprint={2101.00001v2}, eprinttype={arXiv}, "
        "langid={ngerman}, journaltitle={J}, eid={e7}, editor={Doe, J.}}",
    )
    assert made.title == "A: B"
    found = made.details
    assert (found.kind, found.arxiv, found.date, found.language) == ("article", "2101.00001", (2018, 2, 20), "de")
    assert (found.venue, found.pages, found.editors) == ("J", "e7", (Person("Doe", "J."),))


def test_ends_of_lines_that_mendeley_writes_as_macros_are_spaces() -> None:
    entry = one(bibtex, r"@article{k, title={A}, abstract={One.$\backslash$n$\backslash$nTWO: at C:$\backslash$new.}}")
    assert entry.abstract == r"One. TWO: at C:\new."


def test_what_sorts_a_year_is_no_year() -> None:
    assert one(bibtex, r"@book{k, title={A}, year={{\noopsort{1973}}2001}}").details.date == (2001,)


def test_abbreviations_are_spelt_out_and_put_together() -> None:
    made = one(
        bibtex,
        '@string{and = " and "} @string{doe = "Doe, J."} @string{roe = {Roe, R.}} '
        '@string{j = "Journal of " # "Things"}\n'
        "@article{k, title = {A {#} sign}, author = doe #and# roe, journal = j, month = 5 # {~} # feb}",
    )
    assert made.details.authors == (Person("Doe", "J."), Person("Roe", "R."))
    assert (made.title, made.details.venue) == ("A # sign", "Journal of Things")


def test_an_entry_takes_from_the_proceedings_that_it_refers_to_and_these_are_no_paper() -> None:
    text = """
    @inproceedings{a, title = {Part}, author = {Doe, J.}, pages = {1--2}, crossref = {whole}}
    @proceedings{whole, title = {Proceedings of X}, booktitle = {X}, year = 2001, editor = {Roe, R.}, pages = {1--900},
      doi = {10.1000/whole}, publisher = {P}}
    @proceedings{alone, title = {Proceedings of Y}, year = 2002}
    """
    entries, _ = read(bibtex, text)
    part, alone = entries
    assert (part.details.venue, part.details.date, part.details.publisher) == ("X", (2001,), "P")
    assert (part.details.editors, part.details.pages, part.details.doi) == ((Person("Roe", "R."),), "1-2", "")
    assert alone.title == "Proceedings of Y"


def test_entries_that_refer_to_each_other_in_a_circle_end() -> None:
    entries, _ = read(bibtex, "@misc{a, title={A}, crossref={b}}\n@misc{b, title={B}, crossref={a}, year=2001}")
    assert [(entry.title, entry.details.date) for entry in entries] == [("A", (2001,)), ("B", (2001,))]


def test_what_a_program_keeps_for_itself_is_no_paper() -> None:
    text = (
        "Made by a program, write to a@example.org\n\n@comment{jabref-meta: databaseType:bibtex;}\n@preamble{\"x\"}\n"
        "@article{a,title={A}}\n@Comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 StaticGroup:x\\;0\\;;\n}\n"
        "@xdata{x, publisher={P}}\n@article{b, title={B}, xdata={x}}"
    )  # fmt: skip
    entries, faults = read(bibtex, text)
    assert [entry.title for entry in entries] == ["A", "B"]
    assert entries[1].details.publisher == "P"
    assert not faults


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_entry_that_is_never_closed_is_named_and_swallows_none(end: str) -> None:
    text = "@article{a, title={A},\n  year={2001}\n\n@article{b, title={B {never}, year = {1}\n}\n\n"
    text += "@article{c,\ntitle={C}\n},}@ARTICLE{d, title={D}}\n"
    entries, faults = read(bibtex, text.replace("\n", end))
    assert [(entry.title, entry.place) for entry in entries] == [("C", "line 7"), ("D", "line 9")]
    assert [fault.place for fault in faults] == ["line 1 (a)", "line 4 (b)"]


def test_doubled_keys_and_doubled_fields_lose_no_entry() -> None:
    entries, faults = read(bibtex, "@misc{a,title={A}}\n@misc{a,title={B},note={x},note={y}}\n@misc(p, title={P})")
    assert [entry.title for entry in entries] == ["A", "B", "P"]
    assert not faults


@pytest.mark.parametrize(
    "value",
    ["{" * 10_000 + "x" + "}" * 10_000,
     "{" + "\\textbf{" * 5000 + "}" * 5001, "{" + "$" * 20_001 + "}", '{\\"}', "{\\H}"],
    ids=["braces", "macros", "dollars", "an accent alone", "a macro alone"],
)  # fmt: skip
def test_a_hostile_value_holds_nobody_up(value: str) -> None:
    text = f"@misc{{a, title={value}, author={value}, abstract={value}}}\n@misc{{b, title={{B}}}}"
    entries, _ = read(bibtex, text)
    assert entries[-1].title == "B"


def test_degrees_are_kept_and_a_link_is_found_in_a_note() -> None:
    made = one(bibtex, r"@phdthesis{k, title={T}, school={ETH}, year={in 1999}, note={\url{https://example.org/x}}}")
    assert (made.details.kind, made.details.publisher, made.details.date) == ("thesis", "ETH", (1999,))
    assert (made.details.url, dict(made.details.others)["type"]) == ("https://example.org/x", "PhD thesis")


@pytest.mark.parametrize("text", ["", "{}", "some @words here", "TY  - JOUR\nTI  - a@b{c\n", "<xml/>", "\0\1"])
def test_other_texts_are_not_recognised(text: str) -> None:
    assert not bibtex.recognises(Source("file", text.encode()))
