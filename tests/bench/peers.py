"""Retrieval side by side: every system ranks the same questions, in turns, in one run."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from paperchat.evaluation.metrics import ndcg_at, recall_at
from tests.bench.data import Query
from tests.bench.measures import mean, percentile, ratios
from tests.bench.systems import System

DEPTH = 20
"""Papers asked of each system."""

NOTES = (
    (
        "All systems search the same papers with the same embedder; each ranks every question before the next one"
        " starts, in turns. Times include embedding the question. A question that leans on the conversation is "
        "searched with the question before it, by all."
    ),
    (
        "LlamaIndex: VectorStoreIndex over ChromaVectorStore, default SentenceSplitter and retriever, a document "
        "a paper (title and abstract). Chroma: its own collection and query over the same texts. BM25: bm25s, "
        "Lucene variant, k1 0.9, b 0.4."
    ),
)

Progress = Callable[[int, int], None]


def compare(
    systems: Sequence[System], queries: Sequence[Query], rounds: int, progress: Progress
) -> list[dict[str, Any]]:
    """Return a row a system: its ranking of each query, and the seconds of each of its `rounds` answers to each.

    The systems take turns at each query, and another one begins at each, so that noise falls on all alike.
    """
    rows: dict[str, dict[str, Any]] = {
        system.name: {"system": system.name, "ranked": {}, "seconds": []} for system in systems
    }
    for system in systems:
        system.rank(queries[0].text, DEPTH)  # the first call pays for what is loaded late
    for turn in range(rounds * len(queries)):
        progress(turn, rounds * len(queries))
        query, first = queries[turn % len(queries)], turn % len(systems)
        for system in (*systems[first:], *systems[:first]):
            began = time.perf_counter()
            ranked = system.rank(query.text, DEPTH)
            rows[system.name]["seconds"].append(time.perf_counter() - began)
            rows[system.name]["ranked"][query.id] = ranked
    progress(rounds * len(queries), rounds * len(queries))
    return list(rows.values())


def quality(rows: Sequence[dict[str, Any]], queries: Sequence[Query]) -> list[dict[str, Any]]:
    """Return the table of all systems: Recall@5 and @20, nDCG@10, milliseconds a query and their ratio to the least."""
    slower = ratios({row["system"]: percentile(row["seconds"], 50) or 0.0 for row in rows})
    return [
        {
            "system": row["system"],
            **scores(row["ranked"], queries),
            "p50 ms": 1000 * (percentile(row["seconds"], 50) or 0.0),
            "p95 ms": 1000 * (percentile(row["seconds"], 95) or 0.0),
            "times the fastest": slower[row["system"]],
        }
        for row in rows
    ]


def scores(ranked: dict[str, list[str]], queries: Sequence[Query]) -> dict[str, float | None]:
    """Return the means of Recall@5, Recall@20 and nDCG@10 over the queries that have gold."""
    return {
        "Recall@5": mean([recall_at(5, query.gold, ranked[query.id]) for query in queries]),
        "Recall@20": mean([recall_at(20, query.gold, ranked[query.id]) for query in queries]),
        "nDCG@10": mean([ndcg_at(10, query.gold, ranked[query.id]) for query in queries]),
    }


def by_type(rows: Sequence[dict[str, Any]], queries: Sequence[Query]) -> list[dict[str, Any]]:
    """Return a row for each type of question that has gold: how many, and each system's Recall@5."""
    answerable = [query for query in queries if query.gold]
    table = []
    for kind in dict.fromkeys(query.type for query in answerable):
        own = [query for query in answerable if query.type == kind]
        recalls = {row["system"]: mean([recall_at(5, q.gold, row["ranked"][q.id]) for q in own]) for row in rows}
        table.append({"type": kind or "(none)", "n": len(own), **recalls})
    return table
