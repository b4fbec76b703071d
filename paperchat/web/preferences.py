"""What a reader may change of the settings: what each does, what it is now, what becomes of a value that is typed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperchat.errors import InputError, PaperchatError
from paperchat.settings import AS_STARTED, LIMITS, NO_MODEL, Choice, Settings
from paperchat.text.cleaning import printable
from paperchat.web.choosing import about, check_model
from paperchat.web.folded_view import shown
from paperchat.web.view_model import Json

if TYPE_CHECKING:
    from paperchat.app import App

Options = tuple[tuple[str, str], ...]
"""Choices of a setting: what is read, and the value."""

LONGEST = 300
"""Characters of what is typed that are looked at."""

BY_SIZE = "By the model's size"


@dataclass(frozen=True, slots=True)
class Field:
    """A setting: what it is called, what it does, and its choices where it has some."""

    title: str
    does: str
    options: Options = ()


FIELDS = {
    "model": Field("Model", "Writes the answers; one that is chosen for a conversation goes before it."),
    "papers": Field("Papers retrieved", "Papers that are found for a question; a list is always of the whole set."),
    "evidence_tokens": Field("Most evidence", "How much of the papers the model is shown, in tokens."),
    "evidence_papers": Field("Most papers written from", "Papers that an answer from several is written from."),
    "form": Field(
        "Form",
        "How an answer from several papers is written.",
        (
            (BY_SIZE, ""),
            ("One sentence on each paper, in order", "strict"),
            ("As the model orders and joins them", "free"),
        ),
    ),
    "think": Field(
        "Think first",
        "Lets a model that can think do so before it writes; it then takes longer.",
        (("No", "no"), ("Yes", "yes")),
    ),
    "max_tokens": Field("Longest answer", "In tokens, of which a word has about one and a half; more is cut off."),
    "num_ctx": Field(
        "Context", "What the model reads at once, in tokens, never more than it has; more takes more memory."
    ),
}
"""The settings by their names, in their order."""


@dataclass(frozen=True, slots=True)
class State:
    """What the fields hold for a reader, by their names; those `changed` are not as paperchat was started."""

    texts: dict[str, str]
    changed: frozenset[str]
    models: Options


class Preferences:
    """The settings of an app's readers."""

    def __init__(self, app: "App") -> None:
        self._app = app
        self._started = app.writers.settings

    def state(self, reader: str) -> State:
        """Return what a reader's settings are; asks the model server what is installed."""
        choice = self._app.conversations.choices.settings(reader)
        own = choice.over(self._started)
        texts = {name: str(getattr(own, name) or "") for name in FIELDS} | {"model": choice.model}
        changed = frozenset(name for name in FIELDS if getattr(choice, name) != getattr(AS_STARTED, name))
        return State(texts, changed, self._models(choice))

    def change(self, reader: str, name: str, text: str) -> Json:
        """Change a setting to what was typed, or with an empty text to its default; return the line on that."""
        try:
            if not reader:
                raise InputError("It is not known any more whose settings these are.", "Reload the page.")
            before, choice = self._changed(reader, name, text[:LONGEST])
        except PaperchatError as error:
            return {"message": printable(str(error))}
        return {"kept": self._kept(name, choice)} if choice != before else {}

    def _changed(self, reader: str, name: str, text: str) -> tuple[Choice, Choice]:
        """Keep what was typed; return what the reader had chosen before and what now."""

        def changed(choice: Choice) -> Choice:
            return choice.changed(name, text, self._started, FIELDS[name].title)

        choices = self._app.conversations.choices
        if name == "model":
            check_model(self._app, changed(choices.settings(reader)).model)
        return choices.change(reader, changed)

    def default(self, name: str) -> str:
        """Return what a setting is where nothing was chosen, as it is read."""
        return self._read(name, self._started) or "the best that is installed"

    def options(self, name: str) -> Options:
        """Return the choices of a setting, without "by size" where paperchat was started with one of the others."""
        return tuple(one for one in FIELDS[name].options if one[1] or not getattr(self._started, name))

    def _models(self, choice: Choice) -> Options:
        installed, _ = self._app.writers.installed()
        named = [(" · ".join(filter(None, (shown(one.name), about(one)))), one.name) for one in installed]
        if choice.model not in ("", NO_MODEL, *(one.name for one in installed)):
            named.append((f"{shown(choice.model)} (not installed)", choice.model))
        started = self._started.model
        first = f"{shown(started)}, as paperchat was started" if started else "The best that is installed"
        return ((first, ""), *named, ("Without a model", NO_MODEL))

    def _kept(self, name: str, choice: Choice) -> str:
        unkept = self._app.conversations.choices.unkept
        value = self._read(name, choice.over(self._started)) or "the best that is installed"
        kept = f"They are kept until paperchat ends: {unkept}" if unkept else "Kept."
        return f"{FIELDS[name].title} is now: {shown(value)}. {kept}"

    def _read(self, name: str, settings: Settings) -> str:
        """Return a setting as it is read; a model that is not chosen is empty."""
        value = getattr(settings, name)
        if name == "model":
            return "none" if value == NO_MODEL else str(value)
        if FIELDS[name].options:
            return {key: label for label, key in FIELDS[name].options}[value].lower()
        return f"{value:,}" if value else BY_SIZE.lower()


def hint(name: str) -> str:
    """Return what may be typed for a number."""
    low, high = LIMITS[name]
    return f"{low:,} to {high:,}"
