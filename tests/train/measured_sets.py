"""Measure the checker on labelled sets that nothing learns from: `python -m tests.train.measured_sets [PAIRS]`.

Of each set, PAIRS (300) by chance, beside the repository in ../shared (PAPERCHAT_SHARED names another place). A premise
is read as an abstract. Prints the balanced accuracy of what is called supported against the rest, the share of each
label that is called so, and the area under the curve of its score beside that of the words shared alone.
"""

import gzip
import json
import random
import sys

import numpy as np

from paperchat.models.claim_model import ClaimModel
from paperchat.models.minilm import MiniLM
from paperchat.paths import CHECKER, CLAIM_MODEL
from paperchat.verification.checker import read_checker
from paperchat.verification.evidence import whole_paper
from tests.samples import as_evidence, paper
from tests.train_checker import SHARED, balanced

SETS = ("healthver", "covidfact", "nli4ct", "climate_fever", "scitab", "rte")


def area(scores: list[float], right: list[bool]) -> float:
    """Return the share of pairs of a right and a wrong claim of which the right one has the higher score."""
    told, side = np.array(scores), np.array(right)
    yes, no = told[side][:, None], told[~side]
    return float(np.mean((yes > no) + 0.5 * (yes == no)))


def main(pairs: int) -> None:
    """Print the figures of each set."""
    embedder = MiniLM()
    checker = read_checker(json.loads(CHECKER.read_text(encoding="utf-8")), ClaimModel(CLAIM_MODEL))
    for name in SETS:
        with gzip.open(SHARED / f"nli/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = random.Random(1).sample(list(map(json.loads, lines)), pairs)
        called, scores, shared = [], [], []
        for row in rows:
            evidence = whole_paper(as_evidence(paper("", row["premise"]), embedder))
            found = checker.find(row["hypothesis"], embedder.embed_query(row["hypothesis"])[0], evidence)
            check = checker.judge(found, evidence.quotes)
            called.append(check.verdict == "supported")
            scores.append(check.score)
            shared.append(found.features.overlap)
        right = [row["label"] == "supported" for row in rows]
        accuracy = balanced(list(zip(right, called, strict=True)))
        shares = {
            label: np.mean([call for row, call in zip(rows, called, strict=True) if row["label"] == label])
            for label in sorted({row["label"] for row in rows})
        }
        told = ", ".join(f"{label} {share:.2f}" for label, share in shares.items())
        print(
            f"{name}: balanced {accuracy:.3f}; called supported: {told}; "
            f"area {area(scores, right):.3f}, of words shared {area(shared, right):.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
