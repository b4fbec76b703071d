"""What is there, what is not, and how to mend it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from paperchat.errors import ModelError, PaperchatError
from paperchat.models.ollama import OllamaServer
from paperchat.settings import Settings

if TYPE_CHECKING:
    from paperchat.app import App


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was found, whether that is good, and the fix when not."""

    what: str
    found: str
    good: bool
    fix: str = ""
    optional: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the finding as a JSON object."""
        return asdict(self)


def examine(settings: Settings, open_app: Callable[[Settings], AbstractContextManager["App"]]) -> list[Finding]:
    """Return what is found of store, Ollama and model; Ollama is optional."""
    return [_store(settings, open_app), *_ollama(settings)]


def _store(settings: Settings, open_app: Callable[[Settings], AbstractContextManager["App"]]) -> Finding:
    try:
        with open_app(settings) as app:
            return Finding("store", f"{len(app.papers())} papers in {settings.data}", True)
    except PaperchatError as error:
        return Finding("store", error.message, False, error.fix)


def _ollama(settings: Settings) -> list[Finding]:
    server = OllamaServer(settings.ollama_host, settings.model, settings.num_ctx, settings.timeout)
    try:
        findings = [Finding("Ollama", f"version {server.version()} at {settings.ollama_host}", True)]
    except ModelError as error:
        return [Finding("Ollama", error.message, False, error.fix, optional=True)]
    try:
        model = server.choose()
    except ModelError as error:
        return [*findings, Finding("chat model", error.message, False, error.fix, optional=True)]
    return [*findings, Finding("chat model", f"{model.name} ({server.context(model):,} tokens of context)", True)]
