"""Answer receipts: what was answered, from which sentences, by what. Pure functions."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

from paperchat.errors import InputError
from paperchat.text.cleaning import printable
from paperchat.text.typed_json import ShapeError, read_json
from paperchat.types import Answer, AnswerSentence, Citation, Table

VERSION = 4
"""Of what is written; 1 had no table, 2 nothing withheld, 3 not what the model was shown and when."""

SINCE = {"table": 2, "withheld": 3, "shown": 4, "prompt_tokens": 4, "timings": 4}
"""The first version that has a field."""

HEADING = "# paperchat: answer receipt"
"""What a receipt in Markdown begins with."""

LONGEST = 10_000_000
"""Characters of a receipt that is read."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A cited sentence: `quote == abstract[start:end]`; `abstract` is the SHA-256 of the abstract that it came from."""

    id: str
    title: str
    quote: str
    start: int
    end: int
    abstract: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the answer, or cell of its table; `verdict` and `reason` are empty when it was not checked."""

    text: str
    verdict: str
    reason: str
    citations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer's table: `cells[row][column]` tells `aspects[row]` of the paper with the title `papers[column]`."""

    aspects: tuple[str, ...]
    papers: tuple[str, ...]
    cells: tuple[tuple[Statement | None, ...], ...]

    @property
    def stated(self) -> Iterator[tuple[str, Statement]]:
        """The cells that are stated, row by row, each with its aspect."""
        for aspect, row in zip(self.aspects, self.cells, strict=False):
            yield from ((aspect, cell) for cell in row if cell)


@dataclass(frozen=True, slots=True)
class Index:
    """What was searched; `digest` changes with any paper, sentence or recipe of the index."""

    papers: int
    digest: str
    embedder: str


@dataclass(frozen=True, slots=True)
class Model:
    """Who wrote the answer; `digest` is the server's digest of the weights."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer and all that it rests on. `digest` is the SHA-256 of the rest, to notice a change, not to sign it.

    `shown` are the sentences that the model was shown beside the question, in their order, `prompt_tokens` are those of
    all that it read, `timings` the seconds since the question at which each step had ended.
    """

    kind: Literal["paperchat answer receipt"]
    version: int
    saved: str
    paperchat: str
    question: str
    text: str
    abstained: bool
    stage: str
    sentences: tuple[Statement, ...]
    retrieved: tuple[str, ...]
    notices: tuple[str, ...]
    model: Model | None
    settings: dict[str, int | str]
    index: Index
    digest: str = ""
    table: Comparison | None = None
    withheld: tuple[Statement, ...] = ()
    shown: tuple[Quotation, ...] = ()
    prompt_tokens: int | None = None
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that the answer says: its sentences and the cells of its table."""
        return (*self.sentences, *(cell for _, cell in self.table.stated)) if self.table else self.sentences


def make_receipt(
    answer: Answer, index: Index, settings: Mapping[str, int | str], paperchat: str, saved: str
) -> Receipt:
    """Return the receipt of an answer; `saved` is the time in ISO 8601, `paperchat` the version."""
    abstracts = {result.paper.id: result.paper.abstract for result in answer.results}
    receipt = Receipt(
        kind="paperchat answer receipt",
        version=VERSION,
        saved=saved,
        paperchat=paperchat,
        question=answer.question,
        text=answer.text,
        abstained=answer.abstained,
        stage=answer.stage,
        sentences=tuple(_statement(sentence, abstracts) for sentence in answer.sentences),
        retrieved=tuple(result.paper.title for result in answer.results),
        notices=answer.notices,
        model=Model(answer.model, answer.model_digest) if answer.model else None,
        settings=dict(settings),
        index=index,
        table=_comparison(answer.table, abstracts) if answer.table else None,
        withheld=tuple(_statement(sentence, abstracts) for sentence in answer.withheld),
        shown=_quotations(answer.shown, abstracts),
        prompt_tokens=answer.prompt_tokens,
        timings=dict(answer.timings),
    )
    return replace(receipt, digest=digest_of(receipt))


def _statement(sentence: AnswerSentence, abstracts: Mapping[str, str]) -> Statement:
    return Statement(sentence.text, sentence.verdict, sentence.reason, _quotations(sentence.citations, abstracts))


def _quotations(citations: Sequence[Citation], abstracts: Mapping[str, str]) -> tuple[Quotation, ...]:
    digests = {paper_id: sha256(abstracts[paper_id]) for paper_id in {c.paper_id for c in citations}}
    return tuple(Quotation(c.paper_id, c.title, c.quote, c.start, c.end, digests[c.paper_id]) for c in citations)


def _comparison(table: Table, abstracts: Mapping[str, str]) -> Comparison:
    cells = tuple(tuple(_statement(cell, abstracts) if cell else None for cell in row) for row in table.cells)
    return Comparison(table.aspects, tuple(paper.title for paper in table.papers), cells)


def to_json(receipt: Receipt) -> str:
    """Return the receipt as JSON; `read_receipt` reads it back."""
    return json.dumps(asdict(receipt), indent=1) + "\n"


def read_receipt(text: str, name: str) -> Receipt:
    """Return the receipt in a file's text; raises InputError, naming the file, when it is damaged or something else."""
    fix = "Give the .json file that `paperchat ask --receipt` wrote."
    if text.lstrip().startswith(HEADING):
        raise InputError(f"{name} is a receipt in Markdown, for people.", fix)
    if len(text) > LONGEST:
        raise InputError(f"{name} has {len(text):,} characters; a receipt has {LONGEST:,} at most.", fix)
    try:
        receipt = read_json(Receipt, text)
    except ShapeError as error:
        problem = printable(" ".join(str(error).split()))[:200]
        raise InputError(f"{name} is no receipt, or a damaged one ({problem}).", fix) from None
    if not 1 <= receipt.version <= VERSION:
        raise InputError(f"{name} is a receipt of version {receipt.version}; this paperchat reads 1 to {VERSION}.", fix)
    return receipt


def cited_ids(receipt: Receipt) -> tuple[str, ...]:
    """Return the ids of the papers cited, in the order of first citation: number n is `cited_ids(receipt)[n - 1]`."""
    return tuple(dict.fromkeys(c.id for statement in receipt.statements for c in statement.citations))


def described(index: Index) -> str:
    """Return what was searched, in a few words."""
    return f"{index.papers} papers, digest {index.digest[:12]}, embedder {index.embedder}"


def digest_of(receipt: Receipt) -> str:
    """Return the SHA-256 of all of a receipt but its digest."""
    row = {**asdict(receipt), "digest": ""}
    for name, version in SINCE.items():
        if receipt.version < version and not row[name]:  # it had no such field
            del row[name]
    return sha256(json.dumps(row, sort_keys=True))


def sha256(text: str) -> str:
    """Return the SHA-256 of a text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
