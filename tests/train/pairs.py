"""Pairs to learn fit from: `python -m tests.train.pairs FOLDER` writes FOLDER/pairs.jsonl, a row a question.

Each of the six collections is indexed and searched for each of its questions. A row has the question as it is
understood alone, its collection, and pairs (title, sentence, whether that sentence answers): the sentences that do,
the likest and some others of the same papers, and the likest of other papers that are found.
"""

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from paperchat.app import App
from paperchat.models.minilm import MiniLM
from paperchat.settings import Settings
from paperchat.storage.incoming import Order
from paperchat.text.cleaning import normalised
from paperchat.text.paper_text import PaperText
from paperchat.types import Vectors
from tests.reading.collections import NUMBERS, page_of, papers_of, question_of, rows_of

FOUND = 12
"""Papers that a question finds."""

LIKEST, OTHERS = 3, 2
"""Sentences beside those that answer, of the paper that does: the likest to the question, and some others."""

ELSEWHERE, ELSEWHERE_LISTED = 3, 8
"""Sentences of other papers for a question of one kind, and for a list."""

Pair = tuple[str, str, int]

NOT_ASKED = ("set", "assistant", "last", "overview")


def pairs_of(
    row: Mapping[str, Any], texts: Sequence[PaperText], near: Sequence[Vectors], dice: random.Random
) -> list[Pair]:
    """Return the pairs of a question; `near` has the cosine of each sentence of the texts to it."""
    gold = set(map(normalised, row["gold"]))
    harmless = set(map(normalised, row["acceptable"]))
    quotes = [(normalised(one["title"]), normalised(one["quote"])) for one in row["evidence"]]
    right, own, elsewhere = list[Pair](), list[tuple[float, Pair]](), list[Pair]()
    for text, cosines in zip(texts, near, strict=True):
        title = normalised(text.paper.title)
        told = {quote for paper, quote in quotes if paper == title}
        answers = [any(one in quote or quote in one for quote in told) for one in map(normalised, text.cleaned)]
        if title in gold or (title in harmless and row["subtype"] == "near"):
            right += [(text.title, one, 1) for one, yes in zip(text.cleaned, answers, strict=True) if yes]
            if row["type"] != "list":
                told_not = zip(cosines, text.cleaned, answers, strict=True)
                own += [(float(cosine), (text.title, one, 0)) for cosine, one, yes in told_not if not yes]
            elif not any(answers):
                right.append((text.title, "", 1))
        elif title not in harmless:
            best = np.argsort(-cosines)[: 1 if row["type"] == "list" else 2]
            elsewhere += [(text.title, text.cleaned[at], 0) for at in best]
    beside = [pair for _, pair in sorted(own, key=lambda one: -one[0])]
    rest = beside[LIKEST:]
    count = ELSEWHERE_LISTED if row["type"] == "list" else ELSEWHERE
    dice.shuffle(elsewhere)
    return [*right, *beside[:LIKEST], *dice.sample(rest, min(OTHERS, len(rest))), *elsewhere[:count]]


def collected(number: int, embedder: MiniLM) -> Iterator[dict[str, Any]]:
    """Yield the rows of a collection."""
    papers, dice = papers_of(number), random.Random(number)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "papers.txt"
        page.write_text(page_of(papers), encoding="utf-8")
        settings = Settings(data=Path(folder) / "store")
        with App(settings, print, lambda *_: None, Order((page,))) as app:
            library = app.library
            for row in rows_of(number):
                if row["type"] in NOT_ASKED or row.get("means") == "answer":
                    continue
                asked = row.get("alone") or row["question"]
                whole = question_of(row, papers)
                wanted = library.find([*whole["gold"], *whole["acceptable"]])
                found = (one.paper for one in library.found(asked, FOUND).results)
                all_papers = list(dict.fromkeys((*found, *wanted)))
                vector = embedder.embed_query(asked)[0]
                near = [vectors @ vector for vectors in library.vectors(all_papers)]
                pairs = pairs_of(whole, library.read(all_papers), near, dice)
                yield {"question": asked, "collection": number, "pairs": pairs}


def main(folder: Path) -> None:
    """Write the pairs of all collections."""
    folder.mkdir(parents=True, exist_ok=True)
    embedder = MiniLM()
    rows = [row for number in NUMBERS for row in collected(number, embedder)]
    (folder / "pairs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    print(f"{sum(len(row['pairs']) for row in rows):,} pairs of {len(rows):,} questions")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
