"""The prompt files that a model is told its work by, and may be edited: read once, and checked when they are read."""

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from paperchat.errors import PaperchatError

TASKS = (
    "again", "datasets", "definition", "each", "findings", "idea", "limits", "longer", "newcomer", "one", "reading",
    "related", "shorter", "simpler", "state", "summary", "title", "use",
)  # fmt: skip
"""What a model may be asked to write: each its own file."""

VARIABLES: Mapping[str, tuple[str, ...]] = {
    "check": ("title", "evidence", "claim"),
    "question": ("evidence", "question", "task"),
    "restate": ("conversation", "question"),
    "system": (),
    **{f"task-{name}": () for name in TASKS},
    "translate": ("language", "names", "text"),
}
"""The prompts by name, each with what is filled in for a `$variable` of it."""

RULE = "\n---\n"
"""What parts the rules of check.md from the question."""

_TYPED = re.compile(r"\$\{?\w{0,40}\}?")


class PromptError(PaperchatError):
    """A prompt file is not there, or cannot be filled in."""


def read_prompts(folder: Path) -> dict[str, str]:
    """Return every prompt by its name; raises PromptError that names file, variable and fix.

    A prompt with variables is to be filled in by string.Template, one without is the text itself.
    """
    return {name: _read(folder / f"{name}.md", names) for name, names in VARIABLES.items()}


def _read(path: Path, names: tuple[str, ...]) -> str:
    text = _text(path)
    _check(path, text, names)
    if path.stem == "check" and RULE not in text:
        raise PromptError(f"{path} has no line ---.", "Put it back between the rules and the question.")
    return text if names else Template(text).substitute()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PromptError(f"The prompt {path} is missing.", "Put it back, or install paperchat again.") from None
    except UnicodeDecodeError as error:
        raise PromptError(f"{path} is not UTF-8 (at byte {error.start}).", "Save it as UTF-8.") from None
    except OSError as error:
        raise PromptError(f"Cannot read {path}: {error.strerror}.", "Make it a readable file.") from None


def _check(path: Path, text: str, names: tuple[str, ...]) -> None:
    """Raise PromptError for a dollar sign that begins no variable of this prompt, and for a variable that it lacks."""
    known = f"Its variables are {', '.join(f'${name}' for name in names)}." if names else "It has no variables."
    found = set()
    for match in Template.pattern.finditer(text):
        if match["escaped"]:
            continue
        name = match["named"] or match["braced"]
        if name not in names:
            typed = _TYPED.findall(text, match.start())[0]
            line = text.count("\n", 0, match.start()) + 1
            fix = f"Write ${typed} for a dollar sign. {known}"
            raise PromptError(f"{path}, line {line}: {typed} is no variable of this prompt.", fix)
        found.add(name)
    for name in names:
        if name not in found:
            raise PromptError(f"{path} has no ${name}.", "Put it back where that text belongs.")
