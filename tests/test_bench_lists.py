"""The topics of `make bench-lists`, and how an answer is held against them."""

from collections import Counter

import pytest

from paperchat.errors import InputError
from paperchat.types import Answer, AnswerSentence, Citation, Result
from tests.bench import data, lists
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES

TOPIC = lists.Topic("trees", "tune", "task", "Which papers prune trees?", "", frozenset("abx"), frozenset("c"))
KNOWN = {"a": TREES.id, "b": GRAPHS.id, "c": SPEECH.id}
"""The store's ids by those of the labels; of "x" the store has no paper."""


def cites(*ids: str) -> tuple[AnswerSentence, ...]:
    return tuple(AnswerSentence("So.", (Citation(one, "Title", "So.", 0, 3),)) for one in ids)


def test_a_list_is_counted_by_members_found_and_others_listed_and_borderline_ones_count_neither_way() -> None:
    row = lists.row(TOPIC, Answer("?", sentences=cites(TREES.id, SPEECH.id, "other")), KNOWN)
    assert (row["members"], row["listed"], row["right"], row["wrong"]) == (2, 3, 1, 1)
    assert (row["recall"], row["precision"]) == (0.5, 0.5)


def test_a_paper_that_is_listed_by_its_title_counts_as_listed() -> None:
    bare = Answer("?", (Result(TREES, 1, 1.0, None, None, ()),), lines=(f"By title alone: \u201c{TREES.title}\u201d.",))
    assert lists.listed(bare) == {TREES.id}


def test_what_an_answer_is_not_sure_of_is_not_what_it_says_of_its_completeness() -> None:
    answer = Answer("?", lead="At least 2 of 9:", notices=("Perhaps also: \u201cTrees\u201d.", "Looked at 4 of 9."))
    assert lists.said(answer) == "At least 2 of 9: Looked at 4 of 9."


def test_each_half_is_told_by_its_means() -> None:
    rows = lists.measure([TOPIC], lambda question: Answer(question, sentences=cites(TREES.id)), KNOWN, lambda *_: None)
    tuned, reported = lists.means(rows)
    assert (tuned["topics"], tuned["recall"], tuned["precision"]) == (1, 0.5, 1)
    assert (reported["topics"], reported["recall"], reported["most seconds"]) == (0, None, None)


def test_no_paper_is_a_member_and_borderline_and_half_of_the_topics_are_only_reported_on() -> None:
    topics = lists.read_topics()
    assert all(not one.members & one.borderline and one.members and one.definition for one in topics)
    assert Counter(one.half for one in topics) == dict.fromkeys(lists.HALVES, len(topics) // 2)
    assert len({one.id for one in topics}) == len(topics)


def test_the_labels_are_of_papers_that_there_are() -> None:
    try:
        titles = data.ml_titles(lists.PAPERS)
    except InputError as error:
        pytest.skip(str(error))
    assert all(one.members | one.borderline <= titles.keys() for one in lists.read_topics())


def test_a_store_without_the_labelled_papers_is_refused() -> None:
    try:
        data.bench_folder()
    except InputError as error:
        pytest.skip(str(error))
    with pytest.raises(InputError, match="were labelled"):
        lists.places(PAPERS)
