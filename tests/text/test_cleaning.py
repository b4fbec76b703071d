"""Text as people read it."""

import pytest

from paperchat.text.cleaning import clean, is_hostile, normalised, printable


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (r"85.3\% top-1", "85.3% top-1"),
        (r"a \& b", "a & b"),
        (r"contexts (\eg text)", "contexts (e.g. text)"),
        (r"\ie, given", "i.e., given"),
        (r"named \name to", "named name to"),
        ("e.g.~fine", "e.g.\u00a0fine"),
        ("``How can''", "\u201cHow can\u201d"),
        ("at {https://x.org/a}", "at https://x.org/a"),
        (r"\emph{very} good", "very good"),
        ("100% of a_b ~ 3", "100% of a_b ~ 3"),
    ],
)
def test_latex_leftovers_are_cleaned(raw: str, read: str) -> None:
    assert clean(raw) == read


def test_printable_drops_what_hides_or_reorders_text() -> None:
    assert printable("a\u202eb\x00c\u200b d\ud800\n") == "abc d"
    assert not is_hostile("\u200d")
    assert not is_hostile("\N{DEVANAGARI LETTER A}")


def test_titles_compare_without_case_and_punctuation() -> None:
    assert normalised("GraphMAE:  Masked!") == normalised("graphmae masked")
