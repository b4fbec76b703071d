"""The command line, as people and programs use it."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from paperchat import __version__
from paperchat.cli.main import main
from tests.scripted_ollama import Reply, ScriptedOllama

ROOT = Path(__file__).parent.parent.parent
ABSTRACT = "We study frobnication of widgets at length. Frobnication lowers the error by 12 points on WidgetBench."
PAGE = (
    f"new\n\nMar 12\n\nFrob: Widgets Reconsidered\n\n{ABSTRACT}\n\nGrommets at Scale\n\n{ABSTRACT.replace('F', 'G')}\n"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "page.txt").write_text(PAGE)
    assert main(["index", str(folder / "page.txt"), "--data", str(folder / "store")]) == 0
    return folder / "store"


def lines(capsys: pytest.CaptureFixture[str]) -> list[Any]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_search_prints_the_documented_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "frobnication error", "-k", "1", "--json", "--data", str(data)]) == 0
    (found,) = lines(capsys)
    assert found["query"] == "frobnication error"
    (result,) = found["results"]
    assert {"id", "title", "rank", "score", "sentences"} <= set(result)
    assert (result["title"], result["rank"]) == ("Frob: Widgets Reconsidered", 1)
    assert all(ABSTRACT[s["start"] : s["end"]] == s["text"] for s in result["sentences"])


def test_ask_prints_the_documented_json_with_and_without_a_model(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["ask", "What does frobnication lower?", "--json", "--data", str(data)]) == 0
    (answer,) = lines(capsys)
    keys = {"question", "text", "abstained", "sentences", "cited", "retrieved", "model", "timings"}
    assert keys <= set(answer)
    assert answer["model"] is None
    with ScriptedOllama() as server:
        server.replies(['{"sentences": [{"text": "The error.", "cites": ["1b"]}]}'])
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        assert main(["ask", "What does frobnication lower?", "--json", "--data", str(data)]) == 0
    (answer,) = lines(capsys)
    sentence, *quoted = answer["sentences"]
    assert sentence["text"] == "The error."
    assert all(one["text"] == one["citations"][0]["quote"] for one in quoted)
    assert answer["cited"] == ["Frob: Widgets Reconsidered"]
    assert (
        ABSTRACT[sentence["citations"][0]["start"] : sentence["citations"][0]["end"]]
        == sentence["citations"][0]["quote"]
    )


@pytest.mark.parametrize(
    ("path", "bad"),
    [
        pytest.param("/api/tags", Reply(body="[" * 100_000), id="nested lists"),
        pytest.param("/api/tags", Reply(body='{"models": [{"name": 7}]}'), id="a number for a name"),
        pytest.param("/api/show", Reply(body="x" * 9_000_000), id="9 MB"),
        pytest.param("/api/chat", Reply(["Hel"], ending="\x1b[2J" + "e" * 900_000), id="an error of 900 kB"),
        pytest.param("/api/chat", Reply(body="null"), id="null"),
        pytest.param("/api/chat", Reply(status=500, body="<html>" + "x" * 900_000), id="500 and HTML"),
    ],
)
def test_an_answer_keeps_its_evidence_whatever_the_model_server_sends(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, path: str, bad: Reply
) -> None:
    with ScriptedOllama() as server:
        server.overrides[path] = bad
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        assert main(["ask", "What does frobnication lower?", "--json", "--data", str(data)]) == 0
    (answer,) = lines(capsys)
    assert answer["text"]
    assert answer["retrieved"][0] == "Frob: Widgets Reconsidered"
    (notice,) = answer["notices"]
    assert notice.isprintable()
    assert len(notice) < 400


def test_a_file_of_questions_gives_a_line_a_row(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "a", "question": "frobnication?"},
        {"id": "b", "question": "and its error?", "history": [{"role": "user", "content": "What is frobnication?"}]},
    ]
    file = tmp_path / "q.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    assert main(["ask", "--questions", str(file), "--json", "--data", str(data)]) == 0
    assert [row["id"] for row in lines(capsys)] == ["a", "b"]
    assert main(["search", "--questions", str(file), "--json", "--data", str(data)]) == 0
    assert [row["id"] for row in lines(capsys)] == ["a", "b"]


def test_people_read_text_with_numbers_and_titles(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "What does frobnication lower?", "--data", str(data)]) == 0
    out = capsys.readouterr().out
    assert "lowers the error by 12 points on WidgetBench. [1]" in out
    assert "[1] Frob: Widgets Reconsidered" in out
    assert "ollama.com/download" in out
    assert main(["search", "widgets", "--data", str(data)]) == 0
    assert " 1. " in capsys.readouterr().out


def test_papers_and_doctor_say_what_is_there(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["papers", "--json", "--data", str(data)]) == 0
    assert [row["title"] for row in lines(capsys)] == ["Frob: Widgets Reconsidered", "Grommets at Scale"]
    assert main(["doctor", "--data", str(data)]) == 0
    out = capsys.readouterr().out
    assert "ok       store: 2 papers" in out
    assert "missing  Ollama" in out
    assert "ollama serve" in out


def test_doctor_tells_what_is_damaged_and_changes_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(data, folder)
    vocabulary = next(folder.glob("index-*/bm25/vocab*"))
    vocabulary.write_bytes(b"")
    (folder / "conversations.sqlite3").write_bytes(b"")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    main(["doctor", "--data", str(folder)])
    out = capsys.readouterr().out
    assert "ok       store: 2 papers" in out
    assert "missing  index: bm25/vocab.index.json has 0 of" in out
    assert "missing  conversations:" in out
    (folder / "papers.sqlite3").unlink()
    assert main(["doctor", "--data", str(folder)]) == 1
    assert "missing  store:" in (out := capsys.readouterr().out)
    assert "Put it back from a backup" in out
    del before[folder / "papers.sqlite3"]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert main(["doctor", "--data", str(tmp_path / "none")]) == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask"], "Give one question"),
        (["ask", ""], "The question is empty"),
        (["ask", "x", "--questions", "y"], "Give one question"),
        (["ask", "--questions", "/no/such/file"], "Cannot read"),
        (["search", "x", "-k", "0"], "-k 0 is not allowed"),
        (["index", "/no/such/file"], "Cannot read /no/such/file"),
        (["papers", "--num-ctx", "7"], "--num-ctx='7'"),
    ],
)
def test_bad_input_is_one_clear_line(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main([*arguments, "--data", str(data)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert says in error


def test_a_bad_file_loses_nothing(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.txt").write_text("Mar 12\n\nA title without an abstract\n")
    assert main(["index", str(tmp_path / "bad.txt"), "--data", str(data)]) == 1
    assert "has no abstract" in capsys.readouterr().err
    assert main(["papers", "--data", str(data)]) == 0
    assert capsys.readouterr().out.count("\n") == 2


def test_a_port_in_use_is_told_before_anything_is_indexed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["web", "--port", str(taken.getsockname()[1]), "--data", str(tmp_path / "s")]) == 1
    assert "choose another with --port" in capsys.readouterr().err
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize("errors", ["closed", "broken"])
def test_progress_that_nobody_reads_ends_no_work(data: Path, tmp_path: Path, errors: str) -> None:
    """`paperchat index 2>&-`, or a terminal that is gone."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "paperchat", "index", str(data.parent / "page.txt"), "--data", str(tmp_path)]
    shell = ["sh", "-c", 'exec "$@" 2>&-', "sh", *command] if errors == "closed" else command
    run = subprocess.run(shell, cwd=ROOT, stdout=subprocess.PIPE, stderr=writing, text=True, check=False)
    os.close(writing)
    told = "2 papers added, 0 changed, 0 unchanged."
    assert (run.returncode, run.stdout) == (0, f"{told}\n2 papers are indexed in {tmp_path}.\n")


def test_wrong_usage_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["search", "x", "-k", "many"])
    assert raised.value.code == 2
    assert "invalid int value" in capsys.readouterr().err


def test_the_version_is_one() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"[{__version__}]" in changelog


BIB = "@misc{a, title={Soil and Water}, author={Ogden, Maria}, year={2019}}\n@misc{b, title={Never, year={1}\n"


def test_index_reports_as_json_what_became_of_each_entry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "export.txt").write_text(BIB)
    arguments = ["index", str(tmp_path / "refs"), "--json", "--data", str(tmp_path / "store")]
    counts = {"added": 1, "changed": 0, "unchanged": 0, "merged": 0, "without_abstract": 1}
    rejected = {"file": str(tmp_path / "refs" / "export.txt"), "place": "line 2 (b)"}
    for again in (False, True):
        assert main(arguments) == 0
        (report,) = lines(capsys)
        (fault,) = report.pop("rejected")
        assert report == {**counts, "added": int(not again), "unchanged": int(again)}
        assert fault.items() > rejected.items()
        assert fault["reason"]


def test_papers_find_and_search_show_authors_and_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.bib").write_text(BIB.splitlines()[0])
    store = ["--data", str(tmp_path / "store")]
    assert main(["index", str(tmp_path / "a.bib"), *store]) == 0
    told = capsys.readouterr().out
    assert told.startswith("1 paper added, 0 changed, 0 unchanged.\n1 paper has no abstract")
    for command in (["papers"], ["find", "the 2019 paper by Ogden"], ["search", "Ogden 2019"]):
        assert main([*command, *store]) == 0
        assert "Soil and Water [Ogden 2019]" in capsys.readouterr().out
    assert main(["papers", "--json", *store]) == 0
    (row,) = lines(capsys)
    assert (row["authors"], row["year"]) == (["Maria Ogden"], 2019)


def test_index_reads_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "paperchat", "index", "-", "--json", "--data", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, input=BIB, capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert json.loads(run.stdout)["rejected"][0]["file"] == "standard input"


def test_a_set_follows_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, file = ["--data", str(tmp_path / "store")], tmp_path / "lib" / "a.bib"
    file.parent.mkdir()
    file.write_text("@misc{a, title={Soil and water}, year=2019}\n@misc{b, title={Trees}, year=2019}")
    assert main(["index", "--sync", str(file.parent), *store]) == 0
    assert "2 papers added, 0 changed, 0 unchanged, 0 removed." in capsys.readouterr().out
    file.write_text("@misc{a, title={Soil and water}, year=2019}")
    assert main(["index", "--sync", "--json", *store]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(out)[name] for name in ("added", "unchanged", "removed")] == [0, 1, 1]
    assert "older backup" not in err
    assert main(["index", *store]) == 0
    assert "1 paper is indexed in" in capsys.readouterr().out
    file.unlink()
    assert main(["index", "--sync", *store]) == 1
    assert "its 1 paper stays (--yes removes them)." in capsys.readouterr().err
    assert main(["index", "--sync", "--yes", *store]) == 0
    assert "0 papers are indexed" in capsys.readouterr().out
    assert main(["index", "--yes", *store]) == 1
    assert "--yes belongs to --sync." in capsys.readouterr().err
