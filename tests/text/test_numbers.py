"""Numbers as people write them."""

import pytest

from paperchat.text.number_agreement import covers, same_value
from paperchat.text.numbers import has_digits, has_figure, quantities


@pytest.mark.parametrize(
    ("text", "told"),
    [("85.3\\% here", True), ("a 2x gain", True), ("three tasks", True), ("ViT-B/16 and 3D", False), ("no", False)],
)
def test_a_figure_is_no_part_of_a_name(text: str, told: bool) -> None:
    assert has_figure(text) is told


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("85.3 %", 85.3, "%"),
        ("85.3 percent", 85.3, "%"),
        ("85.3 per cent", 85.3, "%"),
        ("85.3\\%", 85.3, "%"),
        ("2.2 percentage points", 2.2, "%"),
        ("2x", 2, "x"),
        ("twice", 2, "x"),
        ("three times", 3, "x"),
        ("200-fold", 200, "x"),
        ("a factor of eight", 8, "x"),
        ("10k", 10_000, ""),
        ("4,700,000", 4_700_000, ""),
        ("4.7M", 4_700_000, ""),
        ("4.7 million", 4_700_000, ""),
        ("half a billion", 500_000_000, ""),
        ("two and a half million", 2_500_000, ""),
        ("sixty-one", 61, ""),
        ("two hundred and five", 205, ""),
        ("five", 5, ""),
        ("+0.9", 0.9, ""),
        ("-1.5", 1.5, ""),
        ("4300h", 4300, ""),
        ("16kHz", 16, ""),
    ],
)
def test_a_number_is_read_in_any_usual_form(text: str, value: float, unit: str) -> None:
    sentence = f"The gain is {text} here."
    (found,) = quantities(sentence)
    assert found.value == pytest.approx(value)
    assert found.unit == unit
    assert text.removesuffix("kHz").removesuffix("h").endswith(sentence[found.start : found.end].strip())


@pytest.mark.parametrize("text", ["ResNet-50", "GPT-4", "3D maps", "ViT-B/16", "MoCov2", "zero-shot", "one of them"])
def test_digits_of_a_name_are_no_number(text: str) -> None:
    assert quantities(f"It uses {text}.") == ()


def test_a_list_and_a_range_share_the_last_unit_but_a_year_has_none() -> None:
    assert [q.unit for q in quantities("gains of 2.4, 9.0, and 12.6 percent")] == ["%", "%", "%"]
    assert [(q.value, q.unit) for q in quantities("3 to 5%")] == [(3, "%"), (5, "%")]
    assert [q.unit for q in quantities("In 2021, 5% fell")] == ["", "%"]


def test_equal_numbers_are_equal_in_other_words() -> None:
    def same(first: str, second: str) -> bool:
        return same_value(quantities(first)[0], quantities(second)[0])

    assert same("about 190 thousand", "193k")
    assert not same("190 thousand", "193k")
    assert not same("5%", "5x")
    assert same("it halves the cost", "2x cheaper")
    assert covers(quantities("sixty-six tasks")[0], [quantities("50 of one and 16 of another")])


@pytest.mark.parametrize(
    ("text", "told"),
    [("It reaches 84.2% on Cora.", True), ("It sees two views.", False), ("ResNet-50 is used.", False)],
)
def test_what_is_measured_is_in_digits(text: str, told: bool) -> None:
    assert has_digits(text) is told
