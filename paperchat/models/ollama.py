"""The chat models of an Ollama server: which is best, and what it replies. Its address may be another server's."""

import math
import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from paperchat.errors import ModelError
from paperchat.models.recommended import best_at
from paperchat.protocols import Thought
from paperchat.text.cleaning import printable
from paperchat.types import Message, ModelInfo, Usage

if TYPE_CHECKING:
    from paperchat.models.connection import Connection

Read = TypeVar("Read")

NAME = re.compile(r"[\w./:@-]{1,300}", re.ASCII)  # of a model: Ollama takes no other

MOST_MODELS = 500  # that are asked about

MOST_LETTERS = 300  # of a version, a digest, a size

LONGEST_TOKEN = 100  # characters

COMFORTABLE = 9.0  # billions of parameters that an ordinary machine (16 GB) runs at reading speed

SPECIAL = re.compile(r"code|vision|vl|math|guard|base", re.IGNORECASE)  # names of models not made for general answers

_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)([KMBT])")

_THINKS = re.compile("<(think|thinking)>")

THINKING = 2048  # most tokens that a model may think for, where it may

TOP_TOKENS = 20  # the most that Ollama gives the probabilities of


@dataclass(frozen=True)
class Installed:
    """A model that a server has, as /api/tags tells of it."""

    name: str
    digest: str
    size: str
    is_remote: bool


@dataclass(eq=False)
class OllamaServer:
    """A ChatModel: the chat models of a server, run with `num_ctx` tokens; `timeout` is its longest silence, in s."""

    host: str
    model: str = ""
    num_ctx: int = 8192
    timeout: float = 300.0
    _described: dict[tuple[str, str], ModelInfo | None] = field(default_factory=dict, init=False, repr=False)

    def run(self, model: str, num_ctx: int) -> "OllamaServer":
        """Return this server asked for another model, with another context; what it told of its models is shared."""
        other = OllamaServer(self.host, model, num_ctx, self.timeout)
        other._described = self._described
        return other

    def version(self) -> str:
        """Return the server's version."""
        return self.connection.ask("/api/version", lambda reply: _word(reply["version"]))

    def models(self) -> tuple[ModelInfo, ...]:
        """Return the chat models installed on the server's machine; models that run in a cloud are left out."""
        local = (model for model in self._installed() if not model.is_remote)
        return tuple(info for model in islice(local, MOST_MODELS) if (info := self._describe(model)))

    def choose(self) -> ModelInfo:
        """Return the model of the settings, else the best one installed.

        Best is the largest one up to 9 billion parameters, because a larger one does not fit an ordinary machine, and
        a general model before one for code or images; if all are larger, the smallest. Raises ModelError when none is
        installed, or the one of the settings is not, cannot chat or runs in a cloud.
        """
        best = self._describe(self.find(self.model)) if self.model else max(self.models(), key=_merit, default=None)
        if best is None:
            problem = f"{self.model} cannot chat." if self.model else "Ollama has no chat model installed."
            raise ModelError(problem, f"Run: ollama pull {best_at(self.host)}")
        return best

    def context(self, model: ModelInfo) -> int:
        """Return the context that `model` is run with, in tokens."""
        return min(self.num_ctx, model.context_length or self.num_ctx)

    def chat(
        self,
        model: ModelInfo,
        messages: Sequence[Message],
        schema: Mapping[str, Any] | None,
        max_tokens: int,
        think: bool = False,
    ) -> Iterator[str | Thought | Usage]:
        """Yield the reply's text piece by piece without its thinking and, last, a Usage; `max_tokens` is its limit.

        A model that is to `think` has THINKING tokens more for that, which come as pieces of Thought. While the
        server is silent (it loads the model, or reads the prompt) an empty piece comes now and then. With a
        JSON `schema` the text is JSON that fits it. Closing the iterator closes the connection, which ends the
        server's work. Raises ModelError for every failure of the server; an incomplete reply is one of them,
        and so is one that does not end.
        """
        max_tokens += THINKING * think
        request = {**self._request(model, messages, max_tokens), "format": schema}
        visible, room = _Visible(), max_tokens * LONGEST_TOKEN
        with closing(self.connection.chat(request, _thinking(model, think))) as records:
            for record in records:
                if record is None:
                    yield ""
                    continue
                text = visible.feed(record.message.content or "", last=bool(record.done))
                room -= len(record.message.content or "") + len(record.message.thinking or "")
                if room < 0:
                    raise ModelError(f"{model.name} wrote more than the {max_tokens} tokens asked for.", "Ask again.")
                if think and record.message.thinking:
                    yield Thought(record.message.thinking)
                if text:
                    yield text
                if record.done:
                    reason = "length" if record.done_reason == "length" else "stop"
                    yield Usage(record.prompt_eval_count or 0, record.eval_count or 0, reason)
                    return
        raise ModelError("Ollama ended the reply early: the answer is incomplete.", "Ask again.")

    def yes_probability(self, model: ModelInfo, messages: Sequence[Message]) -> Generator[None, None, float | None]:
        """Return the probability, 0..1, that the reply begins with "Yes" and not "No", or None.

        None: the server gives no token probabilities, or neither word is likely. Yields now and then while the server
        is silent; closing it then ends the server's work. Raises ModelError as `chat` does.
        """
        odds = {"logprobs": True, "top_logprobs": TOP_TOKENS}
        chances = {"yes": 0.0, "no": 0.0}
        request = {**self._request(model, messages, 1), **odds}
        with closing(self.connection.chat(request, _thinking(model))) as records:
            told: Sequence[Any] = ()
            for record in records:
                if record is None:
                    yield
                elif record.logprobs and not told:
                    told = record.logprobs[0].top_logprobs or ()
        for token in told:
            word = token.token.strip().lower()
            if word in chances:
                chances[word] += math.exp(min(token.logprob, 0.0))
        total = chances["yes"] + chances["no"]
        return chances["yes"] / total if total > 0 else None

    def _request(self, model: ModelInfo, messages: Sequence[Message], max_tokens: int) -> dict[str, Any]:
        return {
            "model": model.name,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "options": {"num_ctx": self.context(model), "num_predict": max_tokens, "temperature": 0, "seed": 1},
        }

    def find(self, name: str) -> Installed:
        """Return an installed local model by its name, which may omit ":latest"; raises ModelError."""
        wanted = (name.lower(), f"{name.lower()}:latest")
        found = next((model for model in self._installed() if model.name.lower() in wanted), None)
        if found.is_remote if found else _is_cloud(name):
            raise ModelError(f"{name} runs in a cloud: it would send papers off this machine.", "Choose a local model.")
        if found is None:
            raise ModelError(f"The model {name} is not installed in Ollama.", f"Run: ollama pull {name}")
        return found

    def capabilities(self, name: str) -> tuple[str, ...] | None:
        """Return what an installed model can do; servers before 0.6.4 do not say. Raises ModelError."""
        return self._show(name, _capabilities)

    def _installed(self) -> tuple[Installed, ...]:
        return self.connection.ask("/api/tags", lambda reply: tuple(filter(None, map(_tag, reply["models"]))))

    def _describe(self, model: Installed) -> ModelInfo | None:
        key = (model.name, model.digest)
        if key not in self._described:
            self._described[key] = self._show(model.name, lambda shown: _model_info(model, shown))
        return self._described[key]

    def _show(self, name: str, read: Callable[[Any], Read]) -> Read:
        return self.connection.ask("/api/show", read, {"model": name})

    @cached_property
    def connection(self) -> "Connection":
        """The connection to the server; nothing is sent yet."""
        from paperchat.models.connection import Connection

        return Connection(self.host, self.timeout)


class _Visible:
    """Lets a reply's text through, but not a `<think>` or `<thinking>` block that it opens with."""

    _held: str | None = ""

    def feed(self, piece: str, last: bool) -> str:
        """Return the text that is sure to be visible; the `last` piece settles what was held back."""
        if self._held is None:
            return piece
        self._held += piece
        text = self._held.lstrip()
        block = _THINKS.match(text)
        if not block and not last and any(tag.startswith(text) for tag in ("<think>", "<thinking>")):
            return ""
        shown = text.partition(f"</{block[1]}>")[2].lstrip() if block else self._held
        self._held = None if shown else self._held
        return shown


def _tag(entry: Any) -> Installed | None:
    """Return what /api/tags says of a model, None for a name that no model has; fails for what Ollama never says."""
    name, digest = entry["name"], entry["digest"]
    remote = _is_cloud(name) or bool(entry.get("remote_host") or entry.get("remote_model"))
    size = (entry.get("details") or {}).get("parameter_size") or ""
    return Installed(name, _word(digest), _word(size), remote) if NAME.fullmatch(name) else None


def _is_cloud(name: str) -> bool:
    return name.lower().endswith((":cloud", "-cloud"))


def _word(text: Any) -> str:
    """Return a short text that a server sent as people may see it; fails for anything else."""
    if not isinstance(text, str) or len(text) > MOST_LETTERS:
        raise ValueError(f"{type(text)} is no short text")
    return printable(text)


def _capabilities(shown: Any) -> tuple[str, ...] | None:
    told = shown.get("capabilities")
    return None if told is None else tuple(map(_word, told))


def _model_info(model: Installed, shown: Any) -> ModelInfo | None:
    """Return a chat model's record, None for a model that cannot chat."""
    can = _capabilities(shown)
    if can is not None and "completion" not in can:
        return None
    facts = shown.get("model_info") or {}
    context = max(0, int(facts.get(f"{facts.get('general.architecture')}.context_length") or 0))
    return ModelInfo(model.name, model.digest, context, _billions(model.size), thinking="thinking" in (can or ()))


def _thinking(model: ModelInfo, think: bool = False) -> bool | str | None:
    """Return what turns a model's thinking on or off, or None where it has none; gpt-oss knows levels only."""
    if not model.thinking:
        return None
    return ("medium" if think else "low") if "gpt-oss" in model.name.lower() else think


def _billions(size: str) -> float:
    """Return Ollama's "630.17M" or "1.8B" in billions, 0 for anything else."""
    match = _SIZE.search(size)
    return float(match[1]) * {"K": 1e-6, "M": 1e-3, "B": 1.0, "T": 1e3}[match[2]] if match else 0.0


def _merit(model: ModelInfo) -> tuple[bool, bool, float, str]:
    fits = model.parameters <= COMFORTABLE
    return fits, not SPECIAL.search(model.name), model.parameters if fits else -model.parameters, model.name
