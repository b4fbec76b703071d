"""Prompt files that were edited: what cannot be filled in is one clear error when they are read, not at a question."""

import shutil
from pathlib import Path
from string import Template
from typing import get_args

import pytest

from paperchat.app import App
from paperchat.dialogue.tasks import Task
from paperchat.errors import PaperchatError
from paperchat.models.prompt_files import TASKS, VARIABLES, read_prompts
from paperchat.paths import prompts_folder
from paperchat.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(prompts_folder(), tmp_path / "prompts"))


def test_the_prompts_of_paperchat_can_be_filled_in() -> None:
    prompts = read_prompts(prompts_folder())
    assert set(prompts) == {path.stem for path in prompts_folder().glob("*.md")} == set(VARIABLES)
    for name, names in VARIABLES.items():
        assert "word" in Template(prompts[name]).substitute(dict.fromkeys(names, "word")) or not names


@pytest.mark.parametrize(
    ("name", "found", "put", "says"),
    [
        (
            "question",
            "Question:",
            "Costs $5:",
            "line 4: $5 is no variable of this prompt. Write $$5 for a dollar",
        ),
        (
            "question",
            "Question:",
            "Pay in $ here:",
            "line 4: $ is no variable of this prompt. Write $$ for",
        ),
        ("question", "Question:", "$x:", ": $x is no variable of this prompt"),
        ("question", "Question:", "${claim}", "Its variables are $evidence, $question, $task."),
        ("question", "$evidence", "", "question.md has no $evidence. Put it back"),
        ("question", "$task", "", "question.md has no $task."),
        ("question", "$evidence", "$$evidence", "question.md has no $evidence."),
        ("check", "$claim", "${question}", "check.md, line 5: ${question} is no variable"),
        ("check", "---", "", "check.md has no line ---."),
        ("restate", "$conversation", "", "restate.md has no $conversation."),
        ("translate", "$names", "", "translate.md has no $names."),
        ("system", "short sentences", "sentences for $5", "system.md, line 3: $5 is no variable"),
        ("task-one", "one or two", "$one or two", "$one is no variable of this prompt. Write $$one for a dollar sign."),
    ],
)
def test_what_cannot_be_filled_in_names_file_variable_and_fix(
    folder: Path, name: str, found: str, put: str, says: str
) -> None:
    file = folder / f"{name}.md"
    text = file.read_text(encoding="utf-8")
    assert found in text
    file.write_text(text.replace(found, put), encoding="utf-8")
    with pytest.raises(PaperchatError) as error:
        read_prompts(folder)
    assert says in str(error.value)
    assert str(file) in str(error.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "is missing. Put it back"),
        ("a folder", "Cannot read"),
        (b"Evidence: \xff", "is not UTF-8 (at byte 10). Save it as UTF-8."),
    ],
    ids=["no file", "a folder", "Latin-1"],
)
def test_a_file_that_cannot_be_read_is_named(folder: Path, content: str | bytes | None, says: str) -> None:
    file = folder / "question.md"
    file.unlink()
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content:
        file.mkdir()
    with pytest.raises(PaperchatError) as error:
        read_prompts(folder)
    assert says in str(error.value)
    assert str(file) in str(error.value)


def test_two_dollar_signs_are_one(folder: Path) -> None:
    (folder / "system.md").write_text("Answer for $$5.", encoding="utf-8-sig")
    question = (folder / "question.md").read_text(encoding="utf-8")
    (folder / "question.md").write_text(f"It costs $$5. {question}", encoding="utf-8")
    prompts = read_prompts(folder)
    filled = Template(prompts["question"]).substitute(evidence="E $5", question="Q", task="T")
    assert (prompts["system"], filled[:13]) == ("Answer for $5.", "It costs $5. ")
    assert "E $5" in filled


def test_an_app_says_so_at_start_and_makes_no_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "question.md").write_text("$evidence $question $task $5", encoding="utf-8")
    monkeypatch.setattr("paperchat.app.prompts_folder", lambda: folder)
    with pytest.raises(PaperchatError, match="no variable"):
        App(Settings(folder / "store"), lambda line: None, lambda done, total: None)
    assert not (folder / "store").exists()


def test_whatever_is_asked_to_be_made_has_its_prompt() -> None:
    """Where papers disagree is told by no model."""
    assert set(get_args(Task)) - {"conflict"} <= set(TASKS)
