"""A comparison table as Markdown, CSV, LaTeX or plain text: in few words, each verbatim of a paper. Pure functions.

Columns are called by the short names of their papers; where titles stand nowhere else, a last row has them.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from textwrap import fill

from paperchat.bibliography import RECORD
from paperchat.export.latex import latex
from paperchat.text.called import called
from paperchat.text.cleaning import clean, escaped, printable
from paperchat.types import Table

UNSTATED = "not stated in the abstract"

UNRECORDED = "not in the record"

TITLES = "title"
"""The row that has the titles of papers which stand under their short names."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet read a cell as a formula when it begins with it."""


def heads(table: Table) -> tuple[str, ...]:
    """Return what the columns are called: the short names of their papers, or their titles where they have none."""
    names = table.names or tuple(called(paper.title) for paper in table.papers)
    return tuple(name or clean(paper.title) for name, paper in zip(names, table.papers, strict=True))


def unstated(aspect: str) -> str:
    """Return what stands in a cell of which nothing is known."""
    return UNRECORDED if aspect in RECORD else UNSTATED


def in_order(table: Table, order: Sequence[int], by: str = "") -> Table:
    """Return the table with its papers, each by its place, in this order, which is that of a row."""
    cells = tuple(tuple(row[at] for at in order) for row in table.cells)
    names = tuple(table.names[at] for at in order if at < len(table.names))
    return replace(table, papers=tuple(table.papers[at] for at in order), cells=cells, names=names, ordered=by)


def table_markdown(table: Table, titled: bool = True) -> str:
    """Return the table as GitHub's Markdown; `titled` where no references stand below that have the titles."""
    lines = ["| | " + " | ".join(_plain(head, escaped) for head in heads(table)) + " |"]
    lines.append("|---" * (len(table.papers) + 1) + "|")
    lines += ["| " + " | ".join([escaped(aspect), *cells]) + " |" for aspect, cells in _rows(table, escaped, titled)]
    return "\n".join(lines) + "\n"


def table_csv(table: Table) -> str:
    """Return the table as CSV (RFC 4180); a cell that a spreadsheet would compute begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["", *(_inert(_plain(head, str)) for head in heads(table))])
    writer.writerows([_inert(aspect), *map(_inert, cells)] for aspect, cells in _rows(table, str))
    return out.getvalue()


def table_latex(table: Table) -> str:
    """Return the table as a LaTeX tabular; it needs no package."""
    width = f"p{{{0.85 / len(table.papers):.2f}\\textwidth}}"
    lines = [f"\\begin{{tabular}}{{l{width * len(table.papers)}}}", "\\hline"]
    lines.append(" & ".join(["", *(_plain(head, latex) for head in heads(table))]) + " \\\\")
    lines.append("\\hline")
    lines += [" & ".join([latex(aspect), *cells]) + " \\\\" for aspect, cells in _rows(table, latex)]
    return "\n".join([*lines, "\\hline", "\\end{tabular}"]) + "\n"


def table_text(table: Table, numbers: Mapping[str, int]) -> str:
    """Return the table as people read it in a terminal: under each aspect a paragraph for each paper by its number."""
    parts = []
    for aspect, cells in _rows(table, str, titled=False):
        parts.append(aspect.upper())
        for paper, head, cell in zip(table.papers, heads(table), cells, strict=True):
            mark = f"[{numbers[paper.id]}]" if paper.id in numbers else head
            parts.append(fill(f"{mark} {cell}", 100, initial_indent="  ", subsequent_indent="      "))
    return "\n".join(parts)


FORMS: Mapping[str, Callable[[Table], str]] = {"md": table_markdown, "csv": table_csv, "tex": table_latex}
"""The form of a table by the ending of its file."""


def _rows(table: Table, show: Callable[[str], str], titled: bool = True) -> list[tuple[str, list[str]]]:
    rows = [
        (aspect, [_plain(cell.few if cell else unstated(aspect), show) for cell in cells])
        for aspect, cells in zip(table.aspects, table.cells, strict=True)
    ]
    titles = [_plain(paper.title, show) for paper in table.papers]
    if titled and TITLES not in table.aspects and titles != [_plain(head, show) for head in heads(table)]:
        rows.append((TITLES, titles))
    return rows


def _plain(text: str, show: Callable[[str], str]) -> str:
    return show(" ".join(printable(clean(text)).split()))


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
