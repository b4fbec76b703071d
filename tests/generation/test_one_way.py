"""One question goes one way: it is read once, no text is read twice, and few calls go from module to module."""

from pathlib import Path

import pytest

from tests.way import QUESTION, READS, Calls, count_reads, follow_question

AGAIN = {"clean": 2, "content words": 1, "words": 2, "sentences": 0, "demands": 0, "chosen": 0}
"""Most times that a text is read again for what was made of it before. What checks an answer reads it anew."""

STOPS, UPWARDS = 63, 0
"""Most stops between a question and its answer without a model, and most of them to a higher room."""


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Calls:
    """What one question reads that a model answers with one sentence, which is checked."""
    found, answer = count_reads(tmp_path_factory.mktemp("way"))
    assert [sentence.verdict for sentence in answer.sentences] == ["supported"]
    assert not answer.sentences[0].is_quote
    return found


@pytest.mark.parametrize("made", ["demands", "chosen"])
def test_a_question_is_read_and_its_sentences_are_chosen_once(calls: Calls, made: str) -> None:
    assert calls.times(made) == 1


def test_nothing_is_split_while_a_question_is_answered_but_what_the_model_writes(calls: Calls) -> None:
    callers = {caller for by in calls.callers["sentences"].values() for caller in by}
    assert callers == {"generation.reply_parsing._one_by_one"}


def test_what_is_counted_is_called(calls: Calls) -> None:
    assert all(calls.times(made) for made in READS)


@pytest.mark.parametrize("made", READS)
def test_a_text_is_read_again_no_more_than_it_must(calls: Calls, made: str) -> None:
    assert calls.again(made) <= AGAIN[made], calls.twice(made)


def test_the_store_the_search_and_the_answer_read_no_paper_twice(calls: Calls) -> None:
    """What reads a sentence or title of a paper again is in the rooms that check, or compares titles."""
    rooms, checks = ("query", "storage", "retrieval", "dialogue", "generation"), "generation.checking."
    for made in ("clean", "content words"):
        for text, callers in calls.twice(made):
            own = [caller for caller in callers if caller.startswith(rooms) and not caller.startswith(checks)]
            assert len(own) <= 1 or text == QUESTION, (text, callers)


def test_an_answer_is_few_stops_away_and_hardly_any_go_upwards(tmp_path: Path) -> None:
    way, answer = follow_question(tmp_path)
    assert answer.stage == "done"
    assert len(way.stops) <= STOPS, way.stops
    assert len(way.upwards) <= UPWARDS, way.upwards
