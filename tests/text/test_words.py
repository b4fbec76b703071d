"""Words as a checker compares them."""

from paperchat.text.words import opposites, stem, words


def test_opposites_go_both_ways() -> None:
    table = opposites()
    assert all(word in table[other] for word, others in table.items() for other in others)
    assert stem("labelled") != stem("unlabelled")
    assert stem("generalisation") == stem("generalization")


def test_clauses_are_counted() -> None:
    assert [word.clause for word in words("Cats sleep, dogs run but fish swim")] == [0, 0, 1, 1, 2, 2, 2]
