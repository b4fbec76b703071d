"""Which Gradios the page is tested on besides the one that is installed."""

from types import SimpleNamespace

import pytest

from tests import gradios


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ('  "gradio>=6.31,<7",    # the page', ("gradio==6.31", "gradio>=6.31,<7")),
        ('["ollama>=0.6", "gradio>=6.31.2,!=6.33,<8"]', ("gradio==6.31.2", "gradio>=6.31.2,!=6.33,<8")),
    ],
    ids=["as now", "another"],
)
def test_the_lowest_and_the_newest_of_the_range_are_asked_for(line: str, ends: tuple[str, str]):
    assert gradios.allowed(line) == ends


def test_the_range_of_this_project_is_read_and_its_tests_are_there():
    assert gradios.allowed((gradios.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert all((gradios.ROOT / name).is_file() for name in gradios.TESTS)


@pytest.mark.parametrize(
    ("index", "tested", "status"),
    [
        ({"gradio==6": "6.0.0", "gradio>=6,<7": "6.9.0"}, ["6.0.0", "6.9.0"], 1),
        ({"gradio==6": "6.0.0", "gradio>=6,<7": "6.0.0"}, ["6.0.0"], 1),
        ({"gradio==6": "6.9.9", "gradio>=6,<7": "6.9.9"}, [], 0),
    ],
    ids=["two", "one", "none but what is installed"],
)
def test_each_version_but_the_installed_one_is_tested_once(
    monkeypatch: pytest.MonkeyPatch, index: dict[str, str], tested: list[str], status: int
):
    ran: list[str] = []
    monkeypatch.setattr(gradios, "version", lambda _: "6.9.9")
    monkeypatch.setattr(gradios, "resolved", index.__getitem__)

    def fails_below_6_1(number: str) -> int:
        ran.append(number)
        return int(number == "6.0.0")

    monkeypatch.setattr(gradios, "tested", fails_below_6_1)
    assert gradios.main(list(index)) == status
    assert ran == tested


def test_the_index_is_not_asked_for_the_version_that_is_installed(monkeypatch: pytest.MonkeyPatch):
    asked: list[list[str]] = []

    def run(call: list[str], **_: object) -> SimpleNamespace:
        asked.append(call)
        return SimpleNamespace(stdout='{"install": [{"metadata": {"version": "6.40.0"}}]}')

    monkeypatch.setattr(gradios, "version", lambda _: "6.31.0")
    monkeypatch.setattr("subprocess.run", run)
    assert [gradios.resolved(one) for one in ("gradio==6.31", "gradio>=6.31,<7")] == ["6.31.0", "6.40.0"]
    assert [call[-1] for call in asked] == ["gradio>=6.31,<7"]


def test_a_project_without_gradio_is_said():
    with pytest.raises(SystemExit, match="names no gradio"):
        gradios.allowed('dependencies = ["fastapi"]')
