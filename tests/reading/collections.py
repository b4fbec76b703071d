"""Six collections of invented papers as paperchat reads them: `python -m tests.reading.collections FOLDER`.

For each it writes papers-N.txt, which `paperchat index` takes, and questions-N.jsonl, which `paperchat eval` takes.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CLAIMS = (FOLDER.parent / "train/claims.jsonl", FOLDER.parent / "train/held_out.jsonl")

NUMBERS = (1, 2, 3, 4, 5, 6)

TYPES = {
    "fact": "fact", "lookup": "lookup", "compare": "compare", "list": "list", "count": "list", "followup": "followup",
    "near": "abstain", "off": "abstain", "premise": "abstain", "set": "meta", "assistant": "meta",
}  # fmt: skip
"""How the types of rows are called in a file of questions; the others have no right answer that can be counted."""

Row = dict[str, Any]


def read_lines(path: Path) -> list[Row]:
    """Return the rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def papers_of(number: int) -> tuple[Row, ...]:
    """Return the papers of a collection, each with its title and the sentences of its abstract."""
    known = {row["title"]: row for file in CLAIMS for row in read_lines(file)}
    titles = json.loads((FOLDER / "collections.json").read_text(encoding="utf-8"))[str(number)]
    return tuple(known[title] for title in titles)


def rows_of(number: int) -> list[Row]:
    """Return the questions asked over a collection, of both rounds."""
    return [row for file in sorted(FOLDER.glob(f"grounded-{number}*.jsonl")) for row in read_lines(file)]


def page_of(papers: Sequence[Mapping[str, Any]]) -> str:
    """Return a listing page of papers."""
    entries = (f"{one['title']}\n\n{' '.join(one['abstract'])}" for one in papers)
    return "\n\n".join(["papers", "Nov 1", *entries]) + "\n"


def question_of(row: Mapping[str, Any], papers: Sequence[Mapping[str, Any]]) -> Row:
    """Return a row as a question of a file that `paperchat eval` takes; papers are numbered from 1."""

    def titles(numbers: Sequence[int]) -> list[str]:
        return [papers[number - 1]["title"] for number in numbers]

    evidence = [
        {"title": papers[paper - 1]["title"], "quote": papers[paper - 1]["abstract"][sentence]}
        for paper, sentence in row["evidence"]
        if sentence >= 0
    ]
    history = [{"question": turn["question"], "cited": titles(turn["papers"])} for turn in row["turns"]]
    declined = row["type"] in ("near", "off")
    gold, more = ([], row["papers"]) if declined else (row["papers"], row["also"])
    return {
        "id": row["id"], "type": TYPES[row["type"]], "subtype": row["type"], "question": row["question"],
        "gold": titles(gold), "acceptable": titles(more), "must_include": [], "evidence": evidence, "history": history,
    }  # fmt: skip


def main(folder: Path) -> None:
    """Write all collections into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in NUMBERS:
        papers = papers_of(number)
        (folder / f"papers-{number}.txt").write_text(page_of(papers), encoding="utf-8")
        rows = [row for row in rows_of(number) if row["type"] in TYPES and row.get("means") != "answer"]
        asked = [question_of(row, papers) for row in rows]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in asked)
        (folder / f"questions-{number}.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
