"""The model that writes: its server, what it is told and how much it may say, as one value that is handed on."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from paperchat.models.sizes import Portion, portion_of
from paperchat.protocols import ChatModel, Thought
from paperchat.types import Message, ModelInfo, Usage


@dataclass(frozen=True, slots=True)
class Model:
    """A chat model behind a server, the prompts by name, and its longest reply in tokens.

    `asked` are settings that overrule what its size gives it (see `sizes`); `clock` returns seconds. `info` is the
    model chosen, None before `chosen`.
    """

    server: ChatModel
    prompts: Mapping[str, str]
    max_tokens: int
    asked: Mapping[str, int | str]
    clock: Callable[[], float]
    info: ModelInfo | None = None

    def chosen(self) -> "Model":
        """Return this with the model that would answer now; raises ModelError with the line that mends it.

        Of a context that is smaller than was asked for, a reply takes half at most.
        """
        if self.info:
            return self
        info = self.server.choose()
        return replace(self, info=info, max_tokens=min(self.max_tokens, self.server.context(info) // 2))

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
    def portion(self) -> Portion:
        """How much it is shown, and how freely it writes."""
        return portion_of(self.known.parameters, self.room, self.asked)

    @property
    def context(self) -> int:
        """The tokens that its server gives it."""
        return self.server.context(self.known)

    def chat(
        self, messages: Sequence[Message], schema: Mapping[str, Any] | None, max_tokens: int = 0
    ) -> Iterator[str | Usage]:
        """Yield the reply piece by piece (see ChatModel), without a thought; of at most `max_tokens`."""
        pieces = self.server.chat(self.known, messages, schema, max_tokens or self.max_tokens)
        return (piece for piece in pieces if not isinstance(piece, Thought))

    def yes_probability(self, messages: Sequence[Message]) -> Generator[None, None, float | None]:
        """Return how probable it is that the reply begins with "Yes" (see ChatModel)."""
        return self.server.yes_probability(self.known, messages)

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any] | None) -> Iterator[str | Thought | Usage]:
        """Yield the longest reply that is allowed, and before it what the model thinks, where it may."""
        thinks = self.asked.get("think") == "yes" and self.known.thinking
        return self.server.chat(self.known, messages, schema, self.max_tokens, think=thinks)
