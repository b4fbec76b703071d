"""Text in LaTeX shows exactly what it is."""

import pytest

from paperchat.export.latex import latex


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a & b_c 5%", r"a {\&} b{\_}c 5{\%}"), ("{x}", r"{\{}x{\}}"), ("é", r"{\'e}"), ("--- ''", "-{-}{-} '{'}"),
        ("`", r"{\textasciigrave}"), ('"', '{"}'), ("中", "中"),
    ],
)  # fmt: skip
def test_every_character_is_as_latex_sets_it(text: str, written: str) -> None:
    assert latex(text) == written
