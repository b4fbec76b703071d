"""Papers cut and embedded, each text once."""

from dataclasses import replace
from pathlib import Path

from paperchat.storage.chunking import CHUNKING
from paperchat.storage.embedding import embed
from paperchat.storage.records import Record
from tests.samples import GRAPHS, SPEECH, HashEmbedder


def test_a_text_is_embedded_once_whether_its_paper_waits_or_not(tmp_path: Path) -> None:
    record, embedder = Record(tmp_path / "papers.sqlite3"), HashEmbedder()
    record.waiting.put([GRAPHS])
    embed(record, embedder, [GRAPHS], waiting=True)
    assert (record.chunks(CHUNKING), record.waiting.unembedded(CHUNKING, embedder.name)) == ([], ())
    record.save_papers([replace(GRAPHS, source="elsewhere"), SPEECH])
    before = embedder.embedded
    embed(record, embedder, [GRAPHS, SPEECH])
    assert embedder.embedded == before + 1
    assert [key for key, *_ in record.chunks(CHUNKING)] == [GRAPHS.id, SPEECH.id]
    record.close()
