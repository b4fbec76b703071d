"""The Protocols: what a model, an embedder, a server or a day is to the rest of paperchat."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from paperchat.types import Message, ModelInfo, Usage, Vectors


class Embedder(Protocol):
    """Turns text into unit vectors. `name` identifies model and treatment: vectors of two names never mix.

    `embed_parts` takes chunks, each a title and its sentences, and returns for each one row for the chunk and then one
    a sentence.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...

    def embed_parts(self, chunks: Sequence[Sequence[str]]) -> list[Vectors]: ...

    def embed_query(self, text: str) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class Guess:
    """How a question reads: the probability of each kind and of what would answer it, and its words by what they do.

    `kinds` are one, compare, list, count, overview, edit, and the requests, such as "set.count"; `wants` are number,
    name, place, time, reason, way, yesno, definition, quote, papers, table, text, none. `about` are the words that say
    what it is about, `left_out` those that say what is to be left out, as typed.
    """

    kinds: Mapping[str, float]
    wants: Mapping[str, float]
    about: str
    left_out: str


class QuestionReader(Protocol):
    """Reads questions: how one reads, and the log odds that sentences, each with its paper's title, answer it, (n,)."""

    def read(self, question: str, /) -> Guess: ...

    def fit(self, question: str, passages: Sequence[tuple[str, str]]) -> Vectors: ...


class ClaimReader(Protocol):
    """Reads claims: the log odds that sentences of a paper, given with its title, say one, or say the opposite."""

    def entailment(self, claim: str, title: str, sentences: str, /) -> float: ...

    def contradiction(self, claim: str, title: str, sentences: str, /) -> float: ...


@dataclass(frozen=True, slots=True)
class Thought:
    """A piece of what a model thinks before it writes: shown folded, and no part of its reply."""

    text: str


class ChatModel(Protocol):
    """A chat model behind a server.

    `choose` returns the model that would answer now, or raises ModelError with the line that mends it. `chat` yields
    the reply's text piece by piece (an empty piece now and then while the server is silent) and, last, a Usage; it
    raises ModelError (whatever came before it stays valid), and closing the iterator stops the server's work. A model
    that is to `think` yields each piece of that as a Thought first.
    `yes_probability` returns how probable it is, 0..1, that the reply to a yes-or-no question begins with "Yes", or
    None when the server does not tell; it yields while the server is silent, is stopped by closing it too, and raises
    ModelError.
    """

    def choose(self) -> ModelInfo: ...

    def chat(
        self,
        model: ModelInfo,
        messages: Sequence[Message],
        schema: Mapping[str, Any] | None,
        max_tokens: int,
        think: bool = False,
    ) -> Iterator[str | Thought | Usage]: ...

    def yes_probability(self, model: ModelInfo, messages: Sequence[Message]) -> Generator[None, None, float | None]: ...

    def context(self, model: ModelInfo) -> int: ...


class Day(Protocol):
    """A day of the calendar, as `datetime.date` has it, for what knows no clock; `replace` raises ValueError."""

    @property
    def year(self) -> int: ...

    @property
    def month(self) -> int: ...

    def toordinal(self) -> int: ...

    def fromordinal(self, number: int, /) -> Self: ...

    def replace(self, year: int, month: int, day: int) -> Self: ...

    def isoformat(self) -> str: ...
