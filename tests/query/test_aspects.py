"""What a question asks to be told of a paper, and what tells it."""

import pytest

from paperchat.query.aspects import ASPECTS, asked_aspects, in_record


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
        ("In which venue was this published?", "published in Nature", "in 2015"),
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
        "What year and which country was the earthquake?",
        "Papers from which conferences were counted?",
    ],
)
def test_other_questions_ask_for_none_of_these(question: str) -> None:
    assert asked_by(question) == []


@pytest.mark.parametrize(
    ("what", "told", "untold"),
    [
        ("dataset size", "trained on 40,000 labelled images", "trained on large datasets"),
        ("number of patients", "212 consecutive patients were seen", "patients were seen"),
        ("species", "in adult mice", "in adults"),
        ("study design", "a randomised controlled trial", "a look at sleep"),
        ("code", "available at https://github.com/x", "available soon"),
        ("number of GPUs", "on 8 A100 GPUs", "on Cora"),
    ],
)
def test_a_column_of_any_field_is_told_by_its_own_words(what: str, told: str, untold: str) -> None:
    aspects = asked_aspects(what)
    assert any(aspect.told.search(told) for aspect in aspects)
    assert not any(aspect.told.search(untold) for aspect in aspects)


def test_a_column_is_all_that_is_asked() -> None:
    """What only has such a word in it may be a paper: "add Graph Networks"."""
    assert asked_aspects("networks")
    assert not asked_aspects("Graph Networks for Physics")


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("when it was published", "published"),
        ("year", "published"),
        ("publication dates", "published"),
        ("authors", "authors"),
        ("who wrote them", "authors"),
        ("journal", "venue"),
        ("DOI", "DOI"),
        ("titles", "title"),
        ("years of follow-up", ""),
        ("the venue of the match", ""),
    ],
)
def test_what_the_record_tells_is_asked_for_by_itself(what: str, name: str) -> None:
    assert in_record(what) == name
