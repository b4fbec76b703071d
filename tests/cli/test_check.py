"""The command that checks claims."""

import json
from pathlib import Path
from typing import Any

import pytest

from paperchat.cli.main import main
from tests.scripted_ollama import Reply, ScriptedOllama
from tests.tides import FALSE_NUMBERS, SENTENCES, TITLE, first_token

PAGE = f"new\n\nMar 12\n\n{TITLE}\n\n{' '.join(SENTENCES)}\n\nA Second Paper\n\nNothing is said here about tides.\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("check")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    assert main(["index", str(folder / "page.txt"), "--data", str(folder / "store")]) == 0
    return str(folder / "store")


def _check(store: str, file: Path, *flags: str) -> int:
    return main(["check", str(file), "--data", store, *flags])


def test_the_command_prints_the_documented_json_and_sums_up(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[Any] = [
        {"id": 1, "claim": SENTENCES[0], "title": TITLE.upper(), "label": "supported", "kind": "copy"},
        {"id": 2, "claim": FALSE_NUMBERS[0][0], "title": TITLE, "label": "contradicted", "kind": "number"},
        {"id": 3, "claim": "It is so.", "title": "Unknown", "label": "supported", "kind": "lost"},
    ]
    file = tmp_path / "claims.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert _check(store, file, "--json", "--no-model") == 0
    out, err = capsys.readouterr()
    found = [json.loads(line) for line in out.splitlines()]
    assert [set(row) for row in found] == [{"id", "verdict", "score", "reason", "quote"}] * 3
    assert [row["verdict"] for row in found] == ["supported", "unsupported", "unsupported"]
    assert found[0]["quote"] == SENTENCES[0]
    assert 'no paper of the set has the title "unknown"' in found[2]["reason"].lower()
    assert "false alarms, copy: 0 of 1" in err
    assert "false alarms, lost: 1 of 1" in err
    assert "misses, number: 0 of 1" in err
    assert "balanced accuracy: 0.750 of 3" in err


def test_without_a_server_the_command_says_so_and_goes_on(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps({"id": 1, "claim": SENTENCES[0], "title": TITLE}), encoding="utf-8")
    assert _check(store, file) == 0
    out, err = capsys.readouterr()
    assert "supported" in out
    assert "Checked without a model." in err


def test_with_a_server_the_model_is_asked(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps({"id": 1, "claim": "Buoys at sea are few and rare.", "title": TITLE}), encoding="utf-8")
    with ScriptedOllama() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        server.replies(Reply(body=first_token(Yes=0.99, No=0.01)), Reply(body=first_token(Yes=0.01, No=0.99)))
        assert _check(store, file, "--json") == 0
        assert _check(store, file, "--json") == 0
    assert [json.loads(line)["verdict"] for line in capsys.readouterr().out.splitlines()] == [
        "supported",
        "unsupported",
    ]


def test_a_model_that_fails_in_the_middle_leaves_the_rest_to_the_rules(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "claims.jsonl"
    row = {"claim": "Buoys at sea are few and rare.", "title": TITLE}
    file.write_text("\n".join(json.dumps({"id": number, **row}) for number in (1, 2, 3)), encoding="utf-8")
    with ScriptedOllama() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        server.replies(Reply(body=first_token(Yes=0.99, No=0.01)), Reply(status=500, body="gone"))
        assert _check(store, file, "--json") == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 2, 3]
    assert "Claim 2 and those after it are checked without a model." in err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": 1, "claim": "A."}', "line 2: no title"),
        ('{"id": 1, "title": "A"}', "line 2: no claim"),
        ('{"claim": "A.", "title": "A"}', "line 2: no id"),
        ('{"id": 1, "claim": "", "title": "A"}', "line 2: no claim"),
        ('{"id": 1, "claim": ["A."], "title": "A"}', "line 2: no text"),
        ("[1]", "line 2: no id"),
        ("{", "line 2 is not JSON"),
    ],
)
def test_a_row_that_lacks_something_is_one_clear_error(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, words: str
) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text('{"id": 0, "claim": "A.", "title": "B"}\n' + line, encoding="utf-8")
    assert _check(store, file, "--no-model") == 1
    assert words in capsys.readouterr().err
