"""Titles are told apart by the signs that carry meaning, and by nothing else."""

import pytest

from paperchat.text.cleaning import normalised
from paperchat.text.titles import Titles, carries_signs, signature

APART = [
    ("Memory Errors in C", "Memory Errors in C++"),
    ("Memory Errors in C", "Memory Errors in C#"),
    ("CD4+ Cells in Mice", "CD4- Cells in Mice"),
    ("CD4+ Cells in Mice", "CD4 Cells in Mice"),
    ("HER2\u2212 Tumours", "HER2 Tumours"),
    ("Paths by A", "Paths by A*"),
    ("Na+ in Cells", "Na in Cells"),
    ("When P = NP", "When P \u2260 NP"),
    (r"When $P = NP$", r"When $P \neq NP$"),
    ("हिन्दी", "हिन्दू"),
    ("🐝🐝🐝", "🐝🐝"),
    ("???", "\u2014"),
    ("10³ Cells", "103 Cells"),
    ("Growth at -5 Degrees", "Growth at 5 Degrees"),
    ("A 5% Rule", "A 5 Rule"),
    ("x > y", "x < y"),
]
ALIKE = [
    ("GraphMAE:  Masked, Again!", "graphmae masked again"),
    ("Pre- and Post-Training", "Pre and Post Training"),
    ("A Title of Something*", "A Title of Something"),
    ("“Small Print”", '"Small print"'),
    ("R&D at AT&T", "R D at AT T"),
    ("Cafe\u0301 Life", "Café Life"),
    ("CD4- Cells", "CD4\u2212 Cells"),
    ("{BERT} for $k$-Means", "BERT for k-means"),
    ("A ~ B | C", "A B C"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_signs_that_carry_meaning_tell_titles_apart(one: str, other: str) -> None:
    assert signature(one) != signature(other)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_case_and_punctuation_do_not(one: str, other: str) -> None:
    assert signature(one) == signature(other)
    assert not carries_signs(other) or "CD4" in other


@pytest.mark.parametrize("title", ["A Plain Title: With a Colon", "Größe und Maß", "Naïve Bayes (Again)", "图像识别"])
def test_a_plain_title_carries_no_signs(title: str) -> None:
    assert not carries_signs(title)
    assert signature(title).replace(" ", "") == normalised(title).replace(" ", "")


def test_a_title_is_found_as_written_then_with_its_signs_then_by_its_words() -> None:
    titles = Titles([("On C", 1), ("On C++", 2), ("on c++", 3), ("On C#", 4), ("🐝", 5)])
    assert titles.all("on c++") == [3]
    assert titles.all("ON C++") == [2, 3]
    assert titles.get("on c") == 1
    assert titles.all("on, c!") == [1]
    assert titles.all("On C*") == [1, 2, 3, 4], "its words alone"
    assert titles.get("🐝") == 5
    assert titles.get("On D") is None
    assert "On D" not in titles
    assert "" not in titles
