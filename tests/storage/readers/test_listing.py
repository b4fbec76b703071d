"""Reading the saved page: byte for byte, and what is wrong with a file."""

from pathlib import Path

import pytest

from paperchat.errors import InputError
from paperchat.storage.identity import paper_id
from paperchat.storage.readers.listing import SHIPPED, read_page

CHROME = "new\n\nGet papers!\n\nSubscribe\n\nMar 12\n\n"
ABSTRACT = "We study a thing that is long enough to be an abstract of a paper, and we say what we found in it."


def test_the_shipped_page_gives_118_papers_byte_for_byte() -> None:
    papers = read_page(SHIPPED)
    lines = SHIPPED.read_bytes().decode("ascii").split("\n")
    assert len({paper.id for paper in papers}) == 118
    assert [paper.title for paper in papers] == lines[10::4]
    assert [paper.abstract for paper in papers] == lines[12::4]
    assert papers[0].id == paper_id(lines[10])


def test_the_shipped_page_is_the_given_one(shared: Path) -> None:
    assert SHIPPED.read_bytes() == (shared / "papers" / "trending-papers.txt").read_bytes()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_do_not_matter(tmp_path: Path, end: str) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(f"{CHROME}A title\n\n{ABSTRACT}\n".replace("\n", end).encode())
    assert [(p.title, p.abstract) for p in read_page(file)] == [("A title", ABSTRACT)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\x7fELF\x00\x01", "binary file"),
        (b"Mar 12\n\n\xff\xfe title", "not UTF-8"),
        (b"# Readme\n\nSome text.\n", "not a saved listing page"),
        (CHROME.encode(), "no papers"),
        (f"{CHROME}Only a title\n".encode(), "has no abstract"),
        (f"{CHROME}One\n\nTwo\n\n{ABSTRACT}\n".encode(), "line 9: the title 'One' has no abstract"),
        (f"{CHROME}One\n\n{ABSTRACT}\n\none!\n\n{ABSTRACT}\n".encode(), "twice, in lines 9 and 13"),
        (f"{CHROME}One\n\n{ABSTRACT} {ABSTRACT[:-20]}".encode(), "cut off"),
        (f"{CHROME}A \u202etitle\n\n{ABSTRACT}\n".encode(), "U+202E (right-to-left override)"),
        (f"{CHROME}A {chr(0xE0041)}title\n\n{ABSTRACT}\n".encode(), "line 9, column 3: U+E0041"),
        (f"{CHROME}{'long ' * 300}\n\n{ABSTRACT}\n".encode(), "1,000 is the most"),
        (f"{CHROME}A title\n\n{ABSTRACT * 300}\n".encode(), "20,000 is the most"),
    ],
)
def test_bad_files_are_named_with_their_fault(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read_page(file)
    assert says in str(raised.value)
    assert str(file) in str(raised.value)
    assert raised.value.fix


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.txt", tmp_path):
        with pytest.raises(InputError, match="Cannot read"):
            read_page(path)


def test_what_is_there_by_mistake_is_mended_and_said(tmp_path: Path) -> None:
    file, said = tmp_path / "page.txt", list[str]()
    file.write_text(f"{CHROME}A ti\u00adtle\n\nIt\u0092s so. {ABSTRACT}\n", encoding="utf-8")
    (paper,) = read_page(file, said.append)
    assert (paper.title, paper.abstract[:8]) == ("A title", "It\u2019s so.")
    assert said == [f"{file}: mended 1 Windows character (U+0092), 1 soft hyphen."]


def test_paragraphs_and_sections_are_one_abstract(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(f"{CHROME}A title\n\nAIM: {ABSTRACT}\n\nRESULTS: {ABSTRACT}\n\nAnother\n\n{ABSTRACT}\n")
    assert [(p.title, p.abstract) for p in read_page(file)] == [
        ("A title", f"AIM: {ABSTRACT}\n\nRESULTS: {ABSTRACT}"),
        ("Another", ABSTRACT),
    ]


def test_two_works_of_one_title_are_two_papers_of_a_page(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(f"{CHROME}A title\n\n{ABSTRACT}\n\nA title\n\nForty infants were filmed. Nurses scored them.\n")
    assert len(read_page(file)) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_pages_of_windows_are_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "page.txt"
    file.write_text(f"{CHROME}A title\n\n{ABSTRACT}\n", encoding=encoding)
    assert [(p.title, p.abstract) for p in read_page(file)] == [("A title", ABSTRACT)]
