"""What defines a term is told from what only has it."""

import pytest

from paperchat.generation.defining import SURE, definition
from tests.samples import paper, paper_texts


@pytest.mark.parametrize(
    "said",
    [
        "Contrastive learning is a way to learn from pairs.",
        "Contrastive learning (CL) aims to pull like pairs together.",
        "Contrastive learning, a variant of self-supervision, is powerful.",
        "Recently, contrastive learning is a promising approach to pretraining.",
        "Contrastive learning is diagnosed as useful when three criteria are met.",
    ],
)
def test_a_sentence_that_says_what_a_term_is_defines_it(said: str) -> None:
    (text,) = paper_texts(paper("T", f"Images are many. {said}"))
    found = definition(text, "contrastive learning")
    assert found is not None
    assert found[0] >= SURE
    assert found[1].text == said


@pytest.mark.parametrize(
    "said",
    [
        "We use contrastive learning in the source domain.",
        "Contrastive learning has attracted attention.",
        "Resistance to contrastive learning is an important effect.",
        "A method named self-contrastive learning is the best.",
    ],
)
def test_one_that_only_has_it_or_speaks_of_something_else_does_not(said: str) -> None:
    (text,) = paper_texts(paper("T", f"Images are many. {said}"))
    found = definition(text, "contrastive learning")
    assert found is None or found[0] < SURE


def test_a_paper_without_the_term_says_nothing_of_it() -> None:
    (text,) = paper_texts(paper("T", "Images are many. Words are few."))
    assert definition(text, "contrastive learning") is None


def test_a_term_is_a_word_of_its_own_and_an_acronym_is_written_as_one() -> None:
    (text,) = paper_texts(
        paper("T", "An artificial net is the state of the art. Art is old. ARTs are a way to fill teeth.")
    )
    found = definition(text, "ART")
    assert found is not None
    assert found[1].text == "ARTs are a way to fill teeth."
    assert definition(paper_texts(paper("T", "Artificial nets are a way to see."))[0], "art") is None
