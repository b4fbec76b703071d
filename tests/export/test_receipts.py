"""Receipts: what an answer rests on, word for word, and files that are none."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paperchat import __version__
from paperchat.cli.main import main
from paperchat.errors import InputError
from paperchat.export.receipt_markdown import to_markdown
from paperchat.export.receipts import cited_ids, read_receipt, to_json
from tests.fake_app import cite, make_result
from tests.receipts import DIGEST, INDEX, SETTINGS, a_comparison, a_receipt
from tests.samples import GRAPHS, PAPERS, SPEECH
from tests.scripted_ollama import Model, ScriptedOllama


def test_a_receipt_holds_question_text_citations_verdicts_model_settings_index_version_and_time() -> None:
    row = json.loads(to_json(a_receipt()))
    assert (row["question"], row["text"]) == ("What falls?", "Errors fall. GraphMAE reaches 84.2%. Nobody knows.")
    assert row["sentences"][0]["verdict"] == "supported"
    assert row["sentences"][0]["reason"] == "3.1 points, in the same words"
    (quotation,) = row["sentences"][0]["citations"]
    assert (quotation["id"], quotation["title"]) == (SPEECH.id, SPEECH.title)
    assert quotation["quote"] == "Word errors fall by 3.1 points on LibriSpeech."
    assert SPEECH.abstract[quotation["start"] : quotation["end"]] == quotation["quote"]
    assert row["model"] == {"name": "m:1b", "digest": DIGEST}
    assert row["settings"] == SETTINGS
    assert row["index"] == {"papers": 3, "digest": INDEX.digest, "embedder": "hash"}
    assert (row["paperchat"], row["saved"]) == ("0.1.0", "2026-11-23T09:00:00+00:00")
    assert row["retrieved"] == [GRAPHS.title, SPEECH.title]


def test_a_receipt_holds_what_the_model_was_shown_in_its_order_and_how_long_each_step_took() -> None:
    receipt = a_receipt()
    assert read_receipt(to_json(receipt), "r.json") == receipt
    row = json.loads(to_json(receipt))
    assert row["version"] == 4
    assert [(one["title"], one["quote"]) for one in row["shown"]] == [
        (GRAPHS.title, cite(make_result(GRAPHS, 1), 0).quote),
        (GRAPHS.title, cite(make_result(GRAPHS, 1), 1).quote),
        (SPEECH.title, cite(make_result(SPEECH, 2), 1).quote),
    ]
    abstracts = {one.id: one.abstract for one in (GRAPHS, SPEECH)}
    assert all(abstracts[one["id"]][one["start"] : one["end"]] == one["quote"] for one in row["shown"])
    assert row["prompt_tokens"] == 1234
    assert row["timings"] == {"evidence": 0.2, "first_token": 1.5, "checking": 3.0, "total": 3.25}


def test_a_receipt_holds_the_cells_of_the_table_with_their_citations() -> None:
    receipt = a_receipt(a_comparison())
    assert read_receipt(to_json(receipt), "r.json") == receipt
    table = json.loads(to_json(receipt))["table"]
    assert (table["aspects"], table["papers"]) == (["idea", "results"], [GRAPHS.title, SPEECH.title])
    assert table["cells"][1][0] is None
    cell = table["cells"][1][1]
    assert (cell["text"], cell["verdict"], cell["reason"]) == ("3.1 | points", "supported", "It says so.")
    (quotation,) = cell["citations"]
    assert SPEECH.abstract[quotation["start"] : quotation["end"]] == quotation["quote"]
    only = a_receipt(replace(a_comparison(), sentences=()))
    assert cited_ids(only) == (GRAPHS.id, SPEECH.id)


def damaged(change: Callable[[dict[str, Any]], Any]) -> str:
    row = json.loads(to_json(a_receipt()))
    change(row)
    return json.dumps(row)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no receipt"),
        (to_json(a_receipt())[:-200], "no receipt, or a damaged one"),
        ("[]", "no receipt"),
        ('{"kind": "invoice"}', "kind"),
        ("[" * 100_000, "no receipt"),
        (damaged(lambda row: row.pop("index")), "index"),
        (damaged(lambda row: row["sentences"][0]["citations"][0].update(start="7")), "sentences.0.citations.0.start"),
        (damaged(lambda row: row["sentences"].append(None)), "sentences.3"),
        (damaged(lambda row: row.update(version=5)), "version 5"),
        (to_markdown(a_receipt(), []), "in Markdown"),
        (" " * 10_000_001, "at most"),
    ],
    ids=["empty", "cut", "a list", "foreign", "deep", "no index", "a text", "null", "newer", "Markdown", "large"],
)
def test_a_damaged_or_foreign_file_is_refused_in_one_line(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        read_receipt(text, "r.json")
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith("r.json ")
    assert len(str(refused.value)) < 400


def test_the_command_line_writes_and_replays_receipts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "Mar 12\n\n" + "\n\n".join(f"{one.title}\n\n{one.abstract}" for one in PAPERS) + "\n"
    (tmp_path / "page.txt").write_text(page)
    data = ["--data", str(tmp_path / "store")]
    assert main(["index", str(tmp_path / "page.txt"), *data]) == 0
    file, model = tmp_path / "r.json", Model(digest="a" * 64)
    with ScriptedOllama(models=[model]) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        server.replies(['{"sentences": [{"text": "Errors fall.", "cites": ["1a"]}]}'])
        assert main(["ask", "How far do the word errors of Wav2Tok fall?", "--receipt", str(file), *data]) == 0
        written = file.read_text()
        row = json.loads(written)
        assert row["model"] == {"name": model.name, "digest": "a" * 64}
        assert row["paperchat"] == __version__
        assert row["index"]["papers"] == 3
        assert str(tmp_path) not in written
        capsys.readouterr()
        assert main(["replay", str(file), *data]) == 0
        assert "unchanged" in capsys.readouterr().out

    with ScriptedOllama(models=[replace(model, digest="b" * 64)]) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        row["sentences"][0]["citations"][0]["start"] += 1
        file.write_text(json.dumps(row))
        assert main(["replay", str(file), "--json", *data]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["citations"][0]["status"] == "the offsets were tampered with"
    assert "digest differs" in " ".join(told["problems"])


def test_the_command_line_refuses_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.json").write_text("{")
    for arguments, says in (
        (["ask", "x", "--receipt", str(tmp_path / "r.txt")], "does not end in .json or .md"),
        (["ask", "x", "--receipt", str(tmp_path / "none" / "r.md")], "Cannot write"),
        (["ask", "--questions", "q.jsonl", "--receipt", "r.md"], "q.jsonl"),
        (["replay", str(tmp_path / "bad.json")], "no receipt, or a damaged one"),
        (["replay", str(tmp_path / "none.json")], "Cannot read"),
    ):
        assert main([*arguments, "--data", str(tmp_path / "store")]) == 1
        error = capsys.readouterr().err
        assert says in error
        assert error.count("\n") == 1
    assert not (tmp_path / "store").exists()
