"""The records that travel through paperchat, frozen. Offsets count characters of an abstract: `abstract[start:end]`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from paperchat.bibliography import ALL, UNTOLD, Details, Scope

Vectors = npt.NDArray[np.float32]
"""Shape (n, dimension), each row of unit length."""

Stage = Literal["evidence", "writing", "checking", "done", "stopped", "failed"]

Form = Literal["", "text", "list", "table", "declined", "titles", "reply"]
"""What an answer is: sentences, papers that qualify or side by side, none ("declined"), or not known (empty); papers of
the set by name, none cited ("titles"); what is about the set, the assistant or an answer ("reply")."""

RECAST = tuple(f"last.{form}" for form in ["shorter", "longer", "simpler", "translate", "again", "table", "points"])
"""The acts that ask for the last answer in another form: its answer then stands in the place of that."""

Verdict = Literal["", "supported", "unsure", "unsupported", "partly"]
"""Whether what a sentence cites supports it; empty: not checked; "partly": unsure, in what earlier versions kept."""

DOUBTS = {"unsupported": "not supported", "unsure": "not surely supported", "partly": "partly supported"}
"""How readers are told of a verdict that does not hold."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the set: `title` and `abstract` as the source file has them, `details` what else it tells.

    `imported` is the local time at which it came into the set (ISO 8601), if that was kept.
    """

    id: str
    title: str
    abstract: str
    source: str
    details: Details = UNTOLD
    imported: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The `number`-th sentence (from 0) of a paper's abstract: `text == abstract[start:end]`."""

    paper_id: str
    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """What the vector index holds, with its title: the `number`-th run of sentences of an abstract (from 0), verbatim.

    `id` is of paper, number and a hash of that, `spans` are (start, end) of sentences.
    """

    id: str
    paper_id: str
    number: int
    title: str
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Leg:
    """Where one retriever ranked a paper (from 1), with the retriever's own score."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Result:
    """A retrieved paper: its rank (from 1), score in 0..3, why it is there, its best sentences, best first."""

    paper: Paper
    rank: int
    score: float
    dense: Leg | None
    keyword: Leg | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """The sentence of a paper that an answer's sentence rests on; `quote == abstract[start:end]`."""

    paper_id: str
    title: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of an answer's sentence, `text[start:end]`, that is not in the record: a number, or a paper's title."""

    start: int
    end: int
    kind: Literal["number", "title"]


@dataclass(frozen=True, slots=True)
class Check:
    """Whether cited sentences support a sentence, how surely (0..1), why, the best of them; where numbers are wrong."""

    verdict: Verdict
    score: float
    reason: str
    quote: str = ""
    wrong_numbers: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence: what it cites, whether that holds and why, how a quote `differs`; `span` stands for it in a table."""

    text: str
    citations: tuple[Citation, ...] = ()
    verdict: Verdict = ""
    reason: str = ""
    faults: tuple[Fault, ...] = ()
    differs: str = ""
    span: tuple[int, int] | None = field(default=None, compare=False)

    @property
    def few(self) -> str:
        """The words that stand for the sentence in a table."""
        return self.text[slice(*self.span)] if self.span else self.text

    @property
    def is_quote(self) -> bool:
        """Whether the sentence is the very quote that it cites."""
        return [citation.quote for citation in self.citations] == [self.text]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier exchange: the titles that its answer `cited`, in order, all that it `said`, its form; as known."""

    question: str
    answer: str
    cited: tuple[str, ...] = ()
    form: Form = ""
    said: tuple[AnswerSentence, ...] = ()
    scope: Scope = ALL
    act: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Papers side by side: `cells[row][column]` tells `aspects[row]` of `papers[column]` alone; None: not stated.

    `names` are short, if there are any, `ordered` is the row that sorts them; a cell of the record cites nothing.
    """

    aspects: tuple[str, ...]
    papers: tuple[Paper, ...]
    cells: tuple[tuple[AnswerSentence | None, ...], ...]
    names: tuple[str, ...] = ()
    ordered: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What paperchat says to one question: the same object for page, command line and evaluation.

    A stream of answers grows: the first holds the evidence (`results`) alone, each next one more text, in "checking"
    the text is whole and its verdicts settle, and the last has a `stage` of "done", "stopped" or "failed". Where no
    `model` wrote it, `sentences` are verbatim evidence; `model_digest` is of its weights, `shown` what it was shown.
    `notices` are lines for the reader (what is missing, what was cut), `settings` those it was made with. `timings`
    are seconds since the question: "evidence", "first_token", "checking", "total".
    `lead` is a line of ours before the sentences, such as how many papers they list; `lines` come after, as titles do.
    `act` is the request met, `withheld` what failed its check, `thought` what a model thought, `scope` what was asked.
    """

    question: str
    results: tuple[Result, ...] = ()
    sentences: tuple[AnswerSentence, ...] = ()
    abstained: bool = False
    stage: Stage = "evidence"
    model: str | None = None
    model_digest: str = ""
    notices: tuple[str, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    prompt_tokens: int | None = None
    lead: str = ""
    table: Table | None = None
    settings: Mapping[str, int | str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    act: str = ""
    withheld: tuple[AnswerSentence, ...] = ()
    thought: str = ""
    scope: Scope = ALL
    shown: tuple[Citation, ...] = ()

    @property
    def text(self) -> str:
        """The answer as running text, without citation numbers; quotes come under the title of their paper."""
        parts, title = [self.lead] * bool(self.lead), ""
        for sentence in self.sentences:
            if sentence.is_quote and sentence.citations[0].title != title:
                title = sentence.citations[0].title
                parts.append(f"“{title}”:")
            parts.append(sentence.text)
        return "\n".join(filter(None, (" ".join(parts), *self.lines)))

    @property
    def form(self) -> Form:
        """What the answer is to whoever asks on."""
        if self.act and not self.model and not (self.act in RECAST and self.cited):
            return "titles" if self.results and self.act in ("set.list", "cite.named", "cite.told") else "reply"
        return "declined" if self.abstained else "table" if self.table else "list" if self.lead else "text"

    @property
    def said(self) -> tuple[AnswerSentence, ...]:
        """All that the answer says: its sentences, and the cells of its table that cite one."""
        cells = (cell for row in self.table.cells for cell in row if cell and cell.citations) if self.table else ()
        return (*self.sentences, *cells)

    @property
    def is_verbatim(self) -> bool:
        """Whether the answer is nothing but quotes."""
        return bool(self.sentences) and all(sentence.is_quote for sentence in self.sentences)

    @property
    def cited(self) -> tuple[Paper, ...]:
        """The papers cited, in order of first citation: citation number n is `cited[n - 1]`; those of a table first."""
        by_id = {result.paper.id: result.paper for result in self.results}
        columns = (paper.id for paper in self.table.papers) if self.table else ()
        said = (citation.paper_id for sentence in self.sentences for citation in sentence.citations)
        return tuple(by_id[key] for key in dict.fromkeys((*columns, *said)))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A paper that may be meant by what is typed: the reason, and the sentence that says it when one does."""

    paper: Paper
    reason: str
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Backing:
    """A sentence of a paper that supports a claim, contradicts it, or is unclear; how surely (0..1), and why."""

    paper: Paper
    sentence: Sentence
    stance: Literal["supports", "contradicts", "unclear"]
    score: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """A sentence of a draft, which stands at `draft[start:end]`, and what was found of it, the surest first."""

    text: str
    found: tuple[Backing, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message for a model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """An installed chat model. `context_length` is in tokens; `parameters` in billions, 0 when unknown."""

    name: str
    digest: str
    context_length: int
    parameters: float
    thinking: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """What the server counted for one reply, in tokens. `reason` is "stop" or "length"."""

    prompt_tokens: int
    output_tokens: int
    reason: str
