"""Papers, queries and gold of the sets that are measured, read where they lie and never copied."""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from paperchat.dialogue.rewriting import search_query
from paperchat.errors import InputError
from paperchat.evaluation import questions
from paperchat.paths import CHECKOUT
from paperchat.storage.identity import paper_id
from paperchat.types import Paper, Turn

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
    return dev if dev.is_file() else questions.EXAMPLES


def default_claims() -> Path:
    """Return the dev claims of the shared folder, else the project's own."""
    dev = shared_folder() / "claims" / "dev.jsonl"
    return dev if dev.is_file() else CHECKOUT / "tests" / "claims.jsonl"


def read_questions(path: Path, papers: Sequence[Paper]) -> list[Query]:
    """Return the questions of a file; gold titles become ids. Raises InputError, naming file and line.

    A question that leans on the conversation is searched with the question before it, for every system alike.
    """
    return [
        Query(
            one.id,
            one.type,
            one.question,
            search_query(one.question, one.history),
            tuple(map(paper_id, one.gold)),
            one.history,
        )
        for one in questions.read_questions(path, [paper.title for paper in papers])
    ]


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


def ml_titles(size: int) -> dict[str, str]:
    """Return the titles of the first `size` of the 100,000 papers by the ids that they have there."""
    folder = bench_folder() / "mlpapers"
    rows = chain.from_iterable(_rows(folder / f"part-{part:02}.jsonl.gz") for part in range(-(-size // PART_PAPERS)))
    return {row["id"]: row["title"] for row in islice(rows, size)}


def _papers(rows: Iterator[Any], limit: int | None) -> list[Paper]:
    return [Paper(_key(row["id"]), row["title"], row["abstract"], "bench") for row in islice(rows, limit)]


def _key(name: str) -> str:
    """Return a set's own id as a paper's: without a colon, and different where only case or marks differ."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


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
