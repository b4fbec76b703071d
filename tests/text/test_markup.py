"""Tags and entities are found, those of the second reading of a formula too."""

from paperchat.text.markup import has_markup, markup_pieces


def test_each_mark_is_a_piece_in_order() -> None:
    pieces = list(markup_pieces("a <b>c</b> &amp; d"))
    assert [piece.read for piece in pieces] == ["", "", "&"]
    assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)


def test_a_preamble_of_latex_is_passed_over() -> None:
    text = r"is <tex-math>\documentclass{minimal}\usepackage{a}\begin{document}$x$\end{document}</tex-math> here"
    read = "".join(piece.read for piece in markup_pieces(text))
    assert not read.strip()
    covered = sum(piece.end - piece.start for piece in markup_pieces(text))
    assert len(text) - covered == len("is $x$ here")


def test_text_without_marks_has_none() -> None:
    assert not has_markup("a b")
    assert list(markup_pieces("a < b & c")) == []
