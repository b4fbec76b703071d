"""A receipt as Markdown, for people. Pure functions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from paperchat.export.making import SETTINGS, steps
from paperchat.export.receipts import HEADING, Comparison, Quotation, Receipt, Statement, cited_ids, described
from paperchat.export.tables import UNSTATED
from paperchat.text.cleaning import escaped

_EMPTY_LINES = re.compile(r"\n{3,}")


def to_markdown(receipt: Receipt, references: Sequence[str]) -> str:
    """Return the receipt as Markdown; `references` are those of `cited_ids`, in its order, and stand at the end."""
    numbers = {paper_id: number for number, paper_id in enumerate(cited_ids(receipt), 1)}
    lines = [HEADING, "", f"**Question.** {escaped(receipt.question)}", "", "## Answer", ""]
    if receipt.abstained:
        lines += ["The papers do not answer this question.", ""]
    for statement in receipt.sentences:
        lines += [*_statement_lines(statement, numbers), ""]
    if receipt.table:
        lines += [*_table_lines(receipt.table, numbers), ""]
    lines += [f"- {escaped(notice)}" for notice in receipt.notices]
    if receipt.withheld:
        lines += ["", "## Withheld", ""]
        lines += [f"- {escaped(one.text)} *({escaped(one.reason or one.verdict)})*" for one in receipt.withheld]
    lines += ["", "## Made with", "", *_made_with(receipt), ""]
    if receipt.shown:
        lines += ["## What the model was shown", "", *_shown_lines(receipt.shown, numbers), ""]
    lines += ["## References", ""]
    lines += [f"{number}. {escaped(reference)}" for number, reference in enumerate(references, 1)] or ["None."]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)) + "\n"


def _statement_lines(statement: Statement, numbers: Mapping[str, int]) -> Iterable[str]:
    marks = "".join(f"\\[{number}\\]" for number in dict.fromkeys(numbers[c.id] for c in statement.citations))
    checked = ": ".join(filter(None, [statement.verdict, statement.reason])) or "not checked"
    yield f"{escaped(statement.text)} {marks} *({escaped(checked)})*"
    for c in statement.citations:
        yield ""
        if c.quote != statement.text:
            yield from (f"> {escaped(c.quote)}", ">")
        yield f"> \\[{numbers[c.id]}\\] {escaped(c.title)}, characters {c.start} to {c.end}"


def _table_lines(table: Comparison, numbers: Mapping[str, int]) -> Iterable[str]:
    yield "| | " + " | ".join(escaped(title) for title in table.papers) + " |"
    yield "|---" * (len(table.papers) + 1) + "|"
    for aspect, row in zip(table.aspects, table.cells, strict=True):
        yield "| " + " | ".join([escaped(aspect), *(_cell(cell, numbers) for cell in row)]) + " |"


def _cell(cell: Statement | None, numbers: Mapping[str, int]) -> str:
    if cell is None:
        return UNSTATED
    places = (f"\\[{numbers[c.id]}\\] characters {c.start} to {c.end}" for c in cell.citations)
    others = (f"“{escaped(c.quote)}”" for c in cell.citations if c.quote != cell.text)
    return " ".join([escaped(cell.text), *others, ", ".join(places)])


def _shown_lines(shown: Sequence[Quotation], numbers: Mapping[str, int]) -> Iterable[str]:
    """Yield the sentences in their order, those of one paper under its title."""
    for paper_id, own in groupby(shown, key=lambda one: one.id):
        quotations = list(own)
        number = f"\\[{numbers[paper_id]}\\] " if paper_id in numbers else ""
        yield f"- {number}{escaped(quotations[0].title)}"
        yield from (f"    - {escaped(one.quote)} (characters {one.start} to {one.end})" for one in quotations)


def _made_with(receipt: Receipt) -> Iterable[str]:
    model, took = receipt.model, steps(receipt.timings, receipt.model is not None)
    lines = (
        f"Model: {model.name}, digest {model.digest}" if model else "Model: none",
        *([f"Prompt: {receipt.prompt_tokens:,} tokens"] if receipt.prompt_tokens else []),
        f"Index: {described(receipt.index)}",
        "Settings: " + ", ".join(f"{SETTINGS.get(name, name)} {value}" for name, value in receipt.settings.items()),
        *(f"{name}: {seconds:.1f} s" for name, seconds in took),
        f"paperchat {receipt.paperchat}, saved {receipt.saved}",
        f"Digest of this receipt: {receipt.digest}",
    )
    return [f"- {escaped(line)}" for line in lines]
