"""Retrieval over real papers with known answers: LitSearch and SciFact, beside the figures that others published."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paperchat.protocols import Embedder
from paperchat.types import Paper
from tests.bench import data, peers
from tests.bench.embedders import CachedEmbedder
from tests.bench.systems import Bm25, Paperchat, System, WholeAbstract, whole

SIZES = {"S": 20_000, "M": 60_000}
PUBLISHED_SCIFACT = (
    ("BM25", 0.687),
    ("all-MiniLM-L6-v2", 0.645),
    ("bge-small-en-v1.5", 0.713),
    ("Qwen3-Embedding-0.6B", 0.697),
    ("GritLM-7B", 0.791),
)
PUBLISHED_LITSEARCH = (
    ("BM25", 0.500),
    ("E5-large-v2", 0.562),
    ("GritLM-7B", 0.748),
    ("GritLM-7B, reranked by GPT-4o", 0.792),
)

NOTES = (
    (
        "Only queries whose gold papers are all among the papers are asked. BM25: bm25s, Lucene variant, English "
        "stop words, Snowball stems, k1 0.9, b 0.4. Whole abstract: title and abstract, one vector, exact cosine."
    ),
    "Published figures are of other queries, and for LitSearch of another corpus: they show the scale.",
)

Say = Callable[[str], None]
Progress = Callable[[int, int], None]


def load(name: str, size: int | None) -> tuple[list[Paper], list[data.Query]]:
    """Return the papers of a set and the queries they answer; `size` papers, or all of the set."""
    if name == "scifact":
        return data.scifact(size)
    return data.litsearch(min(size or SIZES[name], SIZES[name]))


def measure(
    name: str, size: int | None, folder: Path, embedder: Embedder, say: Say, progress: Callable[[str], Progress]
) -> dict[str, list[dict[str, Any]]]:
    """Return the table of one set ("scifact", "S" or "M") by its title, with the published figures below it."""
    papers, queries = load(name, size)
    say(f"{name}: {len(papers):,} papers, {len(queries)} queries.")
    cache = CachedEmbedder(embedder, folder / "vectors.sqlite3")
    systems: list[System] = [Bm25(papers)]
    try:
        vectors = cache.embed_passages([whole(paper) for paper in papers], progress("Embedding whole abstracts"))
        systems.append(WholeAbstract(embedder, papers, vectors))
        kind = "scifact" if name == "scifact" else "mlpapers"
        home = home_of(folder / "stores", kind, len(papers))
        systems.append(Paperchat(home, embedder, papers, say, progress("Indexing for paperchat")))
        rows = peers.compare(systems, queries, 1, progress("Asking"))
    finally:
        cache.close()
        for system in systems:
            system.close()
    title = (
        f"{'SciFact train' if name == 'scifact' else 'LitSearch dev'}, {len(papers):,} papers, {len(queries)} queries"
    )
    return {title: peers.quality(rows, queries), **published(name)}


def published(name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the figures published for a set: of other queries or papers than ours, as their titles say."""
    if name == "scifact":
        rows = [{"published": system, "nDCG@10": figure} for system, figure in PUBLISHED_SCIFACT]
        return {"Published on SciFact's test claims (5,183 papers)": rows}
    rows = [{"published": system, "Recall@5": figure} for system, figure in PUBLISHED_LITSEARCH]
    return {"Published on LitSearch's own corpus (64,183 papers), specific questions": rows}


def home_of(folder: Path, kind: str, size: int) -> Path:
    """Return the folder of the store of the first `size` papers, begun with the largest smaller one that there is.

    So what was embedded for 20,000 papers is not embedded again for 60,000.
    """
    home = folder / f"{kind}-{size}"
    smaller = [path for path in folder.glob(f"{kind}-*") if path.name.partition("-")[2].isdigit()]
    sizes = sorted(int(path.name.partition("-")[2]) for path in smaller)
    below = [other for other in sizes if other < size]
    if not home.exists() and below:
        draft = folder / f"{kind}-{size}.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(folder / f"{kind}-{below[-1]}", draft)
        draft.rename(home)
    return home
