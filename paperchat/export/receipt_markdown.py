"""A receipt as Markdown, for people. Pure functions."""

import re
from collections.abc import Iterable, Mapping, Sequence

from paperchat.export.receipts import HEADING, Comparison, Receipt, Statement, cited_ids, described
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
    lines += ["", "## Made with", "", *_made_with(receipt), "", "## References", ""]
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


def _made_with(receipt: Receipt) -> Iterable[str]:
    model = receipt.model
    lines = (
        f"Model: {model.name}, digest {model.digest}" if model else "Model: none",
        f"Index: {described(receipt.index)}",
        "Settings: " + ", ".join(f"{name} {value}" for name, value in receipt.settings.items()),
        f"paperchat {receipt.paperchat}, saved {receipt.saved}",
        f"Digest of this receipt: {receipt.digest}",
    )
    return [f"- {escaped(line)}" for line in lines]
