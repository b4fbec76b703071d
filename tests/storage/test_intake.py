"""From files to papers: nothing good is lost, nothing is there twice, and what is not taken is told with its place."""

import gzip
from pathlib import Path

import pytest

from paperchat.errors import InputError
from paperchat.storage.intake import Given, Known, read_files, take_in
from paperchat.types import Paper

BIB = """
@article{a, title={Soil and Water.}, author={Ogden, Maria}, year={2019}, doi={10.1000/a}, abstract={It holds water.}}
@article{b, title={No Abstract Here}, year={2020}}
@article{c, title={Never closed, year={2001}

@article{d, title={}, year={2001}}
@article{e, title={A \u202e title}, year={2001}}
@article{f, title={Long}, abstract={%s}}
""" % ("x " * 20_000)
RIS = "TY  - JOUR\nTI  - SOIL AND WATER\nPY  - 2019\nVL  - 7\nAB  - [No abstract available]\nER  - \n"


def taken(known: dict[str, Paper], *paths: Path) -> tuple[dict[str, Paper], tuple[int, ...]]:
    found = take_in(Known(known), read_files(paths))
    report = found.report
    counts = (report.added, report.changed, report.unchanged, report.merged, report.without_abstract)
    return {**known, **{paper.id: paper for paper in found.papers}}, counts


def test_good_entries_are_taken_and_each_bad_one_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(BIB)
    (tmp_path / "broken.gz").write_bytes(gzip.compress(b"x")[:-3])
    given = read_files([tmp_path, tmp_path / "absent.ris"])
    assert [entry.title for _, entry in given.entries] == ["Soil and Water", "No Abstract Here"]
    assert [(Path(one.file).name, one.place, one.reason[:20]) for one in given.rejected] == [
        ("broken.gz", "", "is cut off: it canno"),
        ("refs.bib", "line 4 (c)", "is not closed, or a "),
        ("refs.bib", "line 6", "has no title"),
        ("refs.bib", "line 7", "its title has U+202E"),
        ("refs.bib", "line 8", "its abstract has 39,"),
        ("absent.ris", "", "No such file or dire"),
    ]


def test_a_zero_byte_spoils_no_file_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_bytes(b"@article{a, title = {Soil\0 and Water}, year = 2001}")
    given = read_files([tmp_path])
    assert [entry.title for _, entry in given.entries] == ["Soil and Water"]
    assert given.mended == (("zero byte", 1),)


def test_what_is_read_again_is_unchanged_and_what_was_mended_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(BIB)
    known, first = taken({}, file)
    again = taken(known, file)
    assert (first, again[1]) == ((2, 0, 0, 0, 1), (0, 0, 2, 0, 1))
    file.write_text(BIB.replace("It holds water.", "It holds no water."))
    changed, counts = taken(known, file)
    assert counts == (0, 1, 1, 0, 1)
    assert {paper.abstract for paper in changed.values()} == {"It holds no water.", ""}


def test_one_work_in_two_files_is_one_paper_with_what_both_tell(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(BIB)
    (tmp_path / "b.ris").write_text(RIS)
    known, counts = taken({}, tmp_path / "a.bib", tmp_path / "b.ris")
    assert counts == (2, 0, 0, 1, 1)
    (one,) = (paper for paper in known.values() if paper.abstract)
    assert (one.title, one.details.volume, one.details.doi) == ("Soil and Water", "7", "10.1000/a")
    assert taken(known, tmp_path / "b.ris", tmp_path / "a.bib")[1] == (0, 0, 2, 1, 1)


def test_a_worse_record_that_comes_later_adds_what_it_has_and_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(BIB)
    (tmp_path / "b.ris").write_text(RIS)
    known, _ = taken({}, tmp_path / "a.bib")
    known, counts = taken(known, tmp_path / "b.ris")
    assert counts == (0, 1, 0, 0, 0)
    (one,) = (paper for paper in known.values() if paper.abstract)
    assert (one.abstract, one.details.volume) == ("It holds water.", "7")


def test_another_title_under_one_identifier_is_merged_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(BIB)
    (tmp_path / "c.bib").write_text("@misc{x, title={Water in soil}, doi={10.1000/A}}")
    known, _ = taken({}, tmp_path / "a.bib")
    assert taken(known, tmp_path / "c.bib")[1] == (0, 0, 1, 1, 0)


def test_works_under_one_title_are_two_papers_and_stay_so(tmp_path: Path) -> None:
    text = "@misc{a, title={Editorial}, year=2001, note={one}}\n@misc{b, title={Editorial}, year=2002}"
    (tmp_path / "a.bib").write_text(text)
    known, counts = taken({}, tmp_path / "a.bib")
    assert (counts[0], counts[3], len(known)) == (2, 0, 2)
    assert taken(known, tmp_path / "a.bib")[1][:4] == (0, 0, 2, 0)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("absent", None, r"Cannot read .*absent: No such file or directory\. paperchat reads BibTeX"),
        ("a.txt", b"# Readme\n", "is of no kind that is read here"),
        (
            "a.bib",
            b"@misc{a, title={A}\n\n@misc{b, title={B}\n",
            r"a\.bib, line 1 \(a\): is not closed.* \(1 more",
        ),
    ],
)
def test_where_nothing_can_be_read_the_first_reason_is_told(
    tmp_path: Path, name: str, data: bytes | None, says: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=says):
        read_files([tmp_path / name])


def test_an_empty_folder_is_told_and_no_file_is_no_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file in it"):
        read_files([tmp_path])
    assert read_files([]) == Given()


def test_a_library_with_doubled_entries_is_merged_and_the_same_when_it_is_read_again(shared: Path) -> None:
    given = read_files([shared / "library" / "mendeley-duplicate-keys.bib"])
    first = take_in(Known({}), given)
    counts = (first.report.added, first.report.merged, first.report.rejected)
    assert counts == (44, 13, ())  # 11 by their keys, two by DOI
    again = take_in(Known({paper.id: paper for paper in first.papers}), given).report
    assert (again.unchanged, again.merged) == (44, 13)
