"""The model that writes: its server, what it is told and how much it may say, as one value that is handed on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from paperchat.protocols import ChatModel
from paperchat.types import Message, ModelInfo, Usage


@dataclass(frozen=True, slots=True)
class Model:
    """A chat model behind a server, the prompts by name, and its limits, both in tokens: the reply, the evidence.

    `clock` returns seconds. `info` is the model chosen, None before `chosen`.
    """

    server: ChatModel
    prompts: Mapping[str, str]
    max_tokens: int
    evidence_tokens: int
    clock: Callable[[], float]
    info: ModelInfo | None = None

    def chosen(self) -> "Model":
        """Return this with the model that would answer now; raises ModelError with the line that mends it."""
        return self if self.info else replace(self, info=self.server.choose())

    @property
    def known(self) -> ModelInfo:
        """The model chosen."""
        if self.info is None:
            raise ValueError("no model was chosen: call chosen() first")
        return self.info

    @property
    def room(self) -> int:
        """The tokens of its context that a prompt may take."""
        return self.context - self.max_tokens

    @property
    def context(self) -> int:
        """The tokens that its server gives it."""
        return self.server.context(self.known)

    def chat(
        self, messages: Sequence[Message], schema: Mapping[str, Any] | None, max_tokens: int = 0
    ) -> Iterator[str | Usage]:
        """Yield the reply piece by piece (see ChatModel); of at most `max_tokens`, or the longest that is allowed."""
        return self.server.chat(self.known, messages, schema, max_tokens or self.max_tokens)
