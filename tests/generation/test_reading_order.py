"""Papers on a topic come in an order that record and abstract tell, each with the words that say why it is there."""

from dataclasses import replace

import pytest

from paperchat.bibliography import Details
from paperchat.generation.reading_order import (
    Placed,
    Step,
    Subject,
    are_dated,
    how_ordered,
    in_order,
    is_review,
    line,
    on_topic,
)
from paperchat.query.topic import Topic
from paperchat.retrieval.survey import Listing
from paperchat.types import Paper, Result
from tests.samples import paper, paper_texts

SURVEY = paper("Owls at Night: A Survey", "Owls hunt. This survey goes through two hundred studies of owls.")
NAMED = paper("HootNet: Owl Calls by Ear", "Calls differ. We propose HootNet, which tells owl calls apart by ear.")
WIDE = paper(
    "Owl Calls", "Owls call at dusk. In this paper, we describe the owl calls of dusk. HootNet tells them too."
)
NARROW = paper(
    "Owl Calls in Three Valleys of the North in Winter", "Snow is deep. We count owl calls in snow with 12 microphones."
)
PART = paper("Sounds of a Forest", "We record forests. Beetles and an owl were heard. We sort what was heard.")
OWLS = Subject(Topic("owl", (("owl",),)), {"owl": 1.0})


def dated(one: Paper, year: int) -> Paper:
    return replace(one, details=Details(date=(year,)))


def ordered(*papers: Paper) -> list[Placed]:
    texts = paper_texts(*papers)
    best = {text.paper.id: text.sentences[1] for text in texts if text.paper.title == PART.title}
    return in_order(texts, OWLS, best)


def test_reviews_come_first_then_what_others_name_then_the_general_then_what_it_is_a_part_of() -> None:
    placed = ordered(PART, NARROW, WIDE, NAMED, SURVEY)
    assert [one.text.paper for one in placed] == [SURVEY, NAMED, WIDE, NARROW, PART]
    assert [one.step for one in placed] == [Step.REVIEW, Step.NAMED, Step.ON_IT, Step.ON_IT, Step.PART]
    said = how_ordered(placed, dated=False)
    assert said == (
        "first 1 review, then 1 that others here name, then 2 on it, last 1 of which it is a part; "
        "of equals the more general first"
    )


def test_where_all_have_a_year_the_older_of_equals_comes_first() -> None:
    papers = (dated(NARROW, 2001), dated(WIDE, 2011), dated(SURVEY, 2020))
    placed = ordered(*reversed(papers))
    assert [one.text.paper for one in placed] == [papers[2], papers[0], papers[1]]
    assert how_ordered(placed, are_dated(placed)).endswith("of equals the older first")
    mixed = ordered(WIDE, papers[0])
    assert [one.text.paper for one in mixed] == [WIDE, papers[0]]
    assert not are_dated(mixed)


@pytest.mark.parametrize(
    ("papers", "said"),
    [
        ((WIDE,), ""),
        ((WIDE, NARROW), "2 on it, the more general first"),
        ((PART, replace(PART, id="p2")), "2 of which it is a part"),
        ((SURVEY, WIDE), "first 1 review, then 1 on it"),
    ],
    ids=["one paper", "all alike", "parts as they were found", "none beside an equal"],
)
def test_an_order_is_said_as_far_as_it_shows(papers: tuple[Paper, ...], said: str) -> None:
    assert how_ordered(ordered(*papers), dated=False) == said


def test_a_line_is_the_part_of_a_sentence_that_says_why_verbatim() -> None:
    placed = ordered(PART, WIDE, SURVEY)
    lines = {one.text.paper.title: one.line.text for one in placed}
    assert lines[WIDE.title] == "we describe the owl calls of dusk."
    assert lines[PART.title] == "Beetles and an owl were heard."
    for one in placed:
        assert one.text.paper.abstract[one.line.start : one.line.end] == one.line.text


def test_a_review_of_something_else_is_none_of_the_topic() -> None:
    other = paper("Forests: A Review", "This review is on trees. Some say that an owl sat there. We list all trees.")
    text = paper_texts(other)[0]
    (placed,) = in_order([text], OWLS, {other.id: text.sentences[1]})
    assert (placed.step, placed.line.text) == (Step.PART, "Some say that an owl sat there.")


@pytest.mark.parametrize(
    ("title", "abstract", "is_one"),
    [
        ("Speech Learning: A Review", "Text.", True),
        ("A Survey of Masked Models", "Text.", True),
        ("An Introduction to Owls", "Text.", True),
        ("Pellets: a systematic review of 90 studies", "Text.", True),
        ("Engulfment of cells", "Cells die. In this Review, we discuss how.", True),
        ("Vesicles for delivery", "Here, we briefly review what is known.", True),
        ("Reviewers and Bias", "Text.", False),
        ("Ranking Reviews of Products", "We rank reviews.", False),
        ("Prevalence of Gout: Findings From the National Health Examination Survey", "We asked.", False),
        ("Technology-Assisted Review (STAR) of Mail", "Text.", False),
        ("Care in Wards", "This review board met. The review process is slow.", False),
    ],
)
def test_a_review_says_so_in_its_title_or_of_itself(title: str, abstract: str, is_one: bool) -> None:
    assert is_review(paper_texts(paper(title, abstract))[0]) is is_one


def test_a_paper_without_an_abstract_has_no_line() -> None:
    bare = paper("Owls", "")
    assert in_order(paper_texts(bare), OWLS, {}) == []
    assert line(paper_texts(bare)[0], OWLS) is None


def found(score: float, one: Paper) -> Result:
    return Result(one, 1, score, None, None, ())


def test_papers_are_on_a_topic_by_their_words_or_surely() -> None:
    far = paper("Tides", "The sea rises and falls.")
    texts = {one.paper.id: one for one in paper_texts(WIDE, far, SURVEY)}

    def kept(subject: Subject, *results: Result, perhaps: tuple[Paper, ...] = ()) -> tuple[Paper, ...]:
        return on_topic(Listing(results, 9, 9, perhaps), texts, subject)

    assert kept(OWLS, found(0.4, WIDE), found(0.5, far)) == (WIDE,)
    assert kept(OWLS, found(0.8, far)) == (far,)
    assert kept(OWLS, found(0.4, WIDE), perhaps=(far, SURVEY)) == (WIDE, SURVEY)
    half = replace(OWLS, topic=Topic("owl sonar", (("owl", "sonar"),)), weight={"owl": 0.4, "sonar": 0.6})
    assert kept(half, found(0.5, WIDE)) == (WIDE,)
    assert kept(replace(half, unknown=True), found(0.5, WIDE)) == ()
