"""The store: nothing lost, nothing twice, whatever happens to the process or the files."""

import errno
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.errors import StoreError, UnwritableError
from paperchat.retrieval.search import search
from paperchat.storage.chroma import VectorIndex
from paperchat.storage.sqlite import Database
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
    changed = replace(GRAPHS, abstract="Graphs are everywhere in data. We mask node features and hide others.")
    with opened(tmp_path / "s", embedder, changed, PAPERS[2]) as (store, said):
        assert embedder.embedded == 2
        assert "has changed" in said[0]
        assert list(store.papers) == [GRAPHS.id, SPEECH.id, PAPERS[2].id]
        assert store.vectors.count() == 3
        assert store.papers[GRAPHS.id].abstract == changed.abstract
        assert len(store.read([GRAPHS.id])[0].sentences) == 2


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
        assert len(store.read([GRAPHS.id])[0].sentences) == 3


def test_the_record_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS):
        pass
    with sqlite3.connect(tmp_path / "s" / "papers.sqlite3") as record:
        assert record.execute("PRAGMA user_version").fetchone() == (4,)
        record.execute("PRAGMA user_version=5")
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


def _write(record: Path, query: str) -> None:
    with closing(sqlite3.connect(record)) as db, db:
        db.execute(query)


def _content(folder: Path) -> dict[str, bytes]:
    """All files of a folder by name; the lock and what SQLite makes to read are no one's content."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith((".lock", "-shm", "-wal")))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _replace(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _make_empty(record: Path) -> None:
    record.unlink()
    _write(record, "PRAGMA user_version=1")


def _foreign(record: Path) -> None:
    record.unlink()
    _write(record, "CREATE TABLE books (id INTEGER)")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda r: r.write_bytes(b""), "is empty"),
        (lambda r: r.unlink(), "is missing, though manifest.json is there"),
        (lambda r: (r.unlink(), (r.parent / "manifest.json").unlink()), "is missing, though index-1 is there"),
        (lambda r: os.truncate(r, 4096), "malformed"),
        (lambda r: os.truncate(r, r.stat().st_size // 2), "malformed"),
        (_replace, "is no file"),
        (lambda r: (r.unlink(), r.symlink_to("/no/such/disk")), "is a link to /no/such/disk"),
        (lambda r: _write(r, "DROP TABLE embeddings"), "has lost its table embeddings"),
        (lambda r: _write(r, "DELETE FROM papers"), "holds no papers, though manifest.json is there"),
        (_make_empty, "holds no tables"),
        (_foreign, "is the database of another program"),
    ],
    ids=[
        "emptied", "deleted", "deleted with the manifest", "one page", "half", "a folder", "a link", "no table",
        "no papers", "an empty database", "another program",
    ],
)  # fmt: skip
def test_a_record_that_lost_its_papers_is_told_and_nothing_is_touched(
    tmp_path: Path, damage: Callable[[Path], object], says: str
) -> None:
    folder = tmp_path / "s"
    with opened(folder, HashEmbedder(), *PAPERS):
        pass
    damage(folder / "papers.sqlite3")
    before = _content(folder)
    with pytest.raises(StoreError, match=says) as told, opened(folder, HashEmbedder(), *PAPERS):
        pass
    assert "backup" in told.value.fix
    assert _content(folder) == before


def test_conversations_without_a_record_and_left_overs_of_one_are_told(tmp_path: Path) -> None:
    for name, says in (("conversations.sqlite3", "though conversations"), ("papers.sqlite3-wal", "-wal file is there")):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_bytes(b"kept" * 99)
        with pytest.raises(StoreError, match=says), opened(tmp_path / name, HashEmbedder(), *PAPERS):
            pass
        assert (tmp_path / name / name).read_bytes() == b"kept" * 99


def test_an_older_record_is_told_and_the_index_follows_it(tmp_path: Path) -> None:
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS):
        pass
    _write(tmp_path / "s" / "papers.sqlite3", f"DELETE FROM papers WHERE id = '{TREES.id}'")
    _write(tmp_path / "s" / "papers.sqlite3", f"DELETE FROM chunks WHERE paper_id = '{TREES.id}'")
    with opened(tmp_path / "s", HashEmbedder()) as (store, said):
        assert said[0].startswith("The record holds 2 papers, 3 were indexed")
        assert store.vectors.count() == 2


def test_what_is_not_ours_is_never_deleted(tmp_path: Path) -> None:
    with opened(tmp_path, HashEmbedder(), GRAPHS):
        pass
    for name in ("index-old", "index-7"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.txt").write_text("mine")
    (tmp_path / "index-3.html").write_text("mine")
    with opened(tmp_path, HashEmbedder(), SPEECH) as (store, _):
        assert store.vectors.count() == 2
    assert {path.name for path in tmp_path.glob("index-*")} == {"index-old", "index-7", "index-8", "index-3.html"}
    assert (tmp_path / "index-7" / "mine.txt").read_text() == "mine"


def _flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "emptied": lambda path: path.write_bytes(b""),
    "half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "random": lambda path: path.write_bytes(random.Random(1).randbytes(path.stat().st_size)),
    "flipped": lambda path: _flip(path, min(20, path.stat().st_size - 1)),
    "replaced": _replace,
    "deleted": lambda path: path.unlink(),
}
_FILES = ("chroma.sqlite3", "data_level0.bin", "header.bin", "length.bin", "indptr.csc.index.npy", "vocab.index.json")


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_file_of_an_index_that_is_not_as_it_was_left_is_never_opened(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "s"
    with opened(folder, HashEmbedder(), *PAPERS):
        pass
    for name in _FILES:
        path = next(_index(folder).rglob(name))
        DAMAGES[damage](path)
        with opened(folder, again := HashEmbedder()) as (store, said):
            assert (again.embedded, len(said)) == (0, 1)
            assert said[0].startswith("The index is damaged (")
            assert name in said[0]
            assert search(store, again, "word errors on LibriSpeech", 2).results[0].paper == SPEECH
    with opened(folder, HashEmbedder()) as (_, said):
        assert said == []


@pytest.mark.parametrize("damage", [*sorted({*DAMAGES} - {"replaced"}), "deep", "other types"])
def test_a_damaged_manifest_costs_a_rebuild_alone(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "s"
    with opened(folder, HashEmbedder(), *PAPERS):
        pass
    manifest = folder / "manifest.json"
    if damage == "deep":
        manifest.write_text("[" * 100_000)
    elif damage == "other types":
        manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "folder": "../../etc", "papers": "x"}))
    else:
        DAMAGES[damage](manifest)
    with opened(folder, again := HashEmbedder()) as (store, said):
        assert (again.embedded, len(said), store.vectors.count()) == (0, 1, 3)


def test_a_manifest_that_is_no_file_is_named(tmp_path: Path) -> None:
    with opened(tmp_path, HashEmbedder(), *PAPERS):
        pass
    _replace(tmp_path / "manifest.json")
    with pytest.raises(StoreError, match=r"manifest\.json is no file"), opened(tmp_path, HashEmbedder()):
        pass


def test_an_index_of_an_earlier_version_is_tried_in_another_process_and_kept(tmp_path: Path) -> None:
    """Its files have no seals: a sound one is sealed, one that would end this process is built anew."""
    folder = tmp_path / "s"
    with opened(folder, HashEmbedder(), *PAPERS):
        pass
    manifest = json.loads((folder / "manifest.json").read_text())
    for flipped, lines in ((None, 0), (16, 1), (20, 1), (60, 1)):
        name = json.loads((folder / "manifest.json").read_text())["folder"]
        (folder / "manifest.json").write_text(json.dumps({**manifest, "folder": name, "files": {"a/header.bin": 100}}))
        if flipped is not None:
            _flip(_index(folder) / "chroma" / "chroma.sqlite3", flipped)
        with opened(folder, HashEmbedder()) as (store, said):
            assert len(said) in {0, lines}
            assert store.vectors.count() == 3
        assert "chroma/chroma.sqlite3" in json.loads((folder / "manifest.json").read_text())["files"]


def test_a_kill_while_an_index_is_opened_costs_no_rebuild(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with opened(folder, HashEmbedder(), *PAPERS):
        pass
    before = (folder / "manifest.json").read_text()
    with opened(folder, HashEmbedder()):
        pass
    (folder / "manifest.json").write_text(before)  # Chroma wrote, its files were not yet sealed anew
    (folder / "opening").touch()
    with opened(folder, HashEmbedder()) as (_, said):
        assert said == []
    assert not (folder / "opening").exists()


@pytest.mark.parametrize(
    ("query", "embedded"),
    [
        ("UPDATE embeddings SET vectors = zeroblob(length(vectors))", 3),
        ("UPDATE embeddings SET vectors = substr(vectors, 1, 5)", 3),
        ("UPDATE embeddings SET vectors = 'text'", 3),
        ("UPDATE chunks SET text_hash = 'other'", 0),
        ("DELETE FROM embeddings", 3),
    ],
)
def test_damaged_vectors_are_made_anew(tmp_path: Path, query: str, embedded: int) -> None:
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS):
        pass
    _write(tmp_path / "s" / "papers.sqlite3", query)
    with opened(tmp_path / "s", again := HashEmbedder()) as (store, _):
        assert again.embedded == embedded
        assert search(store, again, "word errors on LibriSpeech", 2).results[0].paper == SPEECH


def test_a_text_that_is_not_as_it_was_kept_is_told_until_it_is_indexed_again(tmp_path: Path) -> None:
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS):
        pass
    _write(tmp_path / "s" / "papers.sqlite3", "UPDATE papers SET abstract = replace(abstract, '3.1', '3.7')")
    with pytest.raises(StoreError, match="the text of 1 papers is not as it was kept"), opened(tmp_path / "s", HashEmbedder()):  # fmt: skip # noqa: E501
        pass
    with opened(tmp_path / "s", HashEmbedder(), SPEECH) as (store, _):
        assert store.papers[SPEECH.id] == SPEECH


@pytest.mark.parametrize("stage", ["lock", "record", "index"])
def test_a_store_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    folder = tmp_path / "s"
    with opened(folder, HashEmbedder(), *PAPERS):
        pass
    before = _content(folder)
    if stage == "lock":
        monkeypatch.setattr(os, "access", lambda *_: False)
    elif stage == "record":
        refused = sqlite3.OperationalError("database or disk is full")
        monkeypatch.setattr(Database, "_prepare", lambda *_: (_ for _ in ()).throw(refused))
    else:
        monkeypatch.setattr(
            "paperchat.storage.index.write_manifest", lambda *_: (_ for _ in ()).throw(UnwritableError("Full."))
        )
    with opened(folder, HashEmbedder()) as (store, said):
        assert len(said) == 1
        assert said[0].endswith("nothing new is kept.")
        assert search(store, HashEmbedder(), "word errors on LibriSpeech", 2).results[0].paper == SPEECH
        with pytest.raises(UnwritableError):
            store.add(many_papers(1, 1))
    if stage != "index":  # Chroma had written a page of its own
        assert _content(folder) == before


@pytest.mark.parametrize("failing", ["paperchat.storage.bm25.Keywords.save", "paperchat.storage.index.write_manifest"])
def test_a_disk_that_fills_while_an_index_is_built_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = tmp_path / "s"
    with monkeypatch.context() as patched:
        patched.setattr(failing, full)
        with pytest.raises(StoreError, match="No space left"), opened(folder, HashEmbedder(), *PAPERS):
            pass
    assert not list(folder.glob("index-*"))
    with opened(folder, again := HashEmbedder()) as (store, _):
        assert (again.embedded, store.vectors.count()) == (0, 3)


@pytest.mark.parametrize("exact", [0, 5000], ids=["by Chroma", "in memory"])
def test_both_legs_find_some_papers_alone_ranked_among_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exact: int
) -> None:
    monkeypatch.setattr("paperchat.storage.index.MOST", exact)
    with opened(tmp_path / "s", HashEmbedder(), *PAPERS, *many_papers(9, 2)) as (store, _):
        part = store.narrowed([TREES.id, SPEECH.id])
        assert list(part.papers.values()) == [SPEECH, TREES]
        assert part.whole is store.papers
        found = search(part, HashEmbedder(), "GraphMAE accuracy on Cora of trees", 9).results
        assert {one.paper for one in found} == {SPEECH, TREES}
        assert {one.dense.rank for one in found if one.dense} == {1, 2}
        assert [one.keyword.rank for one in found if one.keyword] == [1]
        assert search(store, HashEmbedder(), "GraphMAE accuracy on Cora", 9).results[0].paper == GRAPHS
        assert search(store.narrowed([]), HashEmbedder(), "GraphMAE accuracy on Cora", 9).results == ()


def test_the_centre_of_a_paper_is_the_unit_mean_of_its_sentences_or_its_title(tmp_path: Path) -> None:
    bare = paper("A title alone", "")
    with opened(tmp_path / "s", HashEmbedder(), GRAPHS, bare) as (store, _):
        centres = store.centres([GRAPHS.id, bare.id])
        mean = store.sentence_vectors([GRAPHS.id])[GRAPHS.id].mean(axis=0)
        assert float(centres[GRAPHS.id] @ mean) == pytest.approx(float((mean @ mean) ** 0.5), rel=1e-3)
        assert float(centres[bare.id] @ centres[bare.id]) == pytest.approx(1, rel=1e-3)
