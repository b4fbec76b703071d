"""All that is printed: for programs as JSON, for people without control characters, whatever a paper is called."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from paperchat.cli.outlet import write
from paperchat.export.markdown import POINTS
from paperchat.export.replay import Replay
from paperchat.export.tables import table_text
from paperchat.export.withheld import doubt, failed_why, withheld_line
from paperchat.text.cleaning import clean, is_hostile, printable
from paperchat.types import DOUBTS, Answer, Paper, Result, Suggestion, Traced


def show(text: str, end: str = "\n", file: TextIO | None = None) -> None:
    """Print lines for people, at once: no character of them moves the cursor, hides or reorders text."""
    write("".join(c for c in text if c == "\n" or not is_hostile(c)) + end, file or sys.stdout)


def print_json(value: Mapping[str, Any], row: Mapping[str, Any] | None = None) -> None:
    """Print a JSON object as a line of ASCII, at once; with the id of the row that asked for it, if that has one."""
    write(json.dumps({"id": row["id"], **value} if row and "id" in row else {**value}) + "\n", sys.stdout)


def print_answer(answers: Iterable[Answer], unfold: bool = False) -> Answer:
    """Print an answer as it grows: text with citation numbers, then the cited titles and notices; return the last.

    What is folded away is told in a line, and with `unfold` printed: sentences withheld, what the model thought.
    """
    shown, text = "", ""
    for answer in answers:
        text = _text(answer)
        if text.startswith(shown):
            show(text[len(shown) :], end="")
            shown = text
    if text != shown:  # what was written was changed when it was whole
        show(f"\n\n{'As checked:' * bool(answer.withheld)}\n{text}", end="")
    show("\n" if text else "", end="")
    for line in answer.lines:
        show("\n".join(f"  {row}" for row in line.splitlines()))
    if answer.table:
        show(table_text(answer.table, {paper.id: n for n, paper in enumerate(answer.cited, 1)}), end="\n\n")
    for number, paper in enumerate(answer.cited, 1):
        show(f"  [{number}] {clean(paper.title)}{told(paper)}")
    for sentence in answer.sentences:
        if sentence.verdict in DOUBTS:
            show(f"  {DOUBTS[sentence.verdict]}: {printable(clean(sentence.text))} ({printable(sentence.reason)})")
    for notice in filter(None, (doubt(answer), *answer.notices)):
        show(f"  {notice}")
    _print_folded(answer, unfold)
    return answer


def _print_folded(answer: Answer, unfold: bool) -> None:
    """Print what an answer folds away, or how to see it."""
    more = "" if unfold else " (--unfold shows it)"
    if answer.withheld:
        show(f"  {printable(withheld_line(answer))}{more}")
    if answer.thought:
        show(f"  The model thought first, in {len(answer.thought.split()):,} words{more}")
    if unfold:
        for sentence in answer.withheld:
            show(f"    withheld: {printable(clean(sentence.text))} ({printable(failed_why(sentence))})")
        for line in answer.thought.splitlines():
            show(f"    thought: {printable(line)}")


def _text(answer: Answer) -> str:
    """Return the text with citation numbers; a sentence that still grows gets its numbers at its end."""
    numbers = {paper.id: number for number, paper in enumerate(answer.cited, 1)}
    parts = [answer.lead] * bool(answer.lead)
    for place, sentence in enumerate(answer.sentences, 1):
        grows = answer.stage == "writing" and place == len(answer.sentences)
        cited = () if grows else dict.fromkeys(numbers[c.paper_id] for c in sentence.citations)
        parts += [f"  against it: {printable(sentence.differs)}"] * bool(sentence.differs)
        point = "- " * (answer.act == POINTS)
        parts.append(f"{point}{printable(clean(sentence.text))} {''.join(f'[{n}]' for n in cited)}".rstrip())
    return "\n".join(parts)


def told(paper: Paper) -> str:
    """Return who wrote a paper and when, to stand behind its title; nothing where that is not known."""
    byline = printable(paper.details.byline)
    return f" [{byline}]" if byline else ""


def print_results(results: Sequence[Result]) -> None:
    """Print papers found, why, and their sentences."""
    if not results:
        show("Nothing found.")
    for result in results:
        why = [f"meaning #{result.dense.rank}"] if result.dense else []
        why += [f"words #{result.keyword.rank}"] if result.keyword else []
        show(f"{result.rank:>2}. {clean(result.paper.title)}{told(result.paper)}  ({', '.join(why)})")
        for sentence in result.sentences:
            show(f"    {clean(sentence.text)}")


def print_suggestions(suggestions: Sequence[Suggestion]) -> None:
    """Print the papers that may be meant, each with the reason."""
    if not suggestions:
        show("Nothing found.")
    for number, one in enumerate(suggestions, 1):
        show(f"{number:>2}. {clean(one.paper.title)}{told(one.paper)}  ({one.reason}; {one.paper.id})")
        if one.sentence:
            show(f"    {clean(one.sentence.text)}")


def print_traced(traced: Traced) -> None:
    """Print a sentence of a draft and what supports or contradicts it."""
    show(printable(traced.text))
    for one in traced.found:
        why = f" ({printable(one.reason)})" if one.reason else ""
        show(f"    {one.stance} ({one.score:.2f}): {clean(one.paper.title)}{told(one.paper)}{why}")
        show(f"        {clean(one.sentence.text)}")
    if not traced.found:
        show("    nothing found")


def print_replay(replay: Replay) -> None:
    """Print what became of a receipt, citation by citation."""
    for finding in replay.citations:
        place = f"table, {printable(finding.row)}" if finding.row else f"sentence {finding.sentence}"
        where = f"{place}, citation {finding.citation}"
        detail = f" ({finding.detail})" if finding.detail else ""
        show(f"{where}: {finding.status}{detail}: {printable(clean(finding.title))}")
    for line in (*replay.problems, *replay.notes):
        show(printable(line))
    show("The receipt holds." if replay.holds else "The receipt does not hold any more.")
