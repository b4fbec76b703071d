"""A conversation as a text to take away: questions, answers and one list of references. Pure functions."""

from collections.abc import Iterator, Mapping, Sequence

from paperchat.export.numbering import numbering
from paperchat.export.tables import table_markdown
from paperchat.text.cleaning import clean, escaped, is_hostile
from paperchat.types import DOUBTS, Answer, AnswerSentence, Paper


def cited_papers(answers: Sequence[Answer]) -> tuple[Paper, ...]:
    """Return the papers that a conversation cites: citation number n is the n-th of them."""
    return tuple({paper.id: paper for answer in reversed(answers) for paper in answer.cited}[key]
                 for key in numbering(answers))  # fmt: skip


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
    paragraphs = [f"> {one}" for one in sentences] if answer.is_verbatim else [" ".join(sentences)] if sentences else []
    for paragraph in paragraphs:
        yield from ("", paragraph)
    if answer.lines:
        yield from ("", *(row for line in answer.lines for row in _rows(line)))
    if answer.table:
        yield from ("", table_markdown(answer.table).rstrip())
    if answer.stage in ("stopped", "failed"):
        yield from ("", f"*The answer {answer.stage}.*")
    if answer.model:
        yield from ("", f"*Written by {escaped(answer.model)}.*")


def _rows(line: str) -> list[str]:
    """Return a line of an answer as an item of a list, or one of several, such as BibTeX, as code."""
    rows = ["".join(c for c in row if not is_hostile(c)) for row in line.splitlines()]
    return [f"- {escaped(line)}"] if len(rows) == 1 else ["", *(f"    {row}" for row in rows)]


def _sentence(sentence: AnswerSentence, numbers: Mapping[str, int]) -> str:
    marks = "".join(f"\\[{n}\\]" for n in dict.fromkeys(numbers[c.paper_id] for c in sentence.citations))
    doubt = DOUBTS.get(sentence.verdict, "")
    return " ".join(filter(None, [escaped(clean(sentence.text)), marks, f"*({doubt})*" if doubt else ""]))
