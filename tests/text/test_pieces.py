"""A text in which pieces read differently, and where its places come from."""

from paperchat.text.pieces import Piece, rendered


def test_places_are_found_again() -> None:
    made = rendered("ab[cd]ef", [Piece(2, 3, ""), Piece(3, 5, "XYZ"), Piece(5, 6, "")])
    assert made.text == "abXYZef"
    assert made.source(0, 2) == (0, 2)
    assert made.source(1, 4) == (1, 5), "a piece in part is whole"
    assert made.source(5, 7) == (6, 8)


def test_a_text_without_pieces_is_itself() -> None:
    assert rendered("ab", []).text == "ab"
    assert rendered("ab", []).source(1, 2) == (1, 2)
