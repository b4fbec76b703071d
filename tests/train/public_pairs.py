"""Pairs of public question sets: `python -m tests.train.public_pairs FOLDER FILE…` writes FOLDER/public.jsonl.

Each FILE is as SelQA publishes its sentences (emorynlp/selqa, `ass/*.json`, Apache-2.0) or as SQuAD and COVID-QA
publish their passages (deepset-ai/COVID-QA, `200423_covidQA.json`, Apache-2.0). A row has the question and pairs
(title, sentence, whether that sentence answers): those that do, the likest others of the same text by their words, and
some that stand beside them. They are other people's questions about other matters than papers.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from paperchat.text.sentences import split_sentences
from paperchat.text.tokens import content_words
from tests.train.pairs import Pair

LIKEST, BESIDE = 3, 2
"""Sentences of the same text that do not answer: the likest to the question, and others."""

NEIGHBOURS = 8
"""Sentences on each side of the answer of which these are taken, where a text is long."""


def pairs_of(question: str, title: str, sentences: Sequence[str], right: set[int], dice: random.Random) -> list[Pair]:
    """Return the pairs of a question over the sentences of a text, of which those at `right` answer."""
    asked = set(content_words(question))
    rest = [place for place in range(len(sentences)) if place not in right]
    rest.sort(key=lambda place: -len(asked.intersection(content_words(sentences[place]))))
    others = dice.sample(rest[LIKEST:], min(BESIDE, len(rest[LIKEST:])))
    told = [(place, 1) for place in sorted(right)] + [(place, 0) for place in (*rest[:LIKEST], *others)]
    return [(title, sentences[place], label) for place, label in told]


def of_sentences(rows: Sequence[dict[str, Any]], dice: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the rows of SelQA's form: a question with candidate sentences and the places of those that answer."""
    for row in rows:
        title = f"{row['article']}: {row['section']}"
        pairs = pairs_of(row["question"], title, row["candidates"], set(row["answers"]), dice)
        yield {"question": row["question"], "collection": 0, "pairs": pairs}


def of_passages(whole: dict[str, Any], dice: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the rows of SQuAD's form: passages with questions whose answers are spans; where none is, no sentence is.

    The title of a passage that has none is its first line.
    """
    for article in whole["data"]:
        for passage in article["paragraphs"]:
            text = passage["context"]
            title = article.get("title") or text.partition("\n")[0]
            spans = list(split_sentences(text))
            for asked in passage["qas"]:
                starts = {answer["answer_start"] for answer in asked["answers"]}
                right = {n for n, (start, end) in enumerate(spans) if any(start <= at < end for at in starts)}
                centre = min(right, default=0)
                first = max(0, centre - NEIGHBOURS)
                near = [" ".join(text[start:end].split()) for start, end in spans[first : centre + NEIGHBOURS + 1]]
                pairs = pairs_of(
                    asked["question"], title, near, {n - first for n in right if n - first < len(near)}, dice
                )
                yield {"question": asked["question"], "collection": 0, "pairs": pairs}


def main(folder: Path, files: Sequence[Path]) -> None:
    """Write the pairs of all files."""
    dice, rows = random.Random(1), list[dict[str, Any]]()
    for file in files:
        told = json.loads(file.read_text(encoding="utf-8"))
        rows += of_sentences(told, dice) if isinstance(told, list) else of_passages(told, dice)
    (folder / "public.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    print(f"{sum(len(row['pairs']) for row in rows):,} pairs of {len(rows):,} questions")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
