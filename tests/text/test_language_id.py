"""The language that a question is asked in."""

from contextlib import nullcontext

import pytest

from paperchat.text import language_id
from paperchat.text.language_id import is_english, language_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Was ist Barlow Twins?", "German"),
        ("Was ist mit Audio?", "German"),
        ("Barlow Twins oder OBoW: welche braucht einen Lehrer?", "German"),
        ("Quels articles sur la parole ?", "French"),
        ("¿Qué es OBoW?", "Spanish"),
        ("Que dados usa o T-JEPA?", "Portuguese"),
        ("哪篇论文使用掩码图自编码器?", "Chinese"),
        ("古い写真を修復する研究では", "Japanese"),
        ("कौन सा पेपर ग्राफ मास्क करता है?", "Hindi"),
        ("What does the model do when labels are scarce?", "English"),
        ("which papers use masked image modelling?", "English"),
    ],
)
def test_the_language_of_a_question(question: str, language: str) -> None:
    assert language_of(question) == language


@pytest.mark.parametrize(
    "question",
    [
        "Swin-B top-1?", "GraphMAE vs D-SLA", "data2vec ImageNet", "HaLP paper", "AfroLm langauge model", "?", "R",
        "mugs multi granular self supervsed framwork", "WHICH ONE NEEDS A TEACHER", "imagenet top1 w/ 1 percent",
    ],
)  # fmt: skip
def test_names_and_typing_errors_are_taken_for_english(question: str) -> None:
    assert is_english(question)


class ModelAskedError(Exception):
    """The model was loaded."""


def _asked() -> None:
    raise ModelAskedError


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("What is OBoW?", True),
        ("which papers use masked image modelling?", True),
        ("What ImageNet accuracy does Barlow Twins or OBoW report?", True),
        ("Compare GraphMAE with D-SLA", True),
        ("Compare GraphMAE avec D-SLA", False),
        ("How to Train Your ViT verwendet welche Daten?", False),
        ("What Makes Good Views: worum geht es?", False),
        ('"Which Is Better?" wurde womit bewertet?', False),
        ("What é isso?", False),
        ("Was ist OBoW?", False),
    ],
)
def test_only_questions_that_begin_as_english_alone_does_need_no_model(
    monkeypatch: pytest.MonkeyPatch, question: str, plain: bool
) -> None:
    monkeypatch.setattr(language_id, "_identifier", _asked)
    language_of.cache_clear()
    with nullcontext() if plain else pytest.raises(ModelAskedError):
        assert language_of(question) == "English"
