"""Which model answers a reader in a conversation, which others there are, and which are worth installing."""

from dataclasses import replace
from typing import TYPE_CHECKING

from paperchat.errors import InputError
from paperchat.settings import NO_MODEL, Choice
from paperchat.types import ModelInfo
from paperchat.web.folded_view import shown
from paperchat.web.view_model import Json

if TYPE_CHECKING:
    from paperchat.app import App


def choice_of(app: "App", reader: str, key: str, model: str = "") -> Choice:
    """Return what a question is asked with: the reader's settings, with the conversation's model, or this one alone."""
    choices = app.conversations.choices
    own, named = choices.settings(reader), model or choices.model(reader, key)
    return replace(own, model=named) if named else own


def choose_model(app: "App", reader: str, key: str, model: str) -> None:
    """Let a model answer in a conversation; with an empty name the reader's settings say which. Raises InputError."""
    check_model(app, model)
    app.conversations.choices.choose(reader, key, model)


def check_model(app: "App", model: str) -> None:
    """Raise InputError for a model that cannot be chosen: it is not installed, cannot chat, or runs in a cloud."""
    installed, trouble = app.writers.installed()
    if model not in ("", NO_MODEL, *(one.name for one in installed)):
        fix = trouble or f"Choose another, or run: `ollama pull {model}`"
        raise InputError(f"No model {model!r} that can answer is installed in Ollama.", fix)


def models_view(app: "App", reader: str, key: str) -> Json:
    """Return the model that would answer now (null: none) and the line on what is missing; then what can be chosen.

    `chosen` is what was chosen for this conversation, and `usual` what answers where nothing is.
    """
    choices, writers = app.conversations.choices, app.writers
    chosen, usual = choices.model(reader, key), choices.settings(reader)
    installed, trouble = writers.installed()
    model, advice = (None, trouble) if trouble else writers.now(choice_of(app, reader, key))
    other = writers.now(usual)[0] if chosen and not trouble else model
    line, recommended = writers.recommended()
    there = {one.name for one in installed}
    missing = [one for one in recommended if one.name not in there]
    return {
        "model": model and shown(model.known.name),
        "advice": "" if (chosen or usual.model) == NO_MODEL else shown(advice),
        "none": NO_MODEL,
        "chosen": shown(chosen),
        "usual": shown(other.known.name) if other else "",
        "installed": [{"name": shown(one.name), "about": about(one)} for one in installed],
        "why": line,
        "missing": [{"name": one.name, "about": one.about, "command": one.command} for one in missing],
    }


def about(model: ModelInfo) -> str:
    """Return what is told of a model beside its name: its size, its context, whether it can think."""
    size = f"{model.parameters:.2g}B" if model.parameters else ""
    context = f"{model.context_length:,} tokens of context" if model.context_length else ""
    return " · ".join(filter(None, [size, context, "can think" if model.thinking else ""]))
