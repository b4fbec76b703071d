"""A comparison table as Markdown, CSV, LaTeX or plain text. Pure functions."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from textwrap import fill

from paperchat.export.latex import latex
from paperchat.text.cleaning import clean, escaped, printable
from paperchat.types import AnswerSentence, Table

UNSTATED = "not stated in the abstract"

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet read a cell as a formula when it begins with it."""


def table_markdown(table: Table) -> str:
    """Return the table as GitHub's Markdown."""
    lines = ["| | " + " | ".join(_plain(paper.title, escaped) for paper in table.papers) + " |"]
    lines.append("|---" * (len(table.papers) + 1) + "|")
    lines += ["| " + " | ".join([aspect, *cells]) + " |" for aspect, cells in _rows(table, escaped)]
    return "\n".join(lines) + "\n"


def table_csv(table: Table) -> str:
    """Return the table as CSV (RFC 4180); a cell that a spreadsheet would compute begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["", *(_inert(_plain(paper.title, str)) for paper in table.papers)])
    writer.writerows([aspect, *map(_inert, cells)] for aspect, cells in _rows(table, str))
    return out.getvalue()


def table_latex(table: Table) -> str:
    """Return the table as a LaTeX tabular; it needs no package."""
    width = f"p{{{0.85 / len(table.papers):.2f}\\textwidth}}"
    lines = [f"\\begin{{tabular}}{{l{width * len(table.papers)}}}", "\\hline"]
    lines.append(" & ".join(["", *(_plain(paper.title, latex) for paper in table.papers)]) + " \\\\")
    lines.append("\\hline")
    lines += [" & ".join([latex(aspect), *cells]) + " \\\\" for aspect, cells in _rows(table, latex)]
    return "\n".join([*lines, "\\hline", "\\end{tabular}"]) + "\n"


def table_text(table: Table, numbers: Mapping[str, int]) -> str:
    """Return the table as people read it in a terminal: under each aspect a paragraph for each paper by its number."""
    parts = []
    for aspect, cells in _rows(table, str):
        parts.append(aspect.upper())
        for paper, cell in zip(table.papers, cells, strict=True):
            mark = f"[{numbers[paper.id]}]" if paper.id in numbers else clean(paper.title)
            parts.append(fill(f"{mark} {cell}", 100, initial_indent="  ", subsequent_indent="      "))
    return "\n".join(parts)


FORMS: Mapping[str, Callable[[Table], str]] = {"md": table_markdown, "csv": table_csv, "tex": table_latex}
"""The form of a table by the ending of its file."""


def _rows(table: Table, show: Callable[[str], str]) -> Sequence[tuple[str, list[str]]]:
    return [
        (aspect, [_cell(cell, show) for cell in cells])
        for aspect, cells in zip(table.aspects, table.cells, strict=True)
    ]


def _cell(cell: AnswerSentence | None, show: Callable[[str], str]) -> str:
    return _plain(cell.text if cell else UNSTATED, show)


def _plain(text: str, show: Callable[[str], str]) -> str:
    return show(" ".join(printable(clean(text)).split()))


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
