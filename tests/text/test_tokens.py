"""The words of a text as the keyword index counts them."""

from paperchat.text.tokens import content_words


def test_keywords_keep_letters_and_signs_and_drop_stop_words() -> None:
    assert content_words("C++ or R for the Graphs?") == ["c++", "r", "graph"]
    assert content_words("the of and") == []
    assert content_words("café") == content_words("cafe")
