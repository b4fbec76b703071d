"""A conversation as a text to take away: questions, answers and one list of references. Pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from paperchat.export.numbering import numbering
from paperchat.export.tables import table_markdown
from paperchat.export.withheld import failed_why, withheld_line
from paperchat.text.cleaning import clean, escaped, is_hostile
from paperchat.types import DOUBTS, Answer, AnswerSentence, Paper


def cited_papers(answers: Sequence[Answer]) -> tuple[Paper, ...]:
    """Return the papers that a conversation cites: citation number n is the n-th of them."""
    return tuple({paper.id: paper for answer in reversed(answers) for paper in answer.cited}[key]
                 for key in numbering(answers))  # fmt: skip


POINTS = "last.points"
"""The act of an answer whose sentences are points."""


def conversation_markdown(title: str, answers: Sequence[Answer], references: Sequence[str]) -> str:
    """Return a conversation as Markdown; `references` are the lines of `cited_papers`, in their order.

    A notice stands once, where it is first told.
    """
    numbers = numbering(answers)
    lines = [f"# {escaped(title)}"]
    told: set[str] = set()
    for answer in answers:
        lines += ["", f"## {escaped(answer.question)}", *_answer_lines(answer, numbers)]
        for notice in dict.fromkeys(answer.notices):
            lines += ["", f"*{escaped(notice)}*"] * (notice not in told)
        told.update(answer.notices)
    if references:
        lines += ["", "## References"]
    for number, reference in enumerate(references, 1):
        lines += ["", f"\\[{number}\\] {escaped(reference)}"]
    return "\n".join(lines) + "\n"


def _answer_lines(answer: Answer, numbers: Mapping[str, int]) -> Iterator[str]:
    if answer.lead:
        yield from ("", escaped(answer.lead))
    sentences = [_sentence(sentence, numbers) for sentence in answer.sentences]
    if answer.act == POINTS:
        paragraphs = ["\n".join(f"- {one}" for one in sentences)]
    elif answer.is_verbatim:
        paragraphs = [f"> {one}" for one in sentences]
    else:
        paragraphs = [" ".join(sentences)] if sentences else []
    for paragraph in paragraphs:
        yield from ("", paragraph)
    if answer.lines:
        yield from ("", *(row for line in answer.lines for row in _rows(line)))
    if answer.table:
        yield from ("", table_markdown(answer.table, titled=False).rstrip())
    yield from folded_lines(answer)
    if answer.stage in ("stopped", "failed"):
        yield from ("", f"*The answer {answer.stage}.*")
    if answer.model:
        yield from ("", f"*Written by {escaped(answer.model)}.*")


def folded_lines(answer: Answer) -> Iterator[str]:
    """Yield what an answer folds away, as parts that open: sentences that failed their check, and a model's thought."""
    if answer.withheld:
        items = [f"- {escaped(clean(one.text))} *({escaped(failed_why(one))})*" for one in answer.withheld]
        yield from ("", *_folded(withheld_line(answer), items))
    if answer.thought:
        thought = [f"> {escaped(row)}" for row in answer.thought.splitlines()]
        yield from ("", *_folded("What the model thought first", thought))


def _folded(line: str, inside: Sequence[str]) -> list[str]:
    summary = escape("".join(c for c in clean(line) if not is_hostile(c)))
    return [f"<details><summary>{summary}</summary>", "", *inside, "", "</details>"]


def _rows(line: str) -> list[str]:
    """Return a line of an answer as an item of a list, or one of several, such as BibTeX, as code."""
    rows = ["".join(c for c in row if not is_hostile(c)) for row in line.splitlines()]
    return [f"- {escaped(line)}"] if len(rows) == 1 else ["", *(f"    {row}" for row in rows)]


def _sentence(sentence: AnswerSentence, numbers: Mapping[str, int]) -> str:
    marks = "".join(f"\\[{n}\\]" for n in dict.fromkeys(numbers[c.paper_id] for c in sentence.citations))
    doubt = DOUBTS.get(sentence.verdict, "")
    differs = f"*(against it: {escaped(sentence.differs)})*" if sentence.differs else ""
    return " ".join(filter(None, [differs, escaped(clean(sentence.text)), marks, f"*({doubt})*" if doubt else ""]))
