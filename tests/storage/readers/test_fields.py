"""Fields of references come out in one form, however a source writes them."""

import pytest

from paperchat.storage.readers.fields import arxiv, arxiv_in, date, doi, keywords, month, others, page_range, pages


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("10.1000/XYZ.5", "10.1000/xyz.5"),
        ("https://doi.org/10.1000/xyz", "10.1000/xyz"),
        ("doi: 10.1000/xyz.", "10.1000/xyz"),
        ("10.1000/journal.pone.01 [doi]", "10.1000/journal.pone.01"),
        ("(see 10.1000/a(b)c)", "10.1000/a(b)c"),
        ("10.1002/(SICI)10(19)17:15<1661::AID-SIM>3.0.CO;2-2", "10.1002/(sici)10(19)17:15<1661::aid-sim>3.0.co;2-2"),
        ("https://example.org/?doi=10.1000%2fxyz", "10.1000/xyz"),
        ("none", ""),
    ],
)  # fmt: skip
def test_a_doi_is_bare_and_in_lower_case(text: str, bare: str) -> None:
    assert doi(text) == bare


@pytest.mark.parametrize("text", ["2101.00001", "arXiv:2101.00001v3", "arxiv: 2101.00001", " 2101.00001v12 "])
def test_an_arxiv_id_loses_its_version(text: str) -> None:
    assert arxiv(text) == "2101.00001"


def test_what_is_no_arxiv_id_is_none() -> None:
    assert [arxiv(text) for text in ("12.5", "2101.00001 and more", "", "W18-5446")] == [""] * 4
    assert arxiv("math.GT/0309136v1") == "math.gt/0309136"


@pytest.mark.parametrize(
    "text",
    [
        "http://arxiv.org/abs/2101.00001v1",
        "https://arxiv.org/pdf/2101.00001.pdf",
        "arXiv preprint arXiv:2101.00001",
        "CoRR abs/2101.00001",
        "10.48550/arXiv.2101.00001",
    ],
)
def test_an_arxiv_id_is_found_in_a_text(text: str) -> None:
    assert arxiv_in("", text) == "2101.00001"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("2019",), (2019,)),
        (("2019-08-02",), (2019, 8, 2)),
        (("2019/08",), (2019, 8)),
        (("2019 Sep 18",), (2019, 9, 18)),
        (("Sep 18, 2019",), (2019, 9, 18)),
        (("18 May 2019",), (2019, 5, 18)),
        (("2008 Jul-Aug",), (2008, 7)),
        (("2019-00-00",), (2019,)),
        (("2018/2019",), (2018,)),
        (("2009a", "nov"), (2009, 11)),
        (("2009", "11"), (2009, 11)),
        (("2009", "12 November"), (2009, 11, 12)),
        (("2009", "3", "7"), (2009, 3, 7)),
        (("2020-01-06T10:20:30Z",), (2020, 1, 6)),
        (("2021-02-30",), (2021, 2)),
        (("in press",), ()),
        (("",), ()),
    ],
)
def test_a_date_is_read_as_far_as_it_is_told(texts: tuple[str, ...], found: tuple[int, ...]) -> None:
    assert date(*texts) == found


def test_a_month_is_a_name_or_a_number() -> None:
    assert [month(text) for text in ("jan", "{Feb.}", "March", "12", "13", "spring", "")] == [1, 2, 3, 12, 0, 0, 0]


def test_pages_have_a_plain_hyphen() -> None:
    written = ("12--19", "12 \u2013 19", "12-\u201319", "e0209483", "A-1", "\u2013")
    assert [pages(text) for text in written] == ["12-19", "12-19", "12-19", "e0209483", "A-1", ""]
    assert [page_range(*pair) for pair in (("1", "9"), ("1", ""), ("", ""), ("7", "7"))] == ["1-9", "1", "", "7"]


def test_keywords_are_each_once() -> None:
    assert keywords(["a b;  c", "c", ""]) == ("a b", "c")
    assert keywords(["a, b"], ",") == ("a", "b")


def test_a_field_that_is_empty_or_endless_is_not_kept() -> None:
    assert others([("note", " x "), ("file", ""), ("long", "x" * 30_000)]) == (("note", "x"),)
