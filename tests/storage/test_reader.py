"""Reading the saved page: byte for byte, and what is wrong with a file."""

from pathlib import Path

import pytest

from paperchat.errors import InputError
from paperchat.storage.identity import paper_id
from paperchat.storage.reader import SHIPPED, read_page

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
        (f"{CHROME}A \u200btitle\n\n{ABSTRACT}\n".encode(), "U+200B"),
        (f"{CHROME}A \x07title\n\n{ABSTRACT}\n".encode(), "U+0007"),
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
