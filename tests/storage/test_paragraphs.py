"""A title, and the paragraphs below it that are one abstract."""

import pytest

from paperchat.storage.paragraphs import parted

LONG = "We studied one thing for a long time and with great care, and we say here what we found in it."
MORE = "In a second study of the same people we asked about another thing, and all of them gave an answer."


def titles(*lines: str) -> list[tuple[str, int]]:
    return [(title[1], len(paragraphs)) for title, paragraphs in parted(list(enumerate(lines)))]


def test_titles_and_abstracts_alternate() -> None:
    assert titles("One", LONG, "Two", MORE) == [("One", 1), ("Two", 1)]


@pytest.mark.parametrize(
    "labels", [("BACKGROUND: ", "METHODS: "), ("Background: ", "Methods: "), ("AIM. ", "RESULTS. ")]
)
def test_labelled_paragraphs_are_one_abstract(labels: tuple[str, str]) -> None:
    assert titles("One", labels[0] + LONG, labels[1] + "We asked.", "Two", MORE) == [("One", 2), ("Two", 1)]


def test_a_label_on_a_line_of_its_own_is_no_title() -> None:
    assert titles("One", "BACKGROUND", LONG, "METHODS", MORE, "Two", LONG) == [("One", 4), ("Two", 1)]


def test_a_paragraph_without_a_label_is_known_by_what_follows_it() -> None:
    assert titles("One", LONG, MORE, "Two", LONG) == [("One", 2), ("Two", 1)]
    assert titles("One", LONG, MORE) == [("One", 2)]


def test_several_sentences_are_no_title() -> None:
    assert titles("One", LONG, f"{LONG} {MORE} {LONG}", f"Two, {'very ' * 20}long", LONG) == [
        ("One", 2),
        (f"Two, {'very ' * 20}long", 1),
    ]


@pytest.mark.parametrize(
    "title", ["Is it so?", "A meta-analysis of all of the studies that were made of it so far.", "Methods of Old"]
)
def test_a_title_that_ends_in_a_stop_is_one(title: str) -> None:
    assert titles("One", LONG, title, MORE) == [("One", 1), (title, 1)]


def test_a_title_without_an_abstract_has_no_paragraph() -> None:
    assert titles("One") == [("One", 0)]
