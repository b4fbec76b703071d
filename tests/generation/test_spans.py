"""The few words of a sentence that stand for it in a table are a clause of it, and never say what it does not."""

import pytest

from paperchat.generation.spans import around, few_words

THROUGH = (
    "brief promotion of cell survival through expression of a gene that acts against cell death enables stem cells "
    "and their progenitors to grow into chimeras"
)


def cut(part: str, sentence: str) -> str:
    span = few_words(part, sentence)
    return sentence[slice(*span)] if span else sentence


@pytest.mark.parametrize(
    ("part", "sentence", "words"),
    [
        (
            "idea",
            "In this paper, we propose a graph autoencoder with masked features, which is trained end to end.",
            "a graph autoencoder with masked features",
        ),
        ("idea", "To this end, this work introduces TWO, a pretext task.", "TWO, a pretext task"),
        (
            "idea",
            "Here we examined the regulation of the enzyme by lipids.",
            "examined the regulation of the enzyme by lipids",
        ),
        (
            "idea",
            "METHODS We performed a cross-sectional study in a sample of 40 towns.",
            "We performed a cross-sectional study in a sample of 40 towns",
        ),
        ("problem", "However, earlier objectives suffer from collapse.", "earlier objectives suffer from collapse"),
        (
            "problem",
            "Although the lung is well known, the pathway that forms it is poorly understood.",
            "the pathway that forms it is poorly understood",
        ),
        ("data", "We evaluate it on the ImageNet and COCO datasets.", "the ImageNet and COCO datasets"),
        (
            "data",
            "Experiments on several UDG datasets demonstrate that it improves on unseen domains.",
            "several UDG datasets",
        ),
        (
            "data",
            "We then analyzed 599 whole-slide images of tumours, where cells were counted.",
            "599 whole-slide images of tumours",
        ),
        (
            "results",
            "Experiments on the COCO dataset demonstrate that it improves accuracy by 3.1 points.",
            "it improves accuracy by 3.1 points",
        ),
        (
            "idea",
            "Using one network in all experiments, we first compare the error rates of five methods: A, B and C.",
            "compare the error rates of five methods",
        ),
        (
            "data",
            "Our results on three multi-device datasets show that it is better, resulting in a gain of up to 7.9%.",
            "three multi-device datasets",
        ),
        ("results", f"Here we show that {THROUGH}.", THROUGH),
        ("data", "With 161 recorded subjects, we introduce the largest collection to date.", "161 recorded subjects"),
        (
            "data",
            "Fluorescence in situ hybridization measurements in individual cells validated the approach for all.",
            "Fluorescence in situ hybridization measurements in individual cells",
        ),
        (
            "results",
            "We demonstrate it on four novel networks and both datasets, achieving large improvements in two scores.",
            "achieving large improvements in two scores",
        ),
        (
            "results",
            "NSR is trained on a large dataset, achieving the state of the art on three benchmarks.",
            "achieving the state of the art on three benchmarks",
        ),
    ],
)
def test_a_part_is_told_in_few_words_of_its_sentence(part: str, sentence: str, words: str) -> None:
    assert cut(part, sentence) == words


def test_what_is_asked_is_told_by_the_clause_that_has_it() -> None:
    sentence = "Training is stable, using 64 GPUs for ten days, and the code is public."
    span = around(sentence, lambda clause: float("GPUs" in clause))
    assert span is not None
    assert sentence[slice(*span)] == "using 64 GPUs for ten days"
    assert around(sentence, lambda clause: 0.0) is None


@pytest.mark.parametrize("sentence", ["", "Yes.", "We", "(", "$", ", , ,", "However,", "We propose "])
def test_any_text_has_a_span_inside_it_or_none(sentence: str) -> None:
    for part in ("problem", "idea", "data", "results", "limits"):
        span = few_words(part, sentence)
        assert span is None or 0 <= span[0] < span[1] <= len(sentence)
