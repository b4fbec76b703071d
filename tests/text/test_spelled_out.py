"""What initials stand for, and versions in other signs."""

import pytest

from paperchat.text.spelled_out import stands_for, versions


@pytest.mark.parametrize(
    ("text", "name", "held"),
    [
        ("the National Health and Nutrition Examination Survey", "NHANES", True),
        ("the Third National Health and Nutrition Examination Survey", "NHANES III", True),
        ("the Second National Health and Nutrition Examination Survey", "NHANES III", False),
        ("diffusion tensor imaging. We use diffusion tensor imaging", "DTI", True),
        ("latent semantic topic space", "LSTS", True),
        ("a more efficient training", "MET", False),
        ("Self-Supervised Audio Mamba", "SAM", False),
        ("with upper kidney", "UK", False),
        ("Fast Unit Kernels", "UK", False),
        ("in Chapel Hill, NC", "North Carolina", True),
        ("normal controls (NC)", "North Carolina", False),
        ("twins of Barlow", "Barlow", False),
    ],
)
def test_initials_and_what_they_stand_for_are_one_name(text: str, name: str, held: bool) -> None:
    assert stands_for(text, name) is held


@pytest.mark.parametrize(
    ("pieces", "forms"),
    [
        (["simclr", "v", "2"], ("simclrv2", "simclrvii", "simclr2")),
        (["dino", "2"], ("dino2", "dinoii", "dinov2")),
        (["nhanes", "iii"], ("nhanesiii", "nhanes3")),
        (["p", "53"], ("p53",)),
        (["graphmae"], ("graphmae",)),
    ],
)
def test_a_version_is_written_in_several_ways(pieces: list[str], forms: tuple[str, ...]) -> None:
    assert versions(pieces) == forms
