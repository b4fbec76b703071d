"""The numbers of cited papers through a conversation."""

from collections.abc import Sequence

from paperchat.types import Answer


def numbering(answers: Sequence[Answer]) -> dict[str, int]:
    """Return the citation number of each paper by id: first use in the conversation counts, so none ever shifts."""
    order = dict.fromkeys(paper.id for answer in answers for paper in answer.cited)
    return {paper_id: number for number, paper_id in enumerate(order, 1)}
