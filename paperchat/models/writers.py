"""What may write the answers: the models of a server, run as the settings say or as a reader chose."""

import time
from collections.abc import Mapping

from paperchat.errors import ModelError
from paperchat.models.model import Model
from paperchat.models.ollama import OllamaServer
from paperchat.models.recommended import Recommended, fitting, memory_at, why
from paperchat.settings import AS_STARTED, NO_MODEL, Choice, Settings
from paperchat.types import ModelInfo


class Writers:
    """The models of the server that `settings` name, which are told their work by these prompts."""

    def __init__(self, settings: Settings, prompts: Mapping[str, str]) -> None:
        self.settings = settings
        self.server = OllamaServer(settings.ollama_host, settings.model, settings.num_ctx, settings.timeout)
        self._prompts = prompts

    def model(self, choice: Choice = AS_STARTED) -> Model | None:
        """Return what writes where a reader chose so; its server is not asked yet. None where nothing is to."""
        own = choice.over(self.settings)
        if own.model == NO_MODEL:
            return None
        server = self.server.run(own.model, own.num_ctx)
        return Model(server, self._prompts, own.max_tokens, overruling(own), time.perf_counter)

    def now(self, choice: Choice = AS_STARTED) -> tuple[Model | None, str]:
        """Return the model that would be asked now, or None and the line that says how to get one, if it is wanted."""
        model = self.model(choice)
        try:
            return model and model.chosen(), ""
        except ModelError as error:
            return None, str(error)

    def installed(self) -> tuple[tuple[ModelInfo, ...], str]:
        """Return the models that may be chosen, the largest first, or none and the line on why their server fails."""
        try:
            return tuple(sorted(self.server.models(), key=lambda model: (-model.parameters, model.name))), ""
        except ModelError as error:
            return (), str(error)

    def recommended(self) -> tuple[str, tuple[Recommended, ...]]:
        """Return a line that says why, and the models that fit into the memory of the server's machine, best first."""
        memory = memory_at(self.settings.ollama_host)
        fits = fitting(memory)
        return why(memory, fits[0]), fits


def used_settings(settings: Settings) -> dict[str, int | str]:
    """Return what an answer depends on beside the papers, the prompts and the model."""
    return {
        "num_ctx": settings.num_ctx,
        "max_tokens": settings.max_tokens,
        "papers": settings.papers,
        **overruling(settings),
    }


def overruling(settings: Settings) -> dict[str, int | str]:
    """Return the settings that overrule what a model's size gives it, those alone that were chosen."""
    own = {name: getattr(settings, name) for name in ("evidence_tokens", "evidence_papers", "form", "think")}
    return {name: value for name, value in own.items() if value and value != "no"}
