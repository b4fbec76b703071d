"""Where a text has LaTeX (what each of it reads as is in test_plain)."""

import pytest

from paperchat.text.latex_in_text import latex_pieces


def test_pieces_come_in_order_and_do_not_overlap() -> None:
    text = r"\textbf{A~\cite{a} {\em b}} and~\footnote{c} $x$--$y$ \'e ``q''"
    pieces = list(latex_pieces(text))
    assert all(one.end <= other.start for one, other in zip(pieces, pieces[1:], strict=False))


@pytest.mark.parametrize("text", ["plain", "a < b & c", ""])
def test_a_text_without_latex_has_no_pieces(text: str) -> None:
    assert list(latex_pieces(text)) == []
