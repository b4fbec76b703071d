"""Formulas and single macros read as text."""

import pytest

from paperchat.text.latex import DEEPEST, arguments, lowered, raised, read_formula, read_macro


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        (r"\frac{a+b}{\sqrt{n}}", "(a+b)/(√n)"),
        (r"O(\log\log n)", "O(log log n)"),
        (r"10^{-4}", "10⁻⁴"),
        (r"\tilde O\big(d^7/(\lambda^5\epsilon^5) \big)", "Õ(d⁷/(λ⁵ε⁵))"),
        (r"\|x\|_2 \geq 10{,}000", "‖x‖₂ ≥ 10,000"),
        (r"n\land m", "n ∧ m"),
        (r"\text{gap}_{\text{min}}\cdot \vtheta", "gap_min · θ"),
        (r"x\in \{\pm 1\}^d", "x ∈ {±1}^d"),
        (r"\operatorname*{argmin}_x \mathbb{R}", "argmin_x ℝ"),
        ("p < 0.05%", "p < 0.05%"),
        (r"x^\star", "x*"),
    ],
)
def test_a_formula_reads_as_text(formula: str, read: str) -> None:
    assert read_formula(formula) == read


@pytest.mark.parametrize(("macro", "read"), [(r"\H{o}", "ő"), (r"\'{\i}", "í"), (r"\l{}", "ł"), (r"\nosuch", "nosuch")])
def test_a_macro_reads_as_text(macro: str, read: str) -> None:
    assert read_macro(macro) == read


def test_scripts_without_characters_of_their_own_keep_their_sign() -> None:
    assert (raised("10"), raised("th"), raised("a+b"), raised("∘")) == ("¹⁰", "th", "^(a+b)", "°")
    assert (lowered("10"), lowered("max"), lowered("i,j")) == ("₁₀", "_max", "_(i,j)")


def test_what_a_macro_takes_is_known() -> None:
    assert (arguments("sqrt"), arguments("alpha"), arguments("nosuch")) == ("[{", "", None)


def test_braces_too_deep_are_left_as_they_are() -> None:
    deep = "{" * (DEEPEST + 1) + "x" + "}" * (DEEPEST + 1)
    assert read_formula(deep) == deep
