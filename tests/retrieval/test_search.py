"""Search: a paper is found by its title, and by what is asked of it."""

import json
from pathlib import Path

from tests.conftest import NO_OLLAMA
from tests.shipped import open_app


def test_every_shipped_paper_is_found_by_its_own_title(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        assert len(app.library.papers) == 118
        assert [app.search(paper.title, 1)[0].paper.title for paper in app.library.papers] == [
            p.title for p in app.library.papers
        ]


def test_recall_at_5_on_the_dev_questions(data: Path, shared: Path) -> None:
    lines = (shared / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["type"] in ("fact", "lookup")]
    with open_app(data, NO_OLLAMA) as app:
        recalls = [
            len({result.paper.title for result in app.search(row["question"], 5)} & set(row["gold"])) / len(row["gold"])
            for row in rows
        ]
    assert sum(recalls) / len(recalls) >= 0.97
