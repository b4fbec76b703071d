"""How surely the question model tells limits: `python -m tests.train.limits [MODEL]` prints from what odds on it does.

`limits.jsonl` names the papers of two collections that the network does not learn from, 6 and that of real abstracts
(SINGLE), with the places of the sentences that state limits of the paper's own work, and of those that may be taken for
such. Read by hand; of most papers there are none.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paperchat.generation.telling import telling
from paperchat.models.question_model import QuestionModel
from paperchat.paths import QUESTION_MODEL
from tests.samples import paper, paper_texts
from tests.train.abstracts import SINGLE, read_lines
from tests.train.weights import papers_of

FAILS, DOES = "Where does it fail or do worse?", "What does it do?"
"""What a sentence that states limits answers, and what any sentence may: by how much more it does the first, tells."""

RIGHT = 0.9
"""Share of the limits told that are to be limits."""


@dataclass(frozen=True, slots=True)
class Told:
    """The likeliest sentence of a paper: how sure, whether it states limits, and whether a rule tells some already."""

    odds: float
    right: bool
    by_rule: bool
    real: bool


def told(questions: QuestionModel) -> list[Told]:
    """Return what is told of each paper."""
    found = list[Told]()
    for row in read_lines("limits.jsonl"):
        one = papers_of(row["collection"])[row["paper"] - 1]
        (text,) = paper_texts(paper(one["title"], " ".join(one["abstract"])))
        passages = [(text.title, sentence) for sentence in text.cleaned]
        odds = questions.fit(FAILS, passages) - questions.fit(DOES, passages)
        best = int(odds.argmax())
        right, by_rule = best in (*row["limits"], *row["also"]), "limits" in telling(text)
        found.append(Told(float(odds[best]), right, by_rule, row["collection"] == SINGLE))
    return found


def bar(found: Sequence[Told]) -> tuple[float, int]:
    """Return the lowest odds above which RIGHT of what is told is right, and how many are told there."""
    order = sorted((one for one in found if not one.by_rule), key=lambda one: -one.odds)
    right, kept = 0, (float("inf"), 0)
    for count, one in enumerate(order, 1):
        right += one.right
        if right >= RIGHT * count:
            kept = one.odds, count
    return kept


def main(model: Path) -> None:
    """Print the bar for all papers, and for the real ones."""
    found = told(QuestionModel(model))
    for name, some in (("all", found), ("real", [one for one in found if one.real])):
        least, count = bar(some)
        by_rule = sum(one.by_rule for one in some)
        print(
            f"{name}: of {len(some)} papers rules tell limits of {by_rule}, the model of {count} more from {least:.2f}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else QUESTION_MODEL)
