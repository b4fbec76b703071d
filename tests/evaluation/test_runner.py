"""An evaluation: asked once, kept at once, measured, told, compared."""

import getpass
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paperchat.app import App
from paperchat.cli.main import main
from paperchat.errors import InputError, ModelError
from paperchat.evaluation.runner import DEPTH, Run, evaluate, output_path, read_results
from paperchat.query.answerability import Judgement
from paperchat.settings import Settings
from paperchat.storage.incoming import Order
from tests.conftest import NO_OLLAMA
from tests.samples import GRAPHS, PAPERS, SPEECH, HashEmbedder
from tests.scripted_ollama import Model, Reply, ScriptedOllama

ROOT = Path(__file__).parent.parent.parent
QUESTIONS: list[dict[str, Any]] = [
    {"id": "a", "type": "fact", "question": "What accuracy has GraphMAE on Cora?", "gold": [GRAPHS.title],
     "must_include": ["84.2"]},
    {"id": "b", "type": "followup", "question": "And its word errors?", "gold": [SPEECH.title],
     "history": [{"question": "What is Wav2Tok?", "answer": "Speech tokens."}]},
    {"id": "c", "type": "abstain", "question": "Is the data of trees public?", "acceptable": [GRAPHS.title]},
]  # fmt: skip


def write_questions(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def said_in(text: str, cites: str = "1a") -> list[str]:
    return [json.dumps({"sentences": [{"text": text, "cites": [cites]}]})]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "page.txt").write_text(
        "\n\n".join(["new", "Mar 12", *(text for p in PAPERS for text in (p.title, p.abstract))]) + "\n"
    )
    return tmp_path / "page.txt"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "store", ollama_host=NO_OLLAMA)


@pytest.fixture
def server() -> Iterator[ScriptedOllama]:
    with ScriptedOllama() as running:
        yield running


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(write_questions(tmp_path / "q.jsonl", QUESTIONS), tmp_path / "out")


class Runner:
    """Evaluates in a real App with hashed words for vectors; `said` and `shown` are what a person would see."""

    def __init__(self, page: Path) -> None:
        self.page = page
        self.said: list[str] = []
        self.shown: list[tuple[int, int]] = []
        self.stop_at: int | None = None

    def progress(self, done: int, total: int) -> None:
        self.shown.append((done, total))
        if done == self.stop_at:
            raise KeyboardInterrupt

    def __call__(self, settings: Settings, run: Run) -> Any:
        with App(settings, lambda line: None, lambda done, total: None, Order((self.page,))) as app:
            return evaluate(app, settings, run, self.said.append, self.progress)


@pytest.fixture
def runner(page: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setattr("paperchat.app.make_embedder", lambda settings: HashEmbedder())
    monkeypatch.setattr("paperchat.retrieval.library.judge", lambda *found: Judgement(answerable=True, score=1.0))
    return Runner(page)


def test_without_a_model_no_server_is_asked(
    runner: Runner, settings: Settings, run: Run, server: ScriptedOllama
) -> None:
    results = runner(replace(settings, ollama_host=server.url), replace(run, written=False))
    assert server.requests == []
    assert (results["model"], results["digest"]) == (None, "")
    assert results == json.loads((run.output.parent / "out.json").read_text())
    assert results["metrics"]["overall"]["recall@5"] == {"mean": 1, "n": 2, "p50": 1, "p95": 1}
    assert results["metrics"]["types"]["fact"]["must_include"]["mean"] == 1
    assert all(row["text"] and row["prompt_tokens"] is None for row in results["rows"])


def test_a_row_keeps_what_was_answered_and_more_papers_than_the_answer_saw(
    runner: Runner, settings: Settings, run: Run, server: ScriptedOllama
) -> None:
    server.replies(said_in("It reaches 84.2%.", "1b"), said_in("They fall by 9."), said_in("By fire."))
    results = runner(replace(settings, ollama_host=server.url, papers=1), run)
    keys = ["id", "type", "retrieved", "cited", "abstained", "text", "sentences", "timings", "prompt_tokens"]
    assert all(set(keys) <= set(row) for row in results["rows"])
    first, second, _ = results["rows"]
    assert (first["text"], first["model"], first["stage"]) == ("It reaches 84.2%.", "scripted:1b", "done")
    assert first["retrieved"][0] == GRAPHS.title
    assert len(first["retrieved"]) == min(DEPTH, len(PAPERS))
    assert {"evidence", "first_token", "total"} <= set(first["timings"])
    assert first["prompt_tokens"] > 0
    assert [one["text"] for one in second["withheld"]] == ["They fall by 9."]
    assert (second["scores"]["numbers_unsupported"], second["scores"]["unsupported"]) == (0, 0.5)
    assert "What is Wav2Tok?" in json.dumps(server.chats[1])
    assert results["metrics"]["types"]["abstain"]["abstained_rightly"]["mean"] == 0


def test_an_interrupted_run_goes_on_and_asks_nothing_twice(
    runner: Runner, settings: Settings, run: Run, server: ScriptedOllama
) -> None:
    settings = replace(settings, ollama_host=server.url)
    runner.stop_at = 2
    with pytest.raises(KeyboardInterrupt):
        runner(settings, run)
    assert not (run.output.parent / "out.json").exists()
    runner.stop_at = None
    results = runner(settings, run)
    assert len(server.chats) == 3
    assert "2 of 3 answers were kept" in runner.said[-1]
    assert [row["id"] for row in results["rows"]] == ["a", "b", "c"]
    runner(settings, replace(run, fresh=True))
    assert len(server.chats) == 6


def test_a_killed_command_goes_on_where_it_was(
    page: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "store")]
    assert main(["index", str(page), *data]) == 0
    command = ["eval", str(run.questions), "--output", str(run.output), *data]
    with ScriptedOllama() as server:
        server.replies(said_in("One."), said_in("Two."), Reply(said_in("Three."), wait=60))
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        process = subprocess.Popen([sys.executable, "-m", "paperchat", *command], cwd=ROOT, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while len(server.chats) < 3 and time.monotonic() < end:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(server.chats) == 3
        server.replies(said_in("Three again."))
        assert main(command) == 0
        assert len(server.chats) == 4
    rows = read_results(tmp_path / "out.json")["rows"]
    told = [{one["text"] for part in ("sentences", "withheld") for one in row[part]} for row in rows]
    assert [said in texts for said, texts in zip(("One.", "Two.", "Three again."), told, strict=True)] == [True] * 3
    printed = capsys.readouterr()
    assert "2 of 3 answers were kept" in printed.err
    assert "| recall@5 | 1.000 (2) | 1.000 | 1.000 |" in printed.out


@pytest.mark.parametrize("what", ["settings", "model", "questions", "papers"])
def test_a_change_starts_anew_says_so_and_keeps_the_old_answers(
    runner: Runner, settings: Settings, run: Run, server: ScriptedOllama, what: str
) -> None:
    settings = replace(settings, ollama_host=server.url)
    runner(settings, run)
    if what == "settings":
        settings = replace(settings, evidence_tokens=300)
    elif what == "model":
        server.models = [Model(digest="another")]
    elif what == "papers":
        runner.page.write_text(runner.page.read_text().replace("Cora", "Citeseer"))
    else:
        write_questions(run.questions, [*QUESTIONS, {"id": "d", "question": "Do trees suit edge devices?"}])
    asked = len(server.chats)
    results = runner(settings, run)
    assert len(server.chats) - asked == len(results["rows"])
    names = {"settings": "evidence_tokens", "model": "digest", "papers": "set of papers"}
    assert f"Starting anew: {names.get(what, what)} changed." in runner.said[-1]
    assert len((run.output.parent / "out.rows.jsonl.old").read_text().splitlines()) == 1 + 3


def test_an_evaluation_with_a_model_never_becomes_one_without(
    runner: Runner, settings: Settings, run: Run, server: ScriptedOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ModelError, match="--no-model"):
        runner(settings, run)
    settings = replace(settings, ollama_host=server.url)

    def leave(done: int, _: int) -> None:
        server.models = [] if done else server.models

    monkeypatch.setattr(runner, "progress", leave)
    with pytest.raises(ModelError, match=r"At question b: .*What was answered is kept"):
        runner(settings, run)


def test_a_list_is_no_failure_of_the_model(
    runner: Runner, settings: Settings, run: Run, server: ScriptedOllama
) -> None:
    line = json.dumps({"id": "l", "type": "list", "question": "which papers are about graphs?"})
    run.questions.write_text(f"{line}\n", encoding="utf-8")
    (row,) = runner(replace(settings, ollama_host=server.url), run)["rows"]
    assert (row["stage"], row["model"], server.chats) == ("done", None, [])
    assert row["cited"]


def test_an_answer_that_broke_off_is_asked_again(
    runner: Runner, settings: Settings, run: Run, server: ScriptedOllama
) -> None:
    settings = replace(settings, ollama_host=server.url)
    server.replies(said_in("One."), Reply(["{"], ending="cut"))
    assert [row["stage"] for row in runner(settings, run)["rows"]] == ["done", "failed", "done"]
    assert [row["stage"] for row in runner(settings, run)["rows"]] == ["done", "done", "done"]
    assert len(server.chats) == 4


def test_the_report_names_its_origin_and_nothing_private(
    runner: Runner, settings: Settings, run: Run, tmp_path: Path
) -> None:
    results = runner(settings, replace(run, written=False))
    text = (tmp_path / "out.md").read_text()
    commit = f"commit {results['commit']}"
    for part in ("Evaluation on q.jsonl", "papers: 3", "evidence_tokens by size", commit, "cores"):
        assert part in text
    written = text + (tmp_path / "out.json").read_text()
    private = {str(tmp_path), str(ROOT), str(Path.home()), socket.gethostname()}
    assert not [name for name in private if len(name) > 3 and name in written]
    assert f"/{getpass.getuser()}" not in written
    assert not list(tmp_path.glob("*.new"))


def test_results_go_to_this_folder_to_a_folder_or_to_a_name(tmp_path: Path) -> None:
    assert output_path(Path("x/dev.jsonl"), None, True) == Path("eval-dev")
    assert output_path(Path("x/dev.jsonl"), tmp_path, False) == tmp_path / "eval-dev-no-model"
    assert output_path(Path("dev.jsonl"), tmp_path / "v1.5", True) == tmp_path / "v1.5"
    assert output_path(Path("dev.jsonl"), tmp_path / "r.json", True) == tmp_path / "r"
    with pytest.raises(InputError, match="There is no folder"):
        output_path(Path("dev.jsonl"), tmp_path / "no" / "r", True)
