"""From an abstract is picked what a request asks for, in its order; where nothing says it, nothing."""

import pytest

from paperchat.generation import picking
from paperchat.text.paper_text import PaperText
from tests.samples import paper, paper_texts

TWINS = paper(
    "Gene Twins: Learning by Redundancy",
    "Supervised methods need labels. However, earlier objectives suffer from constant solutions. "
    "We propose an objective that makes the cross-correlation matrix of two networks the identity. "
    "This keeps the parts of a vector apart. The method is called Gene Twins after a principle. "
    "Gene Twins outperforms previous methods on the ImageNet dataset by 3.1 points. "
    "It does not transfer to video yet. Code is available at https://github.com/x.",
)
MICE = paper(
    "Senescence of muscle in mice",
    "Muscles age in all mammals. Whether exercise slows that remains unclear. "
    "Here we measured the strength of 40 adult mice over two years. Strength fell by 12 percent. "
    "Further studies in humans are needed.",
)
PLAIN = paper("A Hymn to Rivers", "Rivers run long and deep. They end in the sea.")


def text_of(one: object) -> PaperText:
    (text,) = paper_texts(one)  # type: ignore[arg-type]
    return text


def starts(sentences: object) -> list[str]:
    return [" ".join(one.text.split()[:3]) for one in sentences]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("one", "idea"),
    [(TWINS, ["We propose an", "This keeps the"]), (MICE, ["Here we measured"]), (PLAIN, [])],
    ids=["a method", "a study", "a hymn"],
)
def test_an_idea_is_what_is_proposed_or_was_done_with_how_it_works(one: object, idea: list[str]) -> None:
    assert starts(picking.idea(text_of(one)))[: len(idea)] == idea


def test_a_summary_has_problem_idea_and_result_in_the_abstracts_order() -> None:
    assert starts(picking.summary(text_of(TWINS))) == [
        "However, earlier objectives", "We propose an", "This keeps the", "Gene Twins outperforms",
    ]  # fmt: skip
    assert len(picking.summary(text_of(PLAIN))) == 2


def test_a_newcomer_is_told_the_problem_and_the_idea() -> None:
    assert starts(picking.introduction(text_of(TWINS))) == [
        "However, earlier objectives", "We propose an", "This keeps the",
    ]  # fmt: skip
    assert starts(picking.introduction(text_of(PLAIN))) == ["Rivers run long", "They end in"]


@pytest.mark.parametrize(
    ("one", "limits"),
    [(TWINS, ["It does not"]), (MICE, ["Further studies in"]), (PLAIN, [])],
    ids=["a method", "a study", "a hymn"],
)
def test_limits_are_those_of_the_papers_own_work(one: object, limits: list[str]) -> None:
    """That earlier work suffers, or that something was unclear before, is no limit of this one."""
    assert starts(picking.limits(text_of(one))) == limits


def test_a_result_is_its_own_and_data_are_named() -> None:
    report, named = picking.report(text_of(TWINS)), picking.data(text_of(TWINS))
    assert report is not None
    assert named is not None
    assert starts([report, named]) == ["Gene Twins outperforms"] * 2
    cohort = picking.data(text_of(MICE))
    assert cohort is None or "mice" in cohort.text
    assert picking.report(text_of(PLAIN)) is None
    assert picking.data(text_of(PLAIN)) is None


def test_a_line_says_what_a_paper_does_in_more_than_a_few_words() -> None:
    short = paper("PFN: Fast Networks", "We present PFN. PFN learns networks that are fast in one forward pass.")
    line = picking.line(text_of(short))
    assert line is not None
    assert line.text.startswith("PFN learns")
    assert picking.line(text_of(paper("Nothing", ""))) is None


def test_findings_are_what_is_reported_behind_the_proposal() -> None:
    tides = paper(
        "Tides",
        "Others found that tides turn. We test whether moons matter. Forty moons were watched. "
        "Tides rose with the moon (p < 0.01). We conclude that moons matter. The code is at https://tides.example.",
    )
    assert starts(picking.findings(text_of(tides))) == starts(text_of(tides).sentences[3:5])
    assert picking.findings(text_of(PLAIN)) == text_of(PLAIN).sentences[-1:]
