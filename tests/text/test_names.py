"""What a name is: one form, for questions and claims alike."""

import pytest

from paperchat.text.names import is_shaped, names, names_in, spelt_as_names


@pytest.mark.parametrize(
    ("token", "shaped"),
    [
        ("BERT", True),
        ("iPhone", True),
        ("ResNet-50", True),
        ("wav2vec", True),
        ("Self-Supervised", False),
        ("2-fold", False),
        ("10k", False),
        ("3D", False),
        ("graph", False),
        ("Graph", False),
    ],
)
def test_a_name_has_capitals_inside_or_letters_with_digits(token: str, shaped: bool) -> None:
    assert is_shaped(token) is shaped


def test_names_of_a_sentence_are_found_by_their_form() -> None:
    text = "Here BERT and the iPhone beat ResNet-50 of Google's lab, and KLF3/BKLF, at 10k steps."
    assert [text[a:b] for a, b in names(text)] == ["BERT", "iPhone", "ResNet-50", "Google", "KLF3", "BKLF"]


@pytest.mark.parametrize("name", ["CLIP", "ViT-B", "Barlow", "wav2vec2"])
def test_a_question_and_a_claim_have_the_same_names(name: str) -> None:
    text = f"Then we ask what {name}'s loss is."
    assert [text[a:b] for a, b in names(text)] == list(names_in(text, frozenset(), ())) == [name]


def test_a_question_may_leave_out_capitals_that_the_papers_always_write() -> None:
    spelt = spelt_as_names(["We train GraphMAE on Cora, a graph, and Graph-MAE."])
    assert "graphmae" in spelt
    assert "graph" not in spelt
    assert list(names_in("what does graphmae do", spelt, ())) == ["graphmae"]


def test_a_short_word_is_no_name_because_papers_have_it_in_capitals() -> None:
    assert not list(names_in("da quale regione d'Italia viene chi parla", frozenset({"da"}), ()))


def test_words_behind_a_name_are_part_of_it_and_those_that_ask_are_none() -> None:
    asked = "How do the Barlow Twins differ from MoCo v3 in BLEU?"
    assert list(names_in(asked, frozenset(), ["BLEU"])) == ["Barlow Twins", "MoCo v3"]


def test_a_small_word_in_capitals_is_no_name() -> None:
    assert list(names_in("Which do NOT use BERT, and HOW are they trained?", frozenset(), ())) == ["BERT"]


def test_a_name_that_another_language_compounds_is_the_name_alone() -> None:
    asked = "In welchen Produkten wurde die TensorFlow-Bibliothek mit einem ViT-B erprobt?"
    assert list(names_in(asked, frozenset(), ())) == ["TensorFlow", "ViT-B"]


def test_a_name_ends_where_a_script_without_spaces_begins() -> None:
    assert list(names_in("GraphMAE\u662f\u4ec0\u4e48\uff1f", frozenset(), ())) == ["GraphMAE"]


def test_short_forms_of_the_field_are_names_in_a_claim_only() -> None:
    text = "It trains a GAN on English."
    assert [text[a:b] for a, b in names(text)] == ["GAN", "English"]
    assert not list(names_in(text, frozenset(), ()))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("compare barlow twins and mugs on ImageNet", ["barlow twins", "mugs", "ImageNet"]),
        ("Compare Barlow Twins with mugs", ["Barlow Twins", "mugs"]),
        ("what do twins share, and why is learning slow?", []),
    ],
)
def test_a_work_may_be_named_in_small_letters(question: str, found: list[str]) -> None:
    titles = ("Barlow Twins: Less Redundancy", "Mugs: Many Grains", "Learning by Heart: Why", "Why Learning Is Slow")
    assert list(names_in(question, frozenset(), (), titles)) == found
