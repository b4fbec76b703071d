"""What a question asks to be told of a paper, and what tells it."""

import pytest

from paperchat.query.aspects import ASPECTS


def asked_by(question: str) -> list[str]:
    """Return the words of a question that ask for something."""
    return [found[0] for aspect in ASPECTS if (found := aspect.asked.search(question))]


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("which temperature is used?", "with a temperature of 0.1", "it is hot"),
        ("how many GPUs did it need", "on 8 A100 GPUs", "on Cora"),
        ("what batch size?", "small batches suffice", "small graphs suffice"),
        ("number of parameters", "a 7B model", "a large model"),
        ("who funded this?", "Funded by a grant", "We thank nobody"),
        ("What mAP does it reach?", "49.1 AP on COCO, an average precision", "49.1 on COCO"),
    ],
)
def test_what_is_asked_for_is_told_by_its_own_words(question: str, told: str, untold: str) -> None:
    (aspect,) = (one for one in ASPECTS if one.asked.search(question))
    assert aspect.told.search(told)
    assert not aspect.told.search(untold)


@pytest.mark.parametrize(
    "question",
    [
        "what is masked in graphs?",
        "how are views made?",
        "do authors mask text?",
        "a grand idea",
        "what do paid search ads sell?",
    ],
)
def test_other_questions_ask_for_none_of_these(question: str) -> None:
    assert asked_by(question) == []
