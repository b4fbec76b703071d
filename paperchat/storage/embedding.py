"""Papers cut and embedded, and kept in the record so that a kill costs a few of them."""

from collections.abc import Callable, Sequence

from paperchat.protocols import Embedder
from paperchat.storage.chunking import CHUNKING, chunk_paper, chunk_parts, text_hash
from paperchat.storage.records import Record
from paperchat.types import Paper

Progress = Callable[[int, int], None]
"""Called with (papers done, papers in all) while papers are embedded."""

PAPERS_AT_ONCE = 8
"""Papers embedded between two commits: what a kill can cost."""


def embed(record: Record, embedder: Embedder, papers: Sequence[Paper], waiting: bool = False) -> None:
    """Keep the chunks of papers, or of papers that are `waiting`, and the vectors that the record has not."""
    cut = [
        (chunk, chunk_parts(paper.title, sentences), sentences)
        for paper in papers
        for chunk, sentences in chunk_paper(paper)
    ]
    parts = {text_hash(parts): parts for _, parts, _ in cut}
    known = record.known(embedder.name, list(parts))
    missing = {key: texts for key, texts in parts.items() if key not in known}
    if missing:
        record.save_vectors(embedder.name, list(missing), embedder.embed_parts(list(missing.values())))
    record.save_chunks(CHUNKING, [(chunk, text_hash(parts), own) for chunk, parts, own in cut], waiting)
