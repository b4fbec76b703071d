"""LaTeX and mark-up in references become text."""

import pytest

from paperchat.storage.readers.plain import plain, ungrouped, unmarked


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"Erd\H{o}s and {R\'enyi}", "Erdős and Rényi"),
        (r"$10\times$ faster, 5\% less", "10\N{MULTIPLICATION SIGN} faster, 5% less"),
        ("{GateSearch}: {\\em open}", "GateSearch: open"),
        ("{" * 10_000, ""),
        ("H<sub>2</sub>O &amp; p &lt; 5", "H\u2082O & p < 5"),
    ],
)
def test_latex_is_read_as_it_is_shown(text: str, read: str) -> None:
    assert plain(text) == read


def test_tags_that_are_written_as_latex_are_left_out_too() -> None:
    assert (
        ungrouped(r"{\textless}i{\textgreater}in vitro{\textless}/i{\textgreater}, p {\textless} 5")
        == "in vitro, p < 5"
    )
    assert ungrouped("the 2{$<$}sup{$>$}nd{$<$}/sup{$>$}") == "the 2nd"


def test_marks_of_other_formats_are_left_out_and_nothing_else() -> None:
    assert unmarked("<jats:p>One.</jats:p><jats:p>Two &#8211; a < b > c</jats:p>") == "One. Two \u2013 a < b > c"
    assert unmarked(r"C:\temp {x} $5") == r"C:\temp {x} $5"
