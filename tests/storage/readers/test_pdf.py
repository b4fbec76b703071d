"""PDFs: title and abstract are found by how they stand on the page; what is none says what to do."""

import sys
from pathlib import Path

import pytest

from paperchat.bibliography import Person
from paperchat.storage.readers import pdf
from paperchat.storage.readers.entry import Entry, Fault, Source
from tests.storage.readers import pages
from tests.storage.readers.pages import column

ABSTRACT = [
    "We study how soil holds water, and find that it does so for",
    "nine days where others hold it for two. Our way is inter-",
    "national, and its error is 3.1 % on SoilBench.",
]
BODY = column(["1 Introduction"], 400, 12) + column(["Soil is studied by many people in many places."] * 6, 380)
FRONT = [
    ("arXiv:2101.00001v2 [cs.LG] 5 Jan 2021", 9, 60, 780),
    ("Proceedings of the Conference on Soil", 9, 60, 770),
    *column(["Water in Soil: a Study of", "Nine Days"], 720, 20),
    *column(["Maria Ogden1, Jan van der Berg2 and Ann Doe*"], 660, 12),
    *column(["1 University of Somewhere, 2 Institute of Water"], 640, 9),
]


def read(data: bytes) -> Entry | Fault:
    source = Source("file", data)
    assert pdf.recognises(source)
    (found,) = pdf.read(source)
    return found


def test_title_authors_and_abstract_are_found_by_size_and_place() -> None:
    lines = [*FRONT, *column(["Abstract"], 600, 12), *column(ABSTRACT, 580), *BODY]
    found = read(pages.pdf(lines))
    assert isinstance(found, Entry)
    assert found.title == "Water in Soil: a Study of Nine Days"
    assert found.abstract.startswith("We study how soil holds water, and find that it does so for nine days")
    assert found.abstract.endswith("its error is 3.1 % on SoilBench.")
    made = found.details
    assert made.authors == (Person("Ogden", "Maria"), Person("van der Berg", "Jan"), Person("Doe", "Ann"))
    assert (made.kind, made.arxiv, made.date) == ("article", "2101.00001", (2021, 1, 5))


def test_an_abstract_may_stand_behind_its_heading_or_above_the_keywords() -> None:
    behind = [
        *FRONT,
        *column(["Abstract. " + ABSTRACT[0], *ABSTRACT[1:]], 600),
        *column(["Keywords: soil, water"], 540),
    ]
    above = [*FRONT, *column([*ABSTRACT, *ABSTRACT], 600), *column(["Keywords: soil, water"], 500)]
    for lines in (behind, above):
        found = read(pages.pdf([*lines, *BODY]))
        assert isinstance(found, Entry)
        assert found.abstract.startswith("We study how soil holds water")
        assert found.abstract.endswith("SoilBench.")


def test_a_paper_without_an_abstract_has_none_and_a_summary_only_before_an_introduction() -> None:
    plain = [*FRONT, *column(["Our field"], 600, 12), *column(ABSTRACT, 580)]
    summary = [*FRONT, *column(["Summary"], 600, 12), *column(ABSTRACT, 580)]
    found = [read(pages.pdf(lines)) for lines in (plain, summary, [*summary, *BODY])]
    assert [bool(isinstance(one, Entry) and one.abstract) for one in found] == [False, False, True]


def test_the_title_of_the_metadata_counts_where_the_page_has_it() -> None:
    lines = [*FRONT, *column(["Abstract"], 600, 12), *column(ABSTRACT, 580), *BODY]
    titles = (
        "Water in Soil: A Study of Nine Days",
        "pone.0030126 1..15",
        "Microsoft Word - paper.docx",
        "Another title",
    )
    found = [read(pages.pdf(lines, title=title)) for title in titles]
    assert [one.title for one in found if isinstance(one, Entry)] == [
        titles[0], *["Water in Soil: a Study of Nine Days"] * 3
    ]  # fmt: skip


def test_what_stands_below_a_title_and_is_no_name_makes_no_author() -> None:
    lines = [*FRONT[:4], *column(["Maria Ogden", "University of Water", "ogden@example.org"], 660, 12), *BODY]
    found = read(pages.pdf(lines, author="A Typesetter"))
    assert isinstance(found, Entry)
    assert found.details.authors == ()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (pages.pdf([]), "is a scan without text"),
        (pages.pdf(FRONT)[:300], "is no whole PDF"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 5000, "is no whole PDF"),
    ],
    ids=["a scan", "cut off", "rubbish"],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, says: str) -> None:
    found = read(data)
    assert isinstance(found, Fault)
    assert says in found.reason


def test_a_pdf_that_takes_too_long_or_crashes_costs_itself_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "crash.py"
    program.write_text("import os; os.abort()")
    monkeypatch.setattr(pdf, "_PROGRAM", program)
    found = read(pages.pdf(FRONT))
    program.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    assert sys.executable
    assert [one.reason for one in (found, read(pages.pdf(FRONT))) if isinstance(one, Fault)] == [
        pdf.FAULTS["failed"]
    ] * 2


@pytest.mark.parametrize(
    ("name", "title", "begins", "ends", "authors"),
    [
        ("eacl-2023-longeval.pdf", "LONGEVAL: Guidelines", "While human evaluation", "future research.1", 7),
        (
            "frontiers-2022-ligatures.pdf",
            "The Effect of Psychological Capital",
            "Because academic",
            "administrators.",
            3,
        ),
        (
            "plos-2012-two-column.pdf",
            "Dirichlet Multinomial Mixtures",
            "We introduce Dirichlet",
            "variable community.",
            3,
        ),
        ("jose-2023-ml-transparency.pdf", "What and How of Machine Learning", "", "", 4),
    ],
)
def test_a_real_paper_is_read(shared: Path, name: str, title: str, begins: str, ends: str, authors: int) -> None:
    found = read((shared / "library" / name).read_bytes())
    assert isinstance(found, Entry)
    assert found.title.startswith(title)
    assert found.abstract.startswith(begins)
    assert found.abstract.endswith(ends)
    assert bool(found.abstract) == bool(begins)
    assert len(found.details.authors) == authors
    assert found.details.year


def test_a_pdf_that_takes_long_is_left_as_soon_as_the_reading_is_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "slow.py"
    program.write_text("import time; time.sleep(600)")
    monkeypatch.setattr(pdf, "_PROGRAM", program)
    looks = list[int]()

    def waiting() -> None:
        looks.append(1)
        if len(looks) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(pdf.read(Source("file", b"%PDF-1.7 " + b" " * 1_000_000, waiting)))
    assert len(looks) == 3
