"""Papers like a paper: those whose sentences mean, taken together, what its sentences mean."""

import numpy as np

from paperchat.retrieval.search import nearest_papers
from paperchat.storage.store import Store
from paperchat.types import Paper


def alike(store: Store, paper: Paper, limit: int) -> tuple[Paper, ...]:
    """Return at most `limit` other papers, the nearest by the stored vectors first.

    What all candidates have in common tells none from another, so it is taken out of each before they are compared.
    """
    vectors = store.sentence_vectors([paper.id]).get(paper.id)
    if vectors is None or not len(vectors):
        return ()
    own = vectors.mean(axis=0)
    near = [key for key in dict.fromkeys(nearest_papers(store, own)) if key != paper.id]
    means = {key: rows.mean(axis=0) for key, rows in store.sentence_vectors(near).items() if len(rows)}
    if not means:
        return ()
    rows = np.stack(list(means.values()))
    common = rows.mean(axis=0) if len(rows) > 1 else np.zeros_like(own)
    rows, own = rows - common, own - common
    likeness = rows @ own / np.linalg.norm(rows, axis=1).clip(1e-12)
    ranked = np.argsort(-likeness, kind="stable")[:limit]
    return tuple(store.papers[list(means)[place]] for place in ranked.tolist())
