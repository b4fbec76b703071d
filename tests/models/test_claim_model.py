"""What judges claims: a sentence says what is told in other words, and not the opposite or another matter."""

from pathlib import Path

import pytest

from paperchat.errors import StoreError
from paperchat.models.claim_model import ClaimModel
from tests.samples import CLAIMS

TITLE = "Seagrass and the survival of juvenile cod"

SAID = "Juvenile cod released into seagrass survived longer than those released over bare sand."


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Young cod live longer in seagrass than over sand.", "Young cod live longer over sand than in seagrass."),
        ("Cod that were let go in seagrass lived longer.", "Cod that were let go in seagrass died sooner."),
        ("Cod set free in seagrass meadows outlived others.", "Cod set free in seagrass meadows grew faster."),
    ],
)
def test_what_is_said_in_other_words_has_better_odds_than_what_is_not(right: str, wrong: str) -> None:
    assert CLAIMS.entailment(right, TITLE, SAID) > CLAIMS.entailment(wrong, TITLE, SAID)


@pytest.mark.parametrize(
    ("wrong", "other"),
    [
        ("Young cod live longer over sand than in seagrass.", "Cod set free in seagrass meadows grew faster."),
        ("Cod that were let go in seagrass died sooner.", "Cod that were let go in seagrass lived longer."),
    ],
)
def test_the_opposite_is_contradicted_more_than_what_is_not_stated_or_said(wrong: str, other: str) -> None:
    assert CLAIMS.contradiction(wrong, TITLE, SAID) > CLAIMS.contradiction(other, TITLE, SAID)


def test_a_copy_is_said() -> None:
    assert CLAIMS.entailment(SAID, TITLE, SAID) > 0


def test_odds_are_the_same_on_every_processor() -> None:
    """The number is of this file of weights."""
    assert CLAIMS.entailment(SAID, TITLE, SAID) == pytest.approx(0.2, abs=0.1)


def test_another_matter_is_not_said() -> None:
    assert CLAIMS.entailment("Transformers need much memory.", TITLE, SAID) < 0


@pytest.mark.parametrize("claim", ["", "?", "\u4f60\u597d", "a " * 5000])
def test_whatever_is_claimed_has_odds(claim: str) -> None:
    assert -100 < CLAIMS.entailment(claim, "", "It is so. " * 500) < 100


def test_a_model_that_is_missing_is_an_error_with_its_fix(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing") as error:
        ClaimModel(tmp_path / "claim_model.onnx").entailment("a", "b", "c")
    assert "pip install" in error.value.fix
