"""Which sentence of an abstract tells its problem, idea, data, results and limits, in any field; none where none is."""

import pytest

from paperchat.generation.telling import telling
from paperchat.types import Paper
from tests.samples import paper, paper_texts

METHOD = paper(
    "Gene Twins: Learning by Redundancy",
    "Supervised learning is costly. Nevertheless, prevailing objectives collapse at the expense of accuracy. "
    "In this work, we close this gap by proposing an objective that keeps vectors apart. "
    "Gene Twins does not need large batches. We evaluate it on the ImageNet dataset. "
    "It improves accuracy by 3.1 points. Code is available at https://github.com/x.",
)
DISTILLED = paper(
    "Large Models Are Strong Learners",
    "One paradigm for learning from few labelled examples is pretraining and then tuning. "
    "The proposed algorithm can be summarized in three steps: pretraining, tuning, and distillation. "
    "This procedure achieves 73.9% accuracy with 1% of the labels.",
)
BENCH = paper(
    "Thyroid Hormone and Lung Maturation",
    "Although the lung is a defining feature of mammals, the pathway that forms it is poorly understood. "
    "We have previously shown that one receptor is involved. "
    "Here we show that mutations of the receptor cause distress in mice. "
    "Treatment of newborn mice with the hormone rescued the lung. "
    "These results identify a second receptor that is involved in lung development.",
)
TRIAL = paper(
    "Interferon in Children",
    "BACKGROUND & AIMS Treatment of hepatitis with interferon is not approved in children. "
    "The aim of this study was to evaluate its safety. METHODS Children were given interferon or no treatment. "
    "RESULTS Of 149 children enrolled, 144 were evaluable. "
    "Viral DNA became negative in 26% of treated children. CONCLUSIONS Interferon promotes loss of the virus. "
    "LIMITATIONS: Follow-up was short.",
)
THEORY = paper(
    "On the Dimension of Sets",
    "We prove that every set of a certain kind has a finite dimension. The bound is sharp.",
)
SURVEY = paper(
    "Image Registration: A Review",
    "This paper presents a review of methods for image registration. The methods are put into seven groups.",
)


def told(one: Paper) -> dict[str, str]:
    (text,) = paper_texts(one)
    return {name: " ".join(sentence.text.split()[:4]) for name, sentence in telling(text).items()}


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            METHOD,
            {
                "problem": "Nevertheless, prevailing objectives collapse",
                "idea": "In this work, we",
                "data": "We evaluate it on",
                "results": "It improves accuracy by",
            },
        ),
        (DISTILLED, {"idea": "The proposed algorithm can", "results": "This procedure achieves 73.9%"}),
        (
            BENCH,
            {
                "problem": "Although the lung is",
                "idea": "Here we show that",
                "data": "Here we show that",
                "results": "These results identify a",
            },
        ),
        (
            TRIAL,
            {
                "problem": "BACKGROUND & AIMS Treatment",
                "data": "RESULTS Of 149 children",
                "results": "CONCLUSIONS Interferon promotes loss",
                "limits": "LIMITATIONS: Follow-up was short.",
            },
        ),
        (THEORY, {"idea": "We prove that every"}),
        (SURVEY, {"idea": "This paper presents a"}),
    ],
    ids=["a method", "a procedure", "a bench study", "a trial in sections", "a theorem", "a review"],
)
def test_each_part_is_told_by_the_sentence_that_states_it(one: Paper, expected: dict[str, str]) -> None:
    found = told(one)
    assert {name: found.get(name) for name in expected} == expected


def test_a_part_that_no_sentence_states_is_not_there() -> None:
    assert "limits" not in told(METHOD)
    assert "data" not in told(THEORY)
    assert "problem" not in told(SURVEY)
    assert telling(paper_texts(paper("A title alone", ""))[0]) == {}


def test_what_was_shown_before_is_not_the_idea_and_where_code_is_no_result() -> None:
    assert not told(BENCH)["idea"].startswith("We have previously")
    assert "Code" not in told(METHOD).values()


WHOLE = "Networks learn from labels. "


@pytest.mark.parametrize(
    ("part", "abstract", "told"),
    [
        ("idea", WHOLE + "This research paper is proposing a small society. Extensive testing has been performed.", 1),
        ("idea", WHOLE + "In this paper, we go on with this line of research and present TWO. We present ideas.", 1),
        ("idea", WHOLE + "Here we have generated a variant of it. We show that it is as good as any.", 1),
        (
            "problem",
            "Sorting is the problem of matching tracks. No extensive work has been done on them. We evaluate them.",
            1,
        ),
        ("problem", WHOLE + "They are fast. They are small. Listeners hear them. This study shows why.", None),
        ("data", WHOLE + "We present a selector based on K-Means. We test it in diverse datasets and ways.", 2),
        ("data", WHOLE + "We show that it acts in both large food-induced obesity and leptin-deficient mice.", 1),
        ("data", WHOLE + "The current experiment goes beyond that. In a human study, listeners heard tones.", 2),
        ("limits", WHOLE + "We ran a small trial. Larger, definitive trials are needed to confirm it.", 2),
    ],
    ids=["this research", "goes on", "made", "no work", "late", "a name", "far from it", "current", "larger"],
)
def test_a_part_is_told_whatever_words_stand_between(part: str, abstract: str, told: int | None) -> None:
    (text,) = paper_texts(paper("On Networks", abstract))
    found = telling(text).get(part)
    assert (found.number if found else None) == told


def test_a_sentence_may_tell_two_parts() -> None:
    text = "Labels are costly. We propose TWO, which beats earlier work by 3 points on the COCO dataset."
    found = told(paper("TWO: Learning", text))
    assert found["idea"] == found["results"] == found["data"] == "We propose TWO, which"
