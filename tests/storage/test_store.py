"""The store: nothing lost, nothing twice, whatever happens to the process or the files."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.errors import StoreError
from paperchat.retrieval.search import search
from paperchat.storage.chroma import VectorIndex
from paperchat.storage.store import Store
from paperchat.types import Chunk, Vectors
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES, HashEmbedder, many_papers, paper

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def opened(folder: Path, embedder: HashEmbedder, *papers: object) -> Iterator[tuple[Store, list[str]]]:
    said: list[str] = []
    store = Store(folder, embedder, said.append, lambda done, total: None)
    try:
        store.add(papers)  # type: ignore[arg-type]
        store.refresh()
        yield store, said
    finally:
        store.close()


def test_papers_are_embedded_once_and_found_after_a_second_start(tmp_path: Path) -> None:
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS) as (store, said):
        assert said == ["Building the index."]
        assert store.vectors.count() == 3
    again = HashEmbedder()
    with opened(tmp_path / "s", again, *PAPERS) as (store, said):
        assert (again.embedded, said) == (0, [])
        best = search(store, again, "word errors on LibriSpeech", 2).results[0]
        assert best.paper == SPEECH
        assert all(SPEECH.abstract[s.start : s.end] == s.text for s in best.sentences)


def test_each_result_says_why_it_is_there(tmp_path: Path) -> None:
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS) as (store, _):
        best, *others = search(store, HashEmbedder(), "GraphMAE accuracy on Cora", 3).results
        assert best.dense is not None
        assert best.keyword is not None
        assert best.keyword.rank == 1
        assert all(other.keyword is None for other in others)
        assert search(store, HashEmbedder(), "the of and", 3).results == ()


def test_new_papers_are_embedded_alone_and_changed_ones_replace_themselves(tmp_path: Path) -> None:
    with opened(tmp_path / "s", HashEmbedder(), GRAPHS, SPEECH):
        pass
    embedder = HashEmbedder()
    changed = replace(GRAPHS, abstract="A wholly new abstract stands here. It has two sentences.")
    with opened(tmp_path / "s", embedder, changed, PAPERS[2]) as (store, said):
        assert embedder.embedded == 2
        assert "has changed" in said[0]
        assert list(store.papers) == [GRAPHS.id, SPEECH.id, PAPERS[2].id]
        assert store.vectors.count() == 3
        assert store.papers[GRAPHS.id].abstract == changed.abstract
        assert len(store.sentences(GRAPHS.id)) == 2


def test_new_papers_are_added_to_a_copy_of_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path / "s", HashEmbedder(), GRAPHS, SPEECH):
        pass
    added: list[str] = []
    write = VectorIndex.add

    def noted(index: VectorIndex, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        added.extend(chunk.paper_id for chunk in chunks)
        write(index, chunks, vectors)

    monkeypatch.setattr(VectorIndex, "add", noted)
    with opened(tmp_path / "s", HashEmbedder(), TREES) as (store, said):
        assert (added, len(said)) == ([TREES.id], 1)
        assert store.vectors.count() == 3
        assert search(store, HashEmbedder(), "edge devices", 1).results[0].paper == TREES
        assert [path.name for path in tmp_path.glob("s/index-*")] == ["index-2"]


def test_a_damaged_index_is_not_built_upon(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with opened(folder, HashEmbedder(), *many_papers(1100, 1)):
        pass
    (_segment(folder) / "index_metadata.pickle").unlink()
    with opened(folder, HashEmbedder(), TREES) as (store, _):
        assert store.vectors.count() == 1101
        assert len(store.vectors.stored([*store.vectors.ids()])) == 1101


def test_the_record_of_an_older_version_is_cut_and_embedded_anew(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with opened(folder, HashEmbedder(), *PAPERS):
        pass
    with sqlite3.connect(folder / "papers.sqlite3") as record:
        record.execute("UPDATE chunks SET chunking = 'older'")
        record.execute("DELETE FROM embeddings")
    record.close()
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "chunking": "older"}))
    embedder = HashEmbedder()
    with opened(folder, embedder) as (store, said):
        assert embedder.embedded == 3
        assert "made with chunking 'older'" in said[0]
        assert len(store.sentences(GRAPHS.id)) == 3


def test_the_record_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS):
        pass
    with sqlite3.connect(tmp_path / "s" / "papers.sqlite3") as record:
        assert record.execute("PRAGMA user_version").fetchone() == (1,)
        record.execute("PRAGMA user_version=2")
    record.close()
    with pytest.raises(StoreError, match="newer paperchat"), opened(tmp_path / "s", HashEmbedder()):
        pass


def test_an_index_of_other_keyword_fields_is_rebuilt_without_embedding(tmp_path: Path) -> None:
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS):
        pass
    manifest = json.loads((tmp_path / "s" / "manifest.json").read_text())
    del manifest["keywords"]
    (tmp_path / "s" / "manifest.json").write_text(json.dumps(manifest))
    embedder = HashEmbedder()
    with opened(tmp_path / "s", embedder) as (store, said):
        assert embedder.embedded == 0
        assert "made with keywords ''" in said[0]
        assert store.vectors.count() == 3


def test_another_embedder_is_noticed_and_the_first_is_kept_for_the_way_back(tmp_path: Path) -> None:
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS):
        pass
    with opened(tmp_path / "s", HashEmbedder("other")) as (_, said):
        assert "made with embedder 'hash', now it is 'other'" in said[0]
    back = HashEmbedder()
    with opened(tmp_path / "s", back) as (store, said):
        assert back.embedded == 0
        assert store.vectors.count() == 3


def _index(folder: Path) -> Path:
    return folder / str(json.loads((folder / "manifest.json").read_text())["folder"])


def _segment(folder: Path) -> Path:
    return next(path for path in (_index(folder) / "chroma").iterdir() if path.is_dir())


@pytest.mark.parametrize(
    "damage",
    [
        lambda s: (s / "manifest.json").unlink(),
        lambda s: (s / "manifest.json").write_text("{"),
        lambda s: (_index(s) / "chroma" / "chroma.sqlite3").write_bytes(b""),
        lambda s: (_index(s) / "chroma" / "chroma.sqlite3").write_bytes(b"rubbish" * 999),
        lambda s: shutil.rmtree(_index(s) / "chroma"),
        lambda s: shutil.rmtree(_index(s) / "bm25"),
        lambda s: shutil.rmtree(_segment(s)),
        lambda s: (_segment(s) / "index_metadata.pickle").unlink(),
        lambda s: os.truncate(_segment(s) / "data_level0.bin", 100),
    ],
    ids=[
        "no manifest",
        "torn manifest",
        "empty database",
        "no database",
        "no chroma",
        "no bm25",
        "no segment",
        "no pickle",
        "cut vectors",
    ],
)
def test_a_damaged_index_is_noticed_and_rebuilt_without_embedding(tmp_path: Path, damage: object) -> None:
    folder = tmp_path / "s"
    papers = many_papers(1200, 1)  # over 1,000 vectors, so that Chroma has written its index to disk
    with opened(folder, HashEmbedder(), *papers):
        pass
    damage(folder)  # type: ignore[operator]
    embedder = HashEmbedder()
    with opened(folder, embedder) as (store, said):
        assert embedder.embedded == 0
        assert len(said) == 1
        assert store.vectors.count() == 1200
        assert search(store, embedder, "Paper number 77", 3).results[0].paper.title == "Paper number 77"
        assert len([path for path in folder.iterdir() if path.name.startswith("index-")]) == 1


def test_a_second_owner_gets_a_clear_message(tmp_path: Path) -> None:
    script = "import sys; from paperchat.cli.main import main; sys.exit(main(['papers', '--data', sys.argv[1]]))"
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS):
        second = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "s")], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert second.returncode == 1
    assert "Another paperchat is using" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_record_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "papers.sqlite3").write_bytes(b"no database at all " * 100)
    with pytest.raises(StoreError, match=r"papers\.sqlite3 cannot be used"), opened(tmp_path, HashEmbedder()):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Cannot write"), opened(tmp_path / "file" / "s", HashEmbedder()):
        pass


def test_a_long_title_and_one_sentence_are_no_trouble(tmp_path: Path) -> None:
    with opened(tmp_path / "s", HashEmbedder(), paper("T" * 900, "One sentence only")) as (store, _):
        assert store.vectors.count() == 1


def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """3,000 chunks; killed while embedding, while Chroma is written, and while a copy of its index is added to."""
    folder, log = tmp_path / "s", tmp_path / "embedded.txt"
    half, whole = (
        [sys.executable, "-W", "ignore", "-m", "tests.kill_worker", str(folder), count, "2"]
        for count in ("1500", "3000")
    )
    chance = random.Random(7)
    kills = 0
    plan = (
        (half, "200", 0.01),
        (half, "80", 0.1),
        (half, "Building", 1.0),
        (half, "Building", 2.0),
        (half, "finished", 0.0),
        (whole, "1400", 0.1),
        (whole, "The set", 1.0),
        (whole, "The set", 3.0),
    )
    for command, moment, longest in plan:
        worker = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert worker.stdout is not None
        for line in worker.stdout:
            if line.startswith(moment):
                break
        time.sleep(chance.uniform(0, longest))
        kills += worker.poll() is None
        worker.kill()
        worker.wait()
        worker.stdout.close()
    assert kills >= 5
    done = subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("finished\n")
    times = Counter(log.read_text().split())
    assert len(times) == 3000
    assert sum(times.values()) - 3000 <= kills * 8  # only the papers in hand at a kill are embedded again
    with sqlite3.connect(folder / "papers.sqlite3") as record:
        counts = [
            record.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("papers", "chunks", "embeddings")
        ]
    record.close()
    assert counts == [3000] * 3
    embedder = HashEmbedder()
    with opened(folder, embedder) as (store, said):
        assert (embedder.embedded, said) == (0, [])
        ids = store.vectors.ids()
        assert len(ids) == store.vectors.count() == 3000
        assert len(store.vectors.stored(list(ids))) == 3000
