"""Where a text says that things go: more, less or neither, in whatever verbs."""

import pytest

from paperchat.text.words import stem, words
from paperchat.verification.tendency import agreed, opposed, tendencies


def way(text: str, thing: str) -> set[int]:
    return {one.way for one in tendencies(words(text)).get(stem(thing), ())}


@pytest.mark.parametrize(
    ("text", "thing", "expected"),
    [
        ("Irrigation increases the yield of maize.", "yield", {1}),
        ("Irrigation reduces the loss of water.", "water", {1}),
        ("The drug inhibits tumour growth.", "tumour", {-1}),
        ("Survival was improved.", "survival", {1}),
        ("The treatment did not increase survival.", "survival", {0}),
        ("It has no effect on survival.", "survival", {0}),
        ("Neural activity was recorded in mice.", "mice", set()),
        ("It raises costs, survival was measured.", "survival", set()),
    ],
)
def test_a_thing_goes_where_the_words_before_it_say(text: str, thing: str, expected: set[int]) -> None:
    assert way(text, thing) == expected


def test_what_both_tell_of_goes_opposite_ways_or_the_same() -> None:
    mine, theirs = (tendencies(words(text)) for text in ("Salt raises blood pressure.", "Salt lowers blood pressure."))
    assert set(opposed(mine, theirs)) == {stem("blood"), stem("pressure")}
    first, second = opposed(mine, theirs)[stem("pressure")]
    assert (first.cue, second.cue) == ("raises", "lowers")
    assert agreed(mine, mine) == set(mine)
    assert not opposed(mine, mine)
