"""Progress on standard error."""

import io
import json
import sys

import pytest

from paperchat.cli.progress import Bar


def test_lines_go_to_standard_error_and_no_bar_is_drawn_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar("Reading", "papers") as bar:
        bar.say("Building the index.")
        bar.update(1, 3)
        bar.update(3, 3)
    out, err = capsys.readouterr()
    assert (out, err) == ("", "paperchat: Building the index.\n")


def test_a_program_that_asks_for_json_is_told_pace_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar(as_json=True) as bar:
        for done in (0, 3, 10):
            bar.update(done, 10)
    out, err = capsys.readouterr()
    first, last = map(json.loads, err.splitlines())
    assert (out, first) == ("", {"done": 0, "of": 10, "papers_per_second": 0.0, "seconds_left": None})
    assert (last["done"], last["of"], last["seconds_left"]) == (10, 10, 0)


def test_people_are_told_pace_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", terminal)
    for as_json in (False, True):
        with Bar(as_json=as_json) as bar:
            for done in (0, 5, 10):
                bar.update(done, 10)
    assert "10/10" in terminal.getvalue()
    assert "papers/s" in terminal.getvalue()
