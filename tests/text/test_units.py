"""Units behind numbers and bounds before them."""

import pytest

from paperchat.text.units import bound_before, measure_behind, opposed


@pytest.mark.parametrize(
    ("text", "kind", "base"),
    [
        ("5 mg", "mass", 0.005),
        ("5 µg", "mass", 5e-6),
        ("5 \u03bcg", "mass", 5e-6),
        ("5-minute", "time", 300),
        ("5 °C", "degrees Celsius", 5),
        ("5 °F", "degrees Fahrenheit", 5),
        ("5 mg/kg", "mass per mass", 5e-6),
        ("5 MB per second", "data per time", 5e6),
        ("5kHz", "frequency", 5000),
    ],
)
def test_a_unit_is_read_behind_a_number(text: str, kind: str, base: float) -> None:
    found = measure_behind(text, 1)
    assert found is not None
    assert (found.kind, found.end) == (kind, len(text))
    assert 5 * found.factor == pytest.approx(base)


@pytest.mark.parametrize("text", ["5 mice", "5 men", "5.", "5 gains", "5"])
def test_a_word_that_only_begins_like_a_unit_is_none(text: str) -> None:
    assert measure_behind(text, 1) is None


def test_a_decade_has_no_seconds() -> None:
    assert measure_behind("1990s", 4) is None


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at most ", "below"), ("up to ", "below"), ("P < ", "below"), ("above ", "above"), ("more than ", "above"),
        ("from ", "start"), ("fell to ", "end"), ("compared to ", ""), ("a ratio of 2 to ", ""),
        ("hereto ", ""), ("", ""),
    ],
)  # fmt: skip
def test_words_before_a_number_make_it_a_bound(text: str, bound: str) -> None:
    assert bound_before(text + "5", len(text)) == bound


def test_bounds_of_one_side_do_not_exclude_each_other() -> None:
    assert opposed("above", "below")
    assert opposed("end", "start")
    assert not opposed("above", "above")
    assert not opposed("above", "")
    assert not opposed("above", "end")
