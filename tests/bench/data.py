"""Papers, queries and gold of the sets that are measured, read where they lie and never copied."""

import gzip
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from paperchat.errors import InputError
from paperchat.locations import CHECKOUT
from paperchat.papers import paper_id
from paperchat.prompt import search_query
from paperchat.types import Paper, Turn

EXAMPLES = CHECKOUT / "paperchat" / "data" / "example-questions.jsonl"
PARTS = 5
PART_PAPERS = 20_000


@dataclass(frozen=True)
class Query:
    """A question as typed, what is searched for it, and the ids of the papers that it needs."""

    id: str
    type: str
    question: str
    text: str
    gold: tuple[str, ...]
    history: tuple[Turn, ...] = ()


def shared_folder() -> Path:
    """Return the folder of questions and benchmarks beside the checkout, or where PAPERCHAT_SHARED says."""
    return Path(os.environ.get("PAPERCHAT_SHARED") or CHECKOUT.parent / "shared")


def bench_folder() -> Path:
    """Return the folder of the retrieval sets; raise InputError when it is not there."""
    folder = shared_folder() / "bench"
    if not folder.is_dir():
        raise InputError(f"There are no retrieval sets in {folder}.", "Set PAPERCHAT_SHARED to the folder above bench.")
    return folder


def default_questions() -> Path:
    """Return the dev questions of the shared folder, else the examples that come with paperchat."""
    dev = shared_folder() / "questions" / "dev.jsonl"
    return dev if dev.is_file() else EXAMPLES


def read_questions(path: Path, papers: Sequence[Paper]) -> list[Query]:
    """Return the questions of a file; gold titles become ids. Raises InputError for a title that no paper has.

    A question that leans on the conversation is searched with the question before it, for every system alike.
    """
    known = {paper.id for paper in papers}
    return [_question(path, row, known) for row in _rows(path)]


def _question(path: Path, row: Any, known: set[str]) -> Query:
    history = _turns(row.get("history") or ())
    gold = {paper_id(title): title for title in row.get("gold") or ()}
    for key, title in gold.items():
        if key not in known:
            raise InputError(f"{path}, question {row['id']}: no paper has the title {title!r}.", "Correct the title.")
    question = row["question"]
    return Query(str(row["id"]), row.get("type", ""), question, search_query(question, history), tuple(gold), history)


def _turns(history: Sequence[Any]) -> tuple[Turn, ...]:
    """Return the earlier turns, given as {question, answer} or as chat messages {role, content}."""
    if all("question" in turn for turn in history):
        return tuple(Turn(turn["question"], turn["answer"]) for turn in history)
    said = [turn["content"] for turn in history]
    return tuple(Turn(*pair) for pair in zip(said[::2], said[1::2], strict=True))


def scifact(limit: int | None) -> tuple[list[Paper], list[Query]]:
    """Return SciFact's abstracts (the first `limit`) and the training claims that they answer."""
    folder = bench_folder() / "scifact"
    papers = _papers(_rows(folder / "corpus.jsonl.gz"), limit)
    return papers, _queries(folder, "queries-train.jsonl", "qrels-train.tsv", papers)


def litsearch(size: int) -> tuple[list[Paper], list[Query]]:
    """Return the first `size` real papers and the dev questions of LitSearch that they answer."""
    papers = ml_papers(size)
    return papers, _queries(bench_folder() / "litsearch", "queries-dev.jsonl", "qrels-dev.tsv", papers)


def litsearch_texts() -> list[str]:
    """Return the dev questions of LitSearch, with or without their papers."""
    return [row["text"] for row in _rows(bench_folder() / "litsearch" / "queries-dev.jsonl")]


def ml_papers(size: int) -> list[Paper]:
    """Return the first `size` papers of the 100,000, in the same order always; InputError when there are fewer."""
    folder = bench_folder() / "mlpapers"
    names = [folder / f"part-{part:02}.jsonl.gz" for part in range(PARTS)][: -(-size // PART_PAPERS)]
    papers = _papers(chain.from_iterable(map(_rows, names)), size)
    if len(papers) < size:
        raise InputError(f"There are {len(papers):,} papers; {size:,} were asked for.", "Choose a smaller size.")
    return papers


def _papers(rows: Iterator[Any], limit: int | None) -> list[Paper]:
    """Return papers under ids without a colon, which separates the parts of a chunk's id."""
    return [Paper(_key(row["id"]), row["title"], row["abstract"], "bench") for row in islice(rows, limit)]


def _key(name: str) -> str:
    return name.replace(":", "/")


def _queries(folder: Path, queries: str, qrels: str, papers: Sequence[Paper]) -> list[Query]:
    """Return the queries whose gold papers are all among `papers`."""
    gold: dict[str, list[str]] = {}
    for line in (folder / qrels).read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            gold.setdefault(query, []).append(_key(document))
    known = {paper.id for paper in papers}
    return [
        Query(row["id"], row.get("type", ""), row["text"], row["text"], tuple(gold[row["id"]]))
        for row in _rows(folder / queries)
        if row["id"] in gold and known.issuperset(gold[row["id"]])
    ]


def _rows(path: Path) -> Iterator[Any]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _row(path, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read {path}: {error}.", "Check the file.") from None


def _row(path: Path, number: int, line: str) -> Any:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}, line {number} is not JSON ({error}).", "Correct it.") from None
    if not isinstance(row, dict) or "id" not in row:
        raise InputError(f"{path}, line {number} has no id.", "See the form of the questions in the README.")
    return row
