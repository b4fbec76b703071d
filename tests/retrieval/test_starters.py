"""Questions to begin with are made of what the papers of a set say."""

from collections.abc import Sequence

import pytest

from paperchat.retrieval.starters import Set, figures, on_theme, reading_list, short_name, starters
from paperchat.retrieval.themes import Theme
from paperchat.types import Paper
from tests.samples import paper, paper_texts

NETS = paper(
    "BeeNet: Counting Bees",
    "Counting bees is hard. We propose BeeNet. BeeNet reaches an accuracy of 91.5% on HiveCam.",
)
WINGS = paper("WingNet: Wings of Bees", "We propose WingNet. It finds wings of bees in pictures.")
EFFECT = paper("Effects of shade on the growth of moss", "We grew moss in shade. Moss grew faster there.")
PLAIN = paper("Honey bees and moss", "Honey bees visit moss.")
BEES = Theme(("honey bees", "wings"), (NETS, WINGS, PLAIN))
MOSS = Theme(("moss",), (EFFECT,))


def names(one: Paper) -> str:
    return short_name(paper_texts(one)[0], lambda _: True)


SET = Set((BEES, MOSS), lambda papers: paper_texts(*papers), names)


def asked(kinds: Sequence[Sequence[object]]) -> list[list[str]]:
    return [[getattr(one, "question") for one in kind] for kind in kinds]  # noqa: B009


def test_a_set_is_asked_for_figures_lists_workings_comparisons_and_what_to_read() -> None:
    assert asked(starters(SET)) == [
        ["What accuracy does BeeNet reach on HiveCam?"],
        ["Which papers are about honey bees?", "Which papers are about moss?"],
        ["How does BeeNet work?", "What are the effects of shade on the growth of moss?", "How does WingNet work?"],
        ["Compare BeeNet with WingNet"],
        ["What is moss?"],
        ["A reading list on honey bees", "A reading list on moss"],
    ]


def test_a_figure_is_to_be_told_by_the_paper_that_has_it() -> None:
    (figure,) = figures(paper_texts(NETS, WINGS, EFFECT), names)
    assert (figure.papers, figure.told) == ((NETS.id,), "91.5")


@pytest.mark.parametrize(
    ("abstract", "found"),
    [
        ("They reach an accuracy of 91%.", 0),
        ("We reach an accuracy of 91%.", 1),
        ("BeeNet has 91% accuracy on HiveCam.", 1),
        ("BeeNet has a high accuracy.", 0),
        ("We count 91 bees.", 0),
    ],
)
def test_a_figure_is_of_the_work_itself_and_of_something_measured(abstract: str, found: int) -> None:
    text = paper_texts(paper("BeeNet: Counting", abstract))
    assert len(list(figures(text, names))) == found


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("The role of moss in shade", "What is the role of moss in shade?"),
        ("Relationship between moss and shade: a study", "What is the relationship between moss and shade?"),
        ("Moss and its effects of shade", ""),
    ],
)
def test_a_title_that_relates_two_things_asks_how(title: str, question: str) -> None:
    one = paper(title, "Moss grows.")
    workings = starters(Set((Theme((), (one,)),), lambda papers: paper_texts(*papers), lambda _: ""))
    assert asked(workings) == ([[question]] if question else [])


def test_a_subject_is_asked_for_its_papers_by_each_of_its_names_or_for_the_main_ones() -> None:
    subject = on_theme(BEES, (BEES, MOSS))
    assert subject.called == "honey bees, wings"
    assert [name for name, _ in subject.asked] == ["honey bees", "wings"] * 2
    assert [one.among for _, one in subject.asked] == [frozenset({NETS.id, WINGS.id, PLAIN.id})] * 4
    assert reading_list("moss", MOSS, (BEES, MOSS)).apart == subject.asked[0][1].among


@pytest.mark.parametrize(("alone", "name"), [(True, "Malaria"), (False, "")])
def test_a_short_name_is_of_one_paper_alone(alone: bool, name: str) -> None:
    (text,) = paper_texts(paper("Malaria: what is known", "It is known."))
    assert short_name(text, lambda _: alone) == name
