"""Two evaluations compared."""

import json
from pathlib import Path
from typing import Any

import pytest

from paperchat.cli.main import main
from paperchat.errors import InputError
from paperchat.evaluation.report import compare, comparison_text


def results(**recalls: float) -> dict[str, Any]:
    rows = [
        {"id": key, "type": "fact", "question": f"What of {key}?", "scores": {"recall@5": value, "total_s": 1 + value}}
        for key, value in recalls.items()
    ]
    plain = {"model": "m", "digest": "d", "version": "1", "commit": "c", "machine": {}, "papers": {"digest": "p"}}
    return {**plain, "settings": {}, "metrics": {}, "questions": {"sha256": "s" * 64, "name": "q"}, "rows": rows}


def test_a_comparison_counts_pairs_and_says_what_noise_may_be() -> None:
    before = results(a=0, b=0, c=0, d=0, e=0, f=0, g=1, h=1)
    recall, total = compare(before, results(a=1, b=1, c=1, d=1, e=1, f=1, g=1, h=1))
    assert (recall.pairs, recall.before, recall.after, recall.better, recall.worse) == (8, 0.25, 1, 6, 0)
    assert (recall.p, recall.verdict) == (2 / 64, "better")
    assert (total.measure.name, total.verdict) == ("total_s", "worse")  # more seconds
    (recall, _) = compare(before, results(a=1, b=1, c=1, d=1, e=0, f=0, g=0, h=0))
    assert (recall.better, recall.worse, recall.verdict) == (4, 2, "within noise")
    assert compare(before, results(a=1, b=0, c=0, d=0, e=0, f=0, g=1, h=1))[0].verdict.startswith("too few")
    assert compare(before, before)[0].verdict == "the same on every question"


def test_a_comparison_is_told_by_measure_and_by_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = results(a=0, b=1), {**results(a=1, b=1), "commit": "d"}
    for name, one in (("A", before), ("B", after)):
        (tmp_path / f"{name}.json").write_text(json.dumps(one))
    assert main(["eval", "--compare", str(tmp_path / "A.json"), str(tmp_path / "B.json")]) == 0
    out = capsys.readouterr().out
    assert "Changed: commit c -> d" in out
    assert "a (fact) What of a?\n    + recall@5 0 -> 1" in out
    assert "b (fact)" not in out
    assert "No question changed." in comparison_text(before, before)


def test_other_questions_or_no_results_cannot_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = {**results(a=1), "questions": {"sha256": "t" * 64, "name": "r"}}
    with pytest.raises(InputError, match=r"asked different questions: q .*and r "):
        compare(results(a=1), other)
    (tmp_path / "x.json").write_text("{}")
    assert main(["eval", "--compare", str(tmp_path / "x.json"), str(tmp_path / "x.json")]) == 1
    assert "does not hold the results of an evaluation" in capsys.readouterr().err
    assert main(["eval", "q.jsonl", "--compare", "A.json", "B.json"]) == 1
    assert "Not both" in capsys.readouterr().err
