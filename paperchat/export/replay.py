"""Whether what a receipt rests on is still so: each citation, the model, the receipt itself. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from paperchat.export.receipts import Index, Quotation, Receipt, described, digest_of, sha256
from paperchat.text.cleaning import normalised
from paperchat.types import Paper

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
class Finding:
    """What became of one citation: number of its sentence (from 1), of itself in it (from 1), and where it is now.

    One of a cell of the table has the row's name in `row`, and `sentence` 0.
    """

    sentence: int
    citation: int
    title: str
    status: Status
    detail: str = ""
    row: str = ""


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


def replay(
    receipt: Receipt, papers: Mapping[str, Paper], index: Index, model_digest: str | None, why: str = ""
) -> Replay:
    """Return what changed since the receipt was made: `papers` by id, the index, and the digest of its model now.

    `model_digest` is None where that model is not to be had, and `why` says so.
    """
    stated = [(number, statement, "") for number, statement in enumerate(receipt.sentences, 1)]
    stated += [(0, cell, row) for row, cell in receipt.table.stated] if receipt.table else []
    findings = tuple(
        replace(_finding(papers, quotation), sentence=number, citation=place, row=row)
        for number, statement, row in stated
        for place, quotation in enumerate(statement.citations, 1)
    )
    problems, notes = [], []
    if receipt.digest != digest_of(receipt):
        problems.append("The receipt was edited after it was saved.")
    if receipt.model and model_digest is None:
        problems.append(f"The model {receipt.model.name} is not there to compare with. {why}".strip())
    elif receipt.model and model_digest != receipt.model.digest:
        problems.append(f"The model {receipt.model.name} is another now: its digest differs.")
    if index != receipt.index:
        notes.append(f"The index has changed: {described(receipt.index)} then, {described(index)} now.")
    if lost := sum(_finding(papers, one).status != "unchanged" for one in receipt.shown):
        notes.append(f"Of {len(receipt.shown)} sentences that the model was shown, {lost} are not there as they were.")
    return Replay(findings, tuple(problems), tuple(notes))


def _finding(papers: Mapping[str, Paper], quotation: Quotation) -> Finding:
    """Return what became of a quotation, whatever the place that it is cited at."""
    paper = papers.get(quotation.id)
    status: Status
    if paper is None:
        return Finding(0, 0, quotation.title, "the paper is gone")
    if normalised(paper.title) != normalised(quotation.title):
        return Finding(0, 0, quotation.title, "the title was tampered with", f"it is “{paper.title}”")
    start, end, quote = quotation.start, quotation.end, quotation.quote
    if quote and start >= 0 and end == start + len(quote) and paper.abstract.startswith(quote, start):
        return Finding(0, 0, quotation.title, "unchanged")
    same = sha256(paper.abstract) == quotation.abstract
    found = paper.abstract.find(quote) if quote else -1
    if found < 0:
        status = "the quote was tampered with" if same else "the quote is no longer in the paper"
        return Finding(0, 0, quotation.title, status)
    status = "the offsets were tampered with" if same else "the sentence moved"
    detail = f"it is at {found}-{found + len(quote)}, the receipt says {start}-{end}"
    return Finding(0, 0, quotation.title, status, detail)
