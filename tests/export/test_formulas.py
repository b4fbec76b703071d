"""Formulas are set aside whole and come back as they were; what is no formula stays."""

import pytest

from paperchat.export.formulas import Aside, has_pairs, is_sound


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        (r"in $\mathcal{O}(n \log n)$ and \(x\) time", [r"$\mathcal{O}(n \log n)$", r"\(x\)"]),
        ("$5 and $6", []), ("from $5 to 6$ dollars", []), ("$ x $", []), ("a $b", []), (r"\$5$", []),
        (r"$\text{at most } k$", [r"$\text{at most } k$"]), ("$a}$", []), (r"$\input{a}$", []), ("$$", []),
    ],
)  # fmt: skip
def test_a_formula_is_one_character_meanwhile(text: str, formulas: list[str]) -> None:
    aside = Aside()
    kept = aside.without_formulas(text)
    assert len(kept) == len(text) - sum(len(one) - 1 for one in formulas)
    assert not any(one in kept for one in formulas)
    assert aside.back(kept) == text
    assert aside.back(kept, str.upper).count("$") == text.count("$")


def test_no_text_can_forge_what_stands_for_a_piece() -> None:
    aside = Aside()
    assert aside.back(aside.without_formulas("\U000f0000 $x$ \U000f0001\u202e")) == " $x$ "


@pytest.mark.parametrize("formula", ["$a%b$", r"$\newcommand{x}{y}$", r"$\include{x}$", "$some words of a text$"])
def test_what_other_documents_cannot_hold_is_no_formula(formula: str) -> None:
    assert not is_sound(formula)
    assert is_sound(r"$\definedby 5\% \includegraphicsx$".replace("includegraphicsx", "inf"))


@pytest.mark.parametrize("text", ["{", "}{", r"\{", r"{\}", "a\\", r"{a\\"])
def test_braces_without_a_partner_are_seen(text: str) -> None:
    assert not has_pairs(text)
    assert has_pairs(r"{a \{b\}} {}")
