"""Two sentences oppose each other where they send one thing opposite ways, deny, or number it otherwise."""

import json

import pytest

from paperchat.paths import CHECKER
from paperchat.verification.checker import read_checker
from paperchat.verification.opposition import Opposing, Said, other_numbers
from tests.samples import CLAIMS

CHECK = read_checker(json.loads(CHECKER.read_text(encoding="utf-8")), CLAIMS)
OPPOSING = Opposing(CHECK.rarity, CHECK.opposing)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Salt raises blood pressure in adults.", "Salt lowers blood pressure in adults.", "raises"),
        ("The dogs were closely related.", "The dogs were not closely related.", "denies"),
        ("Larger pens improve the growth of trout.", "Larger pens had no influence on the growth of trout.", "growth"),
        ("The glaze cracks at low temperature.", "The glaze cracks at high temperature.", "high"),
        ("Glazes crack in 12% of the kilns of Arita.", "Glazes crack in 30% of the kilns of Arita.", "30%"),
    ],
    ids=["ways", "denied", "nothing", "opposite", "number"],
)
def test_what_differs_is_said(one: str, other: str, how: str) -> None:
    assert how in OPPOSING.judge(Said(one), Said(other)).how


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Salt raises blood pressure in adults.", "In adults blood pressure is increased by salt."),
        ("Glazes crack in 12% of the kilns.", "Of the kilns, 12% have glazes that crack."),
        ("Trout were kept in ten pens.", "Salt raises blood pressure in adults."),
    ],
)
def test_the_same_in_other_words_and_what_is_of_another_matter_oppose_nothing(one: str, other: str) -> None:
    assert OPPOSING.judge(Said(one), Said(other)).how == ""


def test_a_sentence_that_opposes_is_likelier_to_than_one_that_does_not() -> None:
    claim = Said("Irrigation increases the yield of maize on dry soils.")
    against = OPPOSING.judge(claim, Said("On dry soils irrigation decreases the yield of maize."))
    with_it = OPPOSING.judge(claim, Said("On dry soils irrigation raises the yield of maize."))
    assert against.chance > 0.5 > with_it.chance


def test_numbers_of_other_things_are_no_other_numbers() -> None:
    one, other = Said("The kiln reaches 1,200 °C."), Said("The kiln has 40 shelves.")
    assert other_numbers(one.bound, other.bound, CHECK.rarity) == []
