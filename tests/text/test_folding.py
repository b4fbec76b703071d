"""What is typed without accents finds what is written with them."""

import pytest

from paperchat.text.folding import folded


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Café", "Cafe"),
        ("Łódź", "Lodz"),
        ("Straßenbäume", "Strassenbaume"),
        ("Erdős–Rényi", "Erdos–Renyi"),
        ("Smørrebrød", "Smorrebrod"),
        ("Ærøskøbing", "AEroskobing"),
        ("ℓ₁ ≤ 10²", "l1 ≤ 102"),
        ("plain", "plain"),
        ("图像", "图像"),
    ],
)
def test_accents_are_left_out(written: str, typed: str) -> None:
    assert folded(written) == typed


def test_vowel_signs_of_indic_scripts_stay() -> None:
    assert folded("हिन्दी") != folded("हन्दी")
