"""Every command has a module, a help and a place in the README; what they print for people is plain text."""

import argparse
import ast
import json
import re
from pathlib import Path

import pytest

import paperchat.cli
from paperchat.cli.main import COMMANDS, main, make_parser
from paperchat.cli.progress import say
from paperchat.cli.terminal import print_answer, print_json, print_results, show
from paperchat.cli.trace import run
from paperchat.errors import InputError
from paperchat.types import Answer, AnswerSentence, Citation, Paper, Result
from tests.test_architecture import MAY_IMPORT

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path(paperchat.cli.__file__).parent
MODULES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.py")}
HOSTILE = "\x1b[2J\x07\u202e\u200b\x9b"


def commands() -> dict[str, str]:
    """Return the help of each command that the parser knows."""
    (action,) = (one for one in make_parser()._actions if isinstance(one, argparse._SubParsersAction))
    return {choice.dest: choice.help or "" for choice in action._get_subactions()}


def table() -> set[str]:
    """Return the commands of the README's table."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in readme.splitlines() if line.startswith("| `paperchat")]
    return {name for row in rows for name in re.findall(r"`paperchat ([a-z]+)", row)}


def test_every_command_stands_in_the_readme_and_the_readme_names_no_other() -> None:
    assert table() == set(commands())


def test_every_command_is_one_module_that_adds_its_parser_and_runs_it() -> None:
    has_both = {"add_parser", "run"}
    defined = {
        name: {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} for name, tree in MODULES.items()
    }
    modules = {name for name, functions in defined.items() if has_both <= functions}
    assert modules == {command.__name__.rpartition(".")[2] for command in COMMANDS}
    assert len(modules) == len(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_has_its_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main([name, "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert raised.value.code == 0
    assert commands()[name]
    assert commands()[name] in told
    assert "--data" in told


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"terminal"}))
def test_only_the_terminal_prints(name: str) -> None:
    called = {
        node.func.id
        for node in ast.walk(MODULES[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert "print" not in called


def test_what_people_read_holds_no_character_that_moves_the_cursor_or_hides_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show(f"one {HOSTILE}two\n  three")
    say(f"one {HOSTILE}two")
    out, err = capsys.readouterr()
    assert out == "one [2Jtwo\n  three\n"
    assert err == "paperchat: one [2Jtwo\n"


def test_no_name_or_notice_of_an_answer_writes_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    cites = (Citation("1", f"One{HOSTILE}", "It holds.", 0, 9),)
    results = (Result(Paper("1", f"One{HOSTILE}", "It holds.", "f"), 1, 1.0, None, None, ()),)
    sentence = AnswerSentence(f"It holds{HOSTILE}.", cites, "unsupported", f"No{HOSTILE}.")
    print_answer([Answer("q", results, (sentence,), stage="done", notices=(f"Model {HOSTILE} failed.",))])
    print_results(results)
    out = capsys.readouterr().out
    assert out.count("One") == 2
    assert "Model [2J failed." in out
    assert out.replace("\n", "").isprintable()


def test_json_is_one_line_of_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"title": HOSTILE}, {"id": "\x1b"})
    out = capsys.readouterr().out
    assert out.isascii()
    assert out.rstrip("\n").isprintable()
    assert json.loads(out) == {"id": "\x1b", "title": HOSTILE}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "paperchat/cli/README.md", "tests/bench/README.md"])
def test_the_links_of_the_guides_lead_somewhere(name: str) -> None:
    guide = ROOT / name
    for link in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", guide.read_text(encoding="utf-8")):
        target = (guide.parent / link[0]).resolve()
        assert target.exists(), link
        headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE) if link[1] else []
        assert not link[1] or link[1] in {heading.lower().replace(" ", "-") for heading in headings}, link


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_first_guides_are_short(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= 120


def test_the_guides_name_the_targets_of_make_that_there_are() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md", "tests/bench/README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert set(re.findall(r"(?:^ {4}|`)make ([a-z-]+)", text, re.MULTILINE)) <= targets


def test_the_guide_shows_the_rooms_that_the_architecture_has() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = set(re.findall(r"^\| `([a-z]+)(?:/|\.py)` ", guide, re.MULTILINE))
    assert rooms == set(MAY_IMPORT) - {"__main__"}


@pytest.mark.parametrize("name", ["draft.md", "folder/draft", "."])
def test_what_only_can_be_a_file_s_name_is_no_draft(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="Cannot read"):
        run(argparse.Namespace(text=name if name != "." else str(tmp_path)))


@pytest.mark.parametrize(
    ("name", "problem"),
    [("report.pdf", "is no form of a report"), ("no/report.md", "Cannot write"), ("x", "is no form")],
)
def test_a_report_that_cannot_be_written_is_refused_before_the_work(
    name: str, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", "It is so.", "--report", str(tmp_path / name), "--data", str(tmp_path)]) == 1
    assert problem in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
