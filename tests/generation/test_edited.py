"""The table above as follow-ups change it: papers and rows in and out, its order; with a model or without."""

from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.app import App
from paperchat.bibliography import Details
from paperchat.export.tables import heads, unstated
from paperchat.types import Answer, Turn
from tests.samples import opened_shelf, paper
from tests.shipped import last

ONE = paper(
    "AlphaNet: Learning from Labels",
    "Labels are scarce in practice. We propose AlphaNet, which learns from few labels. It was trained on 8 GPUs. "
    "We use 40,000 images of the ImageNet dataset. AlphaNet reaches an accuracy of 84.2%.",
)
TWO = paper(
    "BetaNet: Learning from Noise",
    "Noise hurts training. We propose BetaNet, which filters noise. We use 12,000 images of the COCO dataset. "
    "BetaNet reaches an accuracy of 91.5%.",
)
THREE = paper(
    "GammaNet: Learning from Text",
    "Text is cheap but messy. We propose GammaNet, which reads text. It improves accuracy by 3 points.",
)
SHELF = (
    replace(ONE, details=Details(date=(2021, 5), venue="Nature")),
    replace(TWO, details=Details(date=(2019,))),
    THREE,
)
COMPARED = "compare AlphaNet with BetaNet"


def asked(app: App, *questions: str) -> list[Answer]:
    turns: list[Turn] = []
    answers = []
    for question in questions:
        answers.append(answer := last(app.ask(question, turns)))
        turns.append(Turn(question, answer.text, tuple(one.title for one in answer.cited), answer.form, answer.said))
    return answers


def row(answer: Answer, aspect: str) -> list[str]:
    """Return what stands in a row."""
    assert answer.table is not None, answer.text
    cells = answer.table.cells[answer.table.aspects.index(aspect)]
    return [cell.few if cell else unstated(aspect) for cell in cells]


def columns(answer: Answer) -> list[str]:
    assert answer.table is not None, answer.text
    return list(heads(answer.table))


def test_columns_and_rows_are_added_and_dropped_one_after_the_other(tmp_path: Path) -> None:
    with opened_shelf(tmp_path, SHELF) as app:
        answers = asked(
            app, COMPARED, "add a column for the dataset size", "add GammaNet", "add the number of GPUs",
            "drop the problem", "drop the second one",
        )  # fmt: skip
    assert [columns(answer) for answer in answers[1:4]] == [
        ["AlphaNet", "BetaNet"],
        *[["AlphaNet", "BetaNet", "GammaNet"]] * 2,
    ]
    end = answers[-1]
    assert columns(end) == ["AlphaNet", "GammaNet"]
    assert end.table is not None
    assert end.table.aspects[:2] == ("dataset size", "number of GPUs")
    assert "problem" not in end.table.aspects
    assert "40,000 images" in row(end, "dataset size")[0]
    assert "8 GPUs" in row(end, "number of GPUs")[0]
    assert row(end, "number of GPUs")[1] == row(end, "dataset size")[1] == "not stated in the abstract"


def test_what_the_record_tells_is_a_row_that_cites_no_sentence(tmp_path: Path) -> None:
    with opened_shelf(tmp_path, SHELF) as app:
        dated = asked(app, COMPARED, "add GammaNet", "add when it was published", "add the venue")[-1]
    assert row(dated, "published") == ["2021-05", "2019", "not in the record"]
    assert row(dated, "venue") == ["Nature", "not in the record", "not in the record"]
    assert all(sentence.citations for sentence in dated.said)


def test_papers_are_sorted_by_numbers_of_one_kind_and_what_is_not_compared_is_said(tmp_path: Path) -> None:
    with opened_shelf(tmp_path, SHELF) as app:
        _, _, best, rising, oldest = asked(
            app, COMPARED, "add GammaNet", "sort by accuracy", "sort by accuracy, lowest first", "oldest first"
        )
    assert columns(best) == ["BetaNet", "AlphaNet", "GammaNet"]
    assert best.lead == "Sorted by accuracy, highest first. Not compared: GammaNet (3 points, a gain)."
    assert best.table is not None
    assert best.table.ordered == "accuracy"
    assert columns(rising)[:2] == ["AlphaNet", "BetaNet"]
    assert columns(oldest) == ["BetaNet", "AlphaNet", "GammaNet"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("sort by the number of GPUs", "These cannot be sorted by number of GPUs: "),
        ("drop the fifth one", "There is no fifth one above."),
        ("add ZetaNet", "No paper of the set mentions ZetaNet."),
    ],
)
def test_what_cannot_be_done_is_said_and_the_table_stays(tmp_path: Path, change: str, why: str) -> None:
    with opened_shelf(tmp_path, SHELF) as app:
        _, refused, after = asked(app, COMPARED, change, "drop the limits")
    assert refused.abstained
    assert refused.text.startswith(why)
    assert refused.text.endswith("It stays as it is.")
    assert columns(after) == ["AlphaNet", "BetaNet"]


def test_one_paper_that_is_left_is_quoted(tmp_path: Path) -> None:
    with opened_shelf(tmp_path, SHELF) as app:
        alone = asked(app, COMPARED, "drop BetaNet")[-1]
    assert alone.table is None
    assert alone.is_verbatim
    assert {citation.paper_id for one in alone.sentences for citation in one.citations} == {ONE.id}


def test_the_last_row_is_not_dropped(tmp_path: Path) -> None:
    with opened_shelf(tmp_path, SHELF) as app:
        kept = asked(app, COMPARED, "only the results", "drop the results")[-1]
    assert kept.text == "It has no row but “results”. It stays as it is."


def test_a_table_that_was_sorted_stays_a_table_where_too_few_numbers_are_left(tmp_path: Path) -> None:
    with opened_shelf(tmp_path, SHELF) as app:
        left = asked(app, COMPARED, "add GammaNet", "sort by accuracy", "drop AlphaNet")[-1]
    assert columns(left) == ["BetaNet", "GammaNet"]
