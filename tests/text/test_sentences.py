"""The sentences of a text, and where they are."""

from paperchat.text.sentences import split_sentences


def test_sentences_end_where_people_end_them() -> None:
    text = "We gain 1.5 points, e.g. on COCO. See https://a.b/c.d for code! Is it done?"
    assert [text[a:b] for a, b in split_sentences(text)] == [
        "We gain 1.5 points, e.g. on COCO.",
        "See https://a.b/c.d for code!",
        "Is it done?",
    ]
    assert split_sentences("") == []
