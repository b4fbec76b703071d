"""What waits in a record to become part of its papers."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from paperchat.bibliography import Details
from paperchat.storage.chunking import chunk_paper
from paperchat.storage.records import Record
from tests.samples import GRAPHS, SPEECH, TREES

TIMED = replace(GRAPHS, details=Details(venue="Acta"), imported="2026-11-27T10:00:00+01:00")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    opened = Record(tmp_path / "papers.sqlite3")
    yield opened
    opened.close()


def embed(record: Record, *keys: str) -> None:
    """Give the only chunk of papers that wait a vector."""
    for paper in (GRAPHS, SPEECH, TREES):
        if paper.id in keys:
            ((chunk, sentences),) = chunk_paper(paper)
            record.save_chunks("recipe", [(chunk, f"hash {paper.id}", sentences)], waiting=True)
            record.save_vectors("e", [f"hash {paper.id}"], [np.eye(4, dtype=np.float32)])


def test_papers_wait_in_the_order_in_which_they_came_and_the_set_does_not_have_them(record: Record) -> None:
    record.waiting.put([TIMED, SPEECH])
    assert record.waiting.papers() == (TIMED, SPEECH)
    assert [paper.imported for paper in record.waiting.papers()] == [TIMED.imported, ""]
    assert (record.papers(), record.waiting.count(), record.waiting.gone()) == ((), 2, ())
    assert record.waiting.unembedded("recipe", "e") == (GRAPHS.id, SPEECH.id)


def test_what_is_embedded_is_settled_and_the_others_wait_on(record: Record) -> None:
    record.waiting.put([TIMED, SPEECH])
    embed(record, GRAPHS.id)
    assert record.waiting.unembedded("recipe", "e") == (SPEECH.id,)
    assert (record.waiting.count(), record.waiting.embedded()) == (2, 1)
    assert record.settle("recipe", "e") == 1
    assert record.papers() == (TIMED,)
    assert record.papers()[0].imported == TIMED.imported
    assert record.chunks("recipe") == [(GRAPHS.id, 0, f"hash {GRAPHS.id}")]
    assert record.waiting.papers() == (SPEECH,)


def test_a_changed_paper_takes_its_place_with_its_chunks_and_its_first_time(record: Record) -> None:
    record.save_papers([replace(GRAPHS, abstract="Older.", imported="2020-01-01T00:00:00+00:00"), SPEECH])
    record.waiting.put([TIMED])
    embed(record, GRAPHS.id)
    record.settle("recipe", "e")
    assert record.papers() == (TIMED, SPEECH)
    assert record.papers()[0].imported.startswith("2020")
    assert [key for key, *_ in record.chunks("recipe")] == [GRAPHS.id]


def test_papers_that_are_to_go_are_removed_with_all_that_is_known_of_them(record: Record) -> None:
    record.save_papers([TIMED, SPEECH])
    record.origins.note({"/a.bib": [GRAPHS.id]}, {})
    record.waiting.put([], [GRAPHS.id])
    assert (record.waiting.gone(), record.waiting.count(), record.count()) == ((GRAPHS.id,), 1, 2)
    assert record.settle("recipe", "e") == 0
    assert (record.papers(), record.origins.all(), record.waiting.count()) == ((SPEECH,), {}, 0)


def test_the_last_word_on_a_paper_counts(record: Record) -> None:
    record.waiting.put([GRAPHS])
    embed(record, GRAPHS.id)
    record.waiting.put([replace(GRAPHS, abstract="Anew.")])
    assert record.waiting.unembedded("recipe", "e") == (GRAPHS.id,)
    record.waiting.put([], [GRAPHS.id])
    assert (record.waiting.papers(), record.waiting.gone()) == ((), (GRAPHS.id,))


def test_what_waits_can_be_forgotten(record: Record) -> None:
    record.waiting.put([GRAPHS], [SPEECH.id])
    record.waiting.drop()
    assert (record.waiting.count(), record.waiting.papers()) == (0, ())


def test_chunks_of_another_recipe_and_vectors_of_another_embedder_do_not_count(record: Record) -> None:
    record.waiting.put([GRAPHS])
    embed(record, GRAPHS.id)
    assert record.waiting.unembedded("another", "e") == (GRAPHS.id,)
    assert record.waiting.unembedded("recipe", "another") == (GRAPHS.id,)


def test_a_record_that_is_held_reads_what_was_there(record: Record, tmp_path: Path) -> None:
    record.save_papers([GRAPHS])
    record.hold()
    other = Record(tmp_path / "papers.sqlite3")
    other.save_papers([SPEECH, replace(GRAPHS, abstract="Anew.")])
    assert record.papers() == (GRAPHS,)
    assert len(other.papers()) == 2
    other.close()
