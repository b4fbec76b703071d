"""Answer receipts: what was answered, from which sentences, by what; and whether that still holds. Pure functions."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from paperchat.errors import InputError
from paperchat.text.cleaning import escaped, normalised, printable
from paperchat.text.typed_json import ShapeError, read_json
from paperchat.types import Answer, Paper

VERSION = 1

LONGEST = 10_000_000
"""Characters of a receipt that is read."""

Status = Literal[
    "unchanged",
    "the sentence moved",
    "the paper is gone",
    "the quote is no longer in the paper",
    "the offsets were tampered with",
    "the quote was tampered with",
    "the title was tampered with",
]


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
    """One sentence of the answer; `verdict` and `reason` are empty when it was not checked."""

    text: str
    verdict: str
    reason: str
    citations: tuple[Quotation, ...]


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
    """An answer and all that it rests on. `digest` is the SHA-256 of the rest, to notice a change, not to sign it."""

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


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one citation: number of its sentence (from 1), of itself in it (from 1), and where it is now."""

    sentence: int
    citation: int
    title: str
    status: Status
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Replay:
    """A receipt against the store. `problems` and findings other than "unchanged" break it; `notes` do not."""

    citations: tuple[Finding, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every citation, the model and the receipt itself are as they were."""
        return not self.problems and all(finding.status == "unchanged" for finding in self.citations)


def make_receipt(
    answer: Answer, index: Index, settings: Mapping[str, int | str], paperchat: str, saved: str
) -> Receipt:
    """Return the receipt of an answer; `saved` is the time in ISO 8601, `paperchat` the version."""
    abstracts = {result.paper.id: result.paper.abstract for result in answer.results}
    statements = tuple(
        Statement(
            sentence.text,
            sentence.verdict,
            sentence.reason,
            tuple(
                Quotation(c.paper_id, c.title, c.quote, c.start, c.end, _sha256(abstracts[c.paper_id]))
                for c in sentence.citations
            ),
        )
        for sentence in answer.sentences
    )
    receipt = Receipt(
        kind="paperchat answer receipt",
        version=VERSION,
        saved=saved,
        paperchat=paperchat,
        question=answer.question,
        text=answer.text,
        abstained=answer.abstained,
        stage=answer.stage,
        sentences=statements,
        retrieved=tuple(result.paper.title for result in answer.results),
        notices=answer.notices,
        model=Model(answer.model, answer.model_digest) if answer.model else None,
        settings=dict(settings),
        index=index,
    )
    return replace(receipt, digest=_digest(receipt))


def to_json(receipt: Receipt) -> str:
    """Return the receipt as JSON; `read_receipt` reads it back."""
    return json.dumps(asdict(receipt), indent=1) + "\n"


def read_receipt(text: str, name: str) -> Receipt:
    """Return the receipt in a file's text; raises InputError, naming the file, when it is damaged or something else."""
    fix = "Give the .json file that `paperchat ask --receipt` wrote."
    if text.lstrip().startswith(_HEADING):
        raise InputError(f"{name} is a receipt in Markdown, for people.", fix)
    if len(text) > LONGEST:
        raise InputError(f"{name} has {len(text):,} characters; a receipt has {LONGEST:,} at most.", fix)
    try:
        receipt = read_json(Receipt, text)
    except ShapeError as error:
        problem = printable(" ".join(str(error).split()))[:200]
        raise InputError(f"{name} is no receipt, or a damaged one ({problem}).", fix) from None
    if receipt.version != VERSION:
        raise InputError(f"{name} is a receipt of version {receipt.version}; this paperchat reads {VERSION}.", fix)
    return receipt


def replay(
    receipt: Receipt, papers: Mapping[str, Paper], index: Index, model_digest: str | None, why: str = ""
) -> Replay:
    """Return what changed since the receipt was made: `papers` by id, the index, and the digest of its model now.

    `model_digest` is None where that model is not to be had, and `why` says so.
    """
    findings = tuple(
        _finding(papers, quotation, number, place)
        for number, statement in enumerate(receipt.sentences, 1)
        for place, quotation in enumerate(statement.citations, 1)
    )
    problems, notes = [], []
    if receipt.digest != _digest(replace(receipt, digest="")):
        problems.append("The receipt was edited after it was saved.")
    if receipt.model and model_digest is None:
        problems.append(f"The model {receipt.model.name} is not there to compare with. {why}".strip())
    elif receipt.model and model_digest != receipt.model.digest:
        problems.append(f"The model {receipt.model.name} is another now: its digest differs.")
    if index != receipt.index:
        notes.append(f"The index has changed: {_described(receipt.index)} then, {_described(index)} now.")
    return Replay(findings, tuple(problems), tuple(notes))


def _finding(papers: Mapping[str, Paper], quotation: Quotation, number: int, place: int) -> Finding:
    paper = papers.get(quotation.id)
    status: Status
    if paper is None:
        return Finding(number, place, quotation.title, "the paper is gone")
    if normalised(paper.title) != normalised(quotation.title):
        return Finding(number, place, quotation.title, "the title was tampered with", f"it is “{paper.title}”")
    start, end, quote = quotation.start, quotation.end, quotation.quote
    if quote and start >= 0 and end == start + len(quote) and paper.abstract.startswith(quote, start):
        return Finding(number, place, quotation.title, "unchanged")
    same = _sha256(paper.abstract) == quotation.abstract
    found = paper.abstract.find(quote) if quote else -1
    if found < 0:
        status = "the quote was tampered with" if same else "the quote is no longer in the paper"
        return Finding(number, place, quotation.title, status)
    status = "the offsets were tampered with" if same else "the sentence moved"
    detail = f"it is at {found}-{found + len(quote)}, the receipt says {start}-{end}"
    return Finding(number, place, quotation.title, status, detail)


_HEADING = "# paperchat: answer receipt"


def to_markdown(receipt: Receipt, references: Sequence[str]) -> str:
    """Return the receipt as Markdown; `references` are those of `cited_ids`, in its order, and stand at the end."""
    numbers = {paper_id: number for number, paper_id in enumerate(cited_ids(receipt), 1)}
    lines = [_HEADING, "", f"**Question.** {escaped(receipt.question)}", "", "## Answer", ""]
    if receipt.abstained:
        lines += ["The papers do not answer this question.", ""]
    for statement in receipt.sentences:
        lines += [*_statement_lines(statement, numbers), ""]
    lines += [f"- {escaped(notice)}" for notice in receipt.notices]
    lines += ["", "## Made with", "", *_made_with(receipt), "", "## References", ""]
    lines += [f"{number}. {escaped(reference)}" for number, reference in enumerate(references, 1)] or ["None."]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def cited_ids(receipt: Receipt) -> tuple[str, ...]:
    """Return the ids of the papers cited, in the order of first citation: number n is `cited_ids(receipt)[n - 1]`."""
    return tuple(dict.fromkeys(c.id for statement in receipt.sentences for c in statement.citations))


def _statement_lines(statement: Statement, numbers: Mapping[str, int]) -> Iterable[str]:
    marks = "".join(f"\\[{number}\\]" for number in dict.fromkeys(numbers[c.id] for c in statement.citations))
    checked = ": ".join(filter(None, [statement.verdict, statement.reason])) or "not checked"
    yield f"{escaped(statement.text)} {marks} *({escaped(checked)})*"
    for c in statement.citations:
        yield ""
        if c.quote != statement.text:
            yield from (f"> {escaped(c.quote)}", ">")
        yield f"> \\[{numbers[c.id]}\\] {escaped(c.title)}, characters {c.start} to {c.end}"


def _made_with(receipt: Receipt) -> Iterable[str]:
    model = receipt.model
    lines = (
        f"Model: {model.name}, digest {model.digest}" if model else "Model: none",
        f"Index: {_described(receipt.index)}",
        "Settings: " + ", ".join(f"{name} {value}" for name, value in receipt.settings.items()),
        f"paperchat {receipt.paperchat}, saved {receipt.saved}",
        f"Digest of this receipt: {receipt.digest}",
    )
    return [f"- {escaped(line)}" for line in lines]


def _described(index: Index) -> str:
    return f"{index.papers} papers, digest {index.digest[:12]}, embedder {index.embedder}"


def _digest(receipt: Receipt) -> str:
    return _sha256(json.dumps({**asdict(receipt), "digest": ""}, sort_keys=True))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
