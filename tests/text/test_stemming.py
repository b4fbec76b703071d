"""The stemmer."""

from paperchat.text.stemming import english_stemmer


def test_words_of_one_root_have_one_stem_and_no_two_threads_share_a_stemmer() -> None:
    one, other = english_stemmer(), english_stemmer()
    assert one is not other
    assert one.stemWords(["masked", "masking", "masks"]) == ["mask"] * 3
