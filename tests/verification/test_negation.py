"""Whether a claim and a sentence say the opposite of each other."""

import pytest

from paperchat.text.words import words
from paperchat.verification.negation import affirmed, antonyms, denied, negated, outcome, unqualified


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("It does not need labels", {"need", "labels"}),
        ("Without labels, it learns", {"labels"}),
        ("a label-free method", {"label"}),
        ("It needs labels", set()),
    ],
)
def test_a_negation_turns_the_words_after_it_in_its_clause(text: str, turned: set[str]) -> None:
    said = words(text)
    assert {said[place].text for place in negated(said)} == turned


@pytest.mark.parametrize(
    ("claim", "sentence", "opposed"),
    [
        ("It needs labels", "It does not need labels", {"needs", "labels"}),
        ("It does not need labels", "It needs labels", {"need", "labels"}),
        ("It does not need labels", "It never needs labels", set()),
        ("It needs no labels", "It gets by free of labels", set()),
    ],
    ids=["the paper denies", "the claim denies", "both deny", "it may deny in another way"],
)
def test_what_only_one_of_two_denies_is_opposed(claim: str, sentence: str, opposed: set[str]) -> None:
    assert {word.text for word, _ in denied(words(claim), words(sentence), ())} == opposed


@pytest.mark.parametrize(
    ("sentence", "is_affirmed"),
    [
        ("Instead of rebuilding edges, we turn to the rebuilding of features", True),
        ("Instead of rebuilding features, we turn to edges", False),
        ("It does not rebuild features", False),
    ],
)
def test_what_is_denied_of_one_thing_may_be_affirmed_of_another(sentence: str, is_affirmed: bool) -> None:
    assert affirmed(words("rebuilds features with care"), words(sentence)) == is_affirmed


def test_what_another_sentence_of_the_paper_says_is_not_opposed() -> None:
    claim, sentence = words("It needs labels"), words("It does not need labels")
    assert not list(denied(claim, sentence, [words("Tests need labels")]))


def test_an_opposite_beside_the_same_word_is_opposed() -> None:
    ((word, why),) = antonyms(words("Errors increase in storms"), words("Errors decrease in storms"), ())
    assert (word.text, why) == ("increase", '"increase", but the cited paper says "decrease".')
    assert not list(antonyms(words("Errors increase in storms"), words("Gains decrease at night"), ()))


def test_supervised_is_not_self_supervised() -> None:
    ((_, why),) = unqualified(words("a supervised objective"), words("a self-supervised objective"))
    assert why == 'The cited paper says "self-supervised" here.'
    assert not list(unqualified(words("a supervised objective"), words("a self-supervised loss")))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [("It outperforms all baselines.", True), ("It gains, but is worse at night.", False), ("It is new.", False)],
    ids=["success alone", "success and not", "nothing said"],
)
def test_a_failure_is_claimed_where_only_success_is_reported(sentence: str, found: bool) -> None:
    claim = "It performs worse than the baselines."
    told = outcome(claim, [sentence])
    assert bool(told) is found
    assert told is None or claim[told[0] : told[1]] == "worse"
