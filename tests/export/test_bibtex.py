"""BibTeX: UTF-8 as it is, whole to every program that reads it, and nothing that is not known."""

from dataclasses import replace

import pytest

from paperchat.bibliography import OTHERS, Details, Person
from paperchat.export.bibtex import bibtex_text, to_bibtex
from paperchat.export.formulas import has_pairs
from paperchat.storage.readers import bibtex
from paperchat.storage.readers.entry import Entry, Source
from paperchat.storage.readers.listing import SHIPPED, read_page
from paperchat.text.citation_keys import citation_key
from tests.bibliography import ARTICLE, HOSTILE, PREPRINT, PROCEEDINGS, TOLD, by_pandoc, parsed_bibtex, shown
from tests.samples import GRAPHS, TREES, paper

SIGNS = "TNF-α and β-Thalassaemia: 5 × 10³ at ≤ 37 °C ± 0.5 µg — A ½-Year Trial… Состояние Đà Nẵng İ 中文 “q”"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (SIGNS, SIGNS),
        (
            "a & b # c $5 d % e_f ^ ~ C:\\temp g",
            r"a \& b \# c \$5 d \% e\_f {\textasciicircum} {\textasciitilde} C:{\textbackslash}temp g",
        ),
        ("85.3\\% of R\\&D", r"85.3\% of R\&D"),
        ("{0, 1} and more", r"\{0, 1\} and more"),
        (r"$\mathcal{O}(n \log n)$ and $\ell_1$", r"$\mathcal{O}(n \log n)$ and $\ell_1$"),
        (r"$10\times$ faster for $5", r"$10\times$ faster for \$5"),
        ("costs $5 and then $6 more", r"costs \$5 and then \$6 more"),
        (r"\(x_1\)", r"\(x_1\)"),
        (r"an \emph{odd \textbf{one}} & {\em all}", r"an \emph{odd \textbf{one}} \& {\em all}"),
        (r"at \href{https://example.org/a_b}{this page}", r"at \href{https://example.org/a\_b}{this page}"),
        (r"see \url{https://example.org/a#b}", r"see \url{https://example.org/a\#b}"),
        ("two\n lines\tand\u200b\x00 more", "two lines and more"),
        ("", ""),
    ],
)
def test_only_what_must_be_is_escaped_and_sound_latex_stays(text: str, written: str) -> None:
    assert bibtex_text(text) == written


@pytest.mark.parametrize("formula", [r"$\input{x}$", r"$a % b$", "$a}{b$", r"$\end{document}$", r"$\def\a{b}$"])
def test_a_formula_that_no_other_document_can_hold_is_written_as_it_reads(formula: str) -> None:
    written = bibtex_text(formula)
    assert has_pairs(written)
    assert not any(part in written for part in ("$", "\\input", "\\end", "\\def"))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_reads_back(title: str) -> None:
    one, two = paper(title, f"About {title}."), GRAPHS
    entries = parsed_bibtex(to_bibtex([one, two]))
    assert [(row["key"], row["title"]) for row in entries] == [
        (citation_key(one), shown(title)),
        (citation_key(two), GRAPHS.title),
    ]
    assert entries[0]["abstract"] == shown(f"About {title}.")


def test_a_value_balances_its_braces_and_hides_every_special_character() -> None:
    """BibTeX counts braces whatever stands before them; a bare % would comment out the rest of the line in LaTeX."""
    for title in HOSTILE:
        one = paper(title, "None.")
        text = to_bibtex([replace(one, details=Details(venue=title, authors=(Person(title, title),), url=title))])
        assert has_pairs(text)
        (entry,) = parsed_bibtex(text)
        assert set(entry) <= {"key", "type", "title", "author", "journal", "url", "abstract"}
        escaped = to_bibtex([one])
        for special in "%&#$_":
            assert escaped.count(special) == escaped.count(f"\\{special}")


def test_what_is_not_known_is_left_out() -> None:
    (entry,) = parsed_bibtex(to_bibtex([TREES]))
    assert set(entry) == {"key", "type", "title", "abstract"}
    assert entry["type"] == "misc"


def test_all_that_is_known_is_written() -> None:
    text = to_bibtex(TOLD)
    article, preprint, proceedings = parsed_bibtex(text)
    assert (article["type"], article["key"]) == ("article", "Berg:2019")
    assert article["author"] == "van den Berg, Jan-Willem and Łukasz, Örn B. and Nguyễn, Thị Hà"
    assert article["journal"] == "Журнал Графов & Сетей"
    told = [article[name] for name in ("volume", "number", "pages", "year", "month", "day", "doi", "isbn", "note")]
    assert told == ["12", "3", "101–119", "2019", "mar", "14", "10.1000/a_b", "978-3-16", "Number: 1"]
    assert "month = mar," in text
    assert "url = {https://example.org/a_b%20c#d~e}" in text
    assert r"file = {C\:\\Users\\a.pdf:pdf}" in text
    assert r"keywords = {graphs, self\_supervised}" in text
    assert preprint["type"] == "misc"
    assert (preprint["eprint"], preprint["archiveprefix"]) == ("2101.00001", "arXiv")
    assert "author = {Smith, Ada and {World Health Organization}}" in text
    assert (proceedings["type"], proceedings["booktitle"], proceedings["publisher"]) == (
        "inproceedings",
        "Proceedings of Trees",
        "ACM",
    )
    assert proceedings["editor"] == "Brown, Carl"


@pytest.mark.parametrize(
    ("kind", "others", "entry"),
    [
        ("book", (), "book"),
        ("chapter", (), "incollection"),
        ("thesis", (), "phdthesis"),
        ("report", (), "techreport"),
        ("thesis", (("type", "Master’s thesis"),), "mastersthesis"),
        ("webpage", (), "online"),
        ("dataset", (), "dataset"),
        ("software", (), "software"),
        ("patent", (), "patent"),
        ("document", (), "misc"),
        ("song", (), "misc"),
        ("manuscript", (), "unpublished"),
    ],
)
def test_the_entry_type_is_that_of_the_kind(kind: str, others: tuple[tuple[str, str], ...], entry: str) -> None:
    one = replace(TREES, details=Details(kind=kind, publisher="Somewhere", others=others))
    text = to_bibtex([one])
    assert text.startswith(f"@{entry}{{")
    assert "{Somewhere}" in text


def test_of_several_addresses_all_are_written() -> None:
    links = "https://example.org/a https://example.org/b"
    one = replace(TREES, details=Details(url="https://example.org/a", others=(("url", links),)))
    assert to_bibtex([one]).count("url =") == 1
    assert f"url = {{{links}}}" in to_bibtex([one])


def test_keywords_that_have_commas_are_parted_by_semicolons() -> None:
    one = replace(TREES, details=Details(keywords=("Models, Molecular", "Water")))
    assert "keywords = {Models, Molecular; Water}" in to_bibtex([one])


@pytest.mark.parametrize(
    ("kind", "field"), [("book", "booktitle"), ("chapter", "booktitle"), ("webpage", "journal"), ("thesis", "journal")]
)
def test_a_venue_stands_in_the_field_that_is_read_as_one(kind: str, field: str) -> None:
    assert f"{field} = {{Leaves}}" in to_bibtex([replace(TREES, details=Details(kind=kind, venue="Leaves"))])


def test_the_paragraphs_of_an_abstract_stay() -> None:
    assert "abstract = {One.\n\nTwo\\_2.}" in to_bibtex([paper("A title", "One.\n \nTwo_2.")])


def test_a_field_that_is_written_anyway_is_not_written_twice() -> None:
    others = (("year", "1066"), ("Title", "Another"), ("abstract", "x"), ("N1", "kept"), ("a b", "no name"))
    (entry,) = parsed_bibtex(to_bibtex([replace(TREES, details=Details(date=(2020,), others=others))]))
    assert (entry["year"], entry["title"], entry["note"]) == ("2020", TREES.title, "kept")
    assert set(entry) == {"key", "type", "title", "year", "note", "abstract"}


def test_the_shipped_papers_have_unique_keys_and_read_back() -> None:
    papers = [replace(one, abstract="None.") for one in read_page(SHIPPED)]
    entries = parsed_bibtex(to_bibtex(papers))
    assert len({entry["key"] for entry in entries}) == len(papers)
    dashes = str.maketrans({"—": "-", "–": "-"})
    read = [" ".join(entry["title"].translate(dashes).split()) for entry in entries]
    assert read == [" ".join(shown(one.title).translate(dashes).split()) for one in papers]


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_pandoc_reads_every_sign_and_all_details(form: str) -> None:
    one = replace(ARTICLE, title=SIGNS, abstract=f"{SIGNS} & 40 % of #1_a {{0, 1}} ^ ~")
    article, preprint, proceedings = by_pandoc(to_bibtex([one, PREPRINT, PROCEEDINGS]), form)
    assert article["title"].replace('<span class="nocase">', "").replace("</span>", "") == SIGNS
    assert article["abstract"] == one.abstract
    assert article["id"] == "Berg:2019"
    assert article["container-title"] == ARTICLE.details.venue
    assert article["issued"] == {"date-parts": [[2019, 3, 14]]}
    assert article["page"] == "101-119"
    assert (article["DOI"], article["URL"]) == (ARTICLE.details.doi, ARTICLE.details.url)
    assert article["author"][1:] == [
        {"family": "Łukasz", "given": "Örn B."},
        {"family": "Nguyễn", "given": "Thị Hà"},
    ]
    assert preprint["author"][1] == {"literal": "World Health Organization"}
    assert proceedings["type"] == "paper-conference"


def test_pybtex_reads_names_and_signs() -> None:
    database = pytest.importorskip("pybtex.database", reason="pybtex is not installed")
    read = database.parse_string(to_bibtex([replace(ARTICLE, title=SIGNS), PREPRINT]), "bibtex")
    entry = read.entries["Berg:2019"]
    assert entry.fields["title"] == f"{{{SIGNS}}}"
    assert [str(one) for one in entry.persons["author"]][1] == "Łukasz, Örn B."
    assert entry.persons["author"][0].prelast_names == ["van", "den"]


def test_indexing_what_was_exported_gives_the_same_papers() -> None:
    papers = [ARTICLE, *(replace(one, details=replace(one.details, key=f"k{one.id}")) for one in TOLD[1:])]
    entries = list(bibtex.read(Source("set.bib", to_bibtex(papers).encode())))
    read = [(one.title, one.abstract, one.details) for one in entries if isinstance(one, Entry)]
    assert read == [(one.title, one.abstract.replace("\\%", "%"), one.details) for one in papers]


@pytest.mark.parametrize(
    ("told", "written"), [("1-9", "1--9"), ("1\u20139, 12 - 15", "1--9, 12--15"), ("A_1", r"A\_1")]
)
def test_pages_are_ranges_with_two_hyphens(told: str, written: str) -> None:
    assert f"pages = {{{written}}}" in to_bibtex([replace(TREES, details=Details(pages=told))])


def test_authors_of_whom_some_alone_are_named_come_out_as_they_came_in() -> None:
    written = to_bibtex([replace(TREES, details=Details(authors=(Person("Roe", "Ann"), OTHERS)))])
    assert "{Roe, Ann and others}" in written
    (entry,) = bibtex.read(Source("file", written.encode()))
    assert isinstance(entry, Entry)
    assert entry.details.authors == (Person("Roe", "Ann"), OTHERS)
