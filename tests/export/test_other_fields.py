"""Fields that a source calls in its own way come out by each format's name for them."""

import pytest

from paperchat.export.other_fields import as_bibtex, as_csl, as_ris, structured


@pytest.mark.parametrize(
    ("name", "bibtex", "ris", "csl"),
    [
        ("issn", "issn", "SN", "ISSN"), ("ISSN", "issn", "SN", "ISSN"), ("SN", "issn", "SN", "ISSN"),
        ("series", "series", "T3", "collection-title"), ("collection-title", "series", "T3", "collection-title"),
        ("address", "address", "CY", "publisher-place"), ("location", "location", "CY", "publisher-place"),
        ("publisher-place", "address", "CY", "publisher-place"), ("N1", "note", "N1", "note"),
        ("annote", "annote", "RN", "annote"), ("file", "file", None, None), ("bdsk-url-1", "bdsk-url-1", None, None),
        ("Bdsk-File-1", "Bdsk-File-1", None, None), ("WE", None, "WE", None), ("File Attachments", None, None, None),
        ("OWN", None, None, None), ("shorttitle", "shorttitle", "ST", "title-short"), ("{x}", None, None, None),
    ],
)  # fmt: skip
def test_a_field_has_the_name_of_each_format(name: str, bibtex: str | None, ris: str | None, csl: str | None) -> None:
    fields = [(name, "1234-5678")]
    assert [one for one, _ in as_bibtex(fields)] == [bibtex] * (bibtex is not None)
    assert [one for one, _ in as_ris(fields)] == [ris] * (ris is not None)
    assert list(as_csl(fields)) == [csl] * (csl is not None)


def test_a_number_of_a_book_is_told_from_one_of_a_journal() -> None:
    assert as_csl([("SN", "978-3-16-148410-0"), ("T3", "x")]) == {"ISBN": "978-3-16-148410-0", "collection-title": "x"}
    assert as_csl([("SN", "316148410X")]) == {"ISBN": "316148410X"}


def test_tags_of_medline_are_none_of_ris() -> None:
    fields = [("OWN", "NLM"), ("IS", "1932-6203"), ("RN", "0 (Water)"), ("issn", "1932-6203")]
    assert list(as_ris(fields)) == [("SN", "1932-6203")]
    assert list(as_bibtex(fields)) == [("issn", "1932-6203")]
    assert as_csl(fields) == {"ISSN": "1932-6203"}


def test_what_is_no_text_in_csl_comes_back_as_it_is_there_and_nowhere_else() -> None:
    fields = [("accessed", '{"date-parts": [[2023, 1, 15]]}'), ("translator", "no JSON"), ("submitted", "[[[")]
    assert structured(fields) == {"accessed": {"date-parts": [[2023, 1, 15]]}}
    assert as_csl(fields) == {}
    assert list(as_bibtex(fields)) == list(as_ris(fields)) == []
