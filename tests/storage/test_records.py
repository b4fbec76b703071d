"""The record: papers in their order, their chunks, and the vectors that were paid for."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from paperchat.bibliography import Details
from paperchat.storage.chunking import chunk_paper
from paperchat.storage.records import Record
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    opened = Record(tmp_path / "papers.sqlite3")
    yield opened
    opened.close()


def keep(record: Record, key: str = "hash") -> None:
    """Keep all papers, and the only chunk of the first one under a hash."""
    record.save_papers(PAPERS)
    ((chunk, sentences),) = chunk_paper(GRAPHS)
    record.save_chunks("recipe", [(chunk, key, sentences)])


def test_papers_keep_their_order_and_a_changed_one_its_place(record: Record) -> None:
    assert record.count() == 0
    record.save_papers((SPEECH, GRAPHS))
    changed = replace(SPEECH, abstract="Anew.")
    record.save_papers((TREES, changed))
    assert record.papers() == (changed, GRAPHS, TREES)
    assert record.count() == 3


def test_details_are_kept_and_sealed(record: Record, tmp_path: Path) -> None:
    told = replace(SPEECH, details=Details(venue="Acta", date=(1960,)))
    record.save_papers((told, GRAPHS))
    assert record.papers() == (told, GRAPHS)
    record.save_papers((SPEECH,))
    assert record.papers() == (SPEECH, GRAPHS)
    record.save_papers((told,))
    with closing(sqlite3.connect(tmp_path / "papers.sqlite3")) as db, db:
        db.execute("UPDATE details SET details = replace(details, '1960', '1961')")
    assert record.sound_papers() == (GRAPHS,)


def test_a_chunk_has_the_spans_of_its_sentences_until_its_paper_changes(record: Record) -> None:
    keep(record)
    assert record.chunks("recipe") == [(GRAPHS.id, 0, "hash")]
    assert record.chunks("another recipe") == []
    (spans,) = record.spans("recipe", [GRAPHS.id, SPEECH.id])[GRAPHS.id]
    assert [GRAPHS.abstract[a:b] for a, b in spans.tolist()][1] == "We mask node features and rebuild them."
    record.save_papers((replace(GRAPHS, abstract="Anew."),))
    assert record.chunks("recipe") == []


def test_papers_without_chunks_or_vectors_of_an_embedder_are_named(record: Record) -> None:
    keep(record)
    assert record.unembedded("recipe", "e") == tuple(one.id for one in PAPERS)
    record.save_vectors("e", ["hash"], [np.eye(4, dtype=np.float32)])
    assert record.unembedded("recipe", "e") == (SPEECH.id, TREES.id)
    assert record.unembedded("recipe", "another") == tuple(one.id for one in PAPERS)
    assert record.known("e", ["hash", "other"]) == {"hash"}


def test_vectors_come_back_by_paper_and_by_chunk(record: Record) -> None:
    keep(record)
    vectors = np.eye(4, dtype=np.float32)  # the chunk, then its three sentences
    record.save_vectors("e", ["hash"], [vectors])
    (rows,) = record.paper_vectors("recipe", "e", 4, [GRAPHS.id, SPEECH.id])[GRAPHS.id]
    assert np.array_equal(rows, vectors)
    assert np.array_equal(record.chunk_vectors("e", 4, ["hash"])["hash"], vectors[0])
    assert record.chunk_vectors("another", 4, ["hash"]) == {}
