"""A logistic regression as it is kept."""

import pytest

from paperchat.logistic import Logistic, as_json, read_logistic

ONE = Logistic(0.5, {"near": (2.0, 1.0, 0.5), "said": (-1.0, 0.0, 1.0)})


def test_odds_are_of_standardised_features() -> None:
    assert ONE.odds({"near": 1.5, "said": 1.0}) == pytest.approx(0.5 + 2 * 1 - 1)


def test_a_probability_is_half_at_even_odds_and_never_beyond_its_bounds() -> None:
    assert ONE.probability({"near": 1.0, "said": 0.5}) == pytest.approx(0.5)
    assert 0 <= ONE.probability({"near": -1e9, "said": 0}) < ONE.probability({"near": 1e9, "said": 0}) <= 1


def test_it_comes_back_from_its_form_in_json() -> None:
    assert read_logistic(as_json(ONE)) == ONE
