"""Questions and claims by hand over real abstracts: `python -m tests.train.abstracts FOLDER`.

The files beside this one name papers of two sets beside the repository in ../shared/bench (PAPERCHAT_SHARED names
another place) and have what was written over them; no word of theirs is in it. FOLDER/abstracts.jsonl gets pairs to
learn fit from, a row a question, as `public_pairs` writes them: of `abstracts.jsonl` without one hand's papers, KEPT,
and without the collections of `grounded-N.jsonl`. From those the weights on top of the network are learned.
"""

import gzip
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from paperchat.text.sentences import split_sentences
from paperchat.text.tokens import content_words
from tests.train.pairs import Pair
from tests.train.public_pairs import pairs_of
from tests.train_checker import SHARED

ROWS = Path(__file__).parent / "abstracts.jsonl"

FOLDER = Path(__file__).parent

SETS = {"mlpapers": "mlpapers/part-*.jsonl.gz", "scifact": "scifact/corpus.jsonl.gz"}

KEPT = 6
"""The hand whose papers the network does not see."""

SINGLE, NUMBERS = 10, (7, 8, 9)
"""The kept papers as a collection, of questions over one paper each; the others, as those of `tests/reading` are."""

ELSEWHERE = 2
"""Sentences of other papers beside a question: of those that share most words with it."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A paper with the questions that were written over it, each with the places of the sentences that answer."""

    title: str
    sentences: tuple[str, ...]
    hand: int
    asked: Sequence[Mapping[str, Any]]


def read_lines(name: str) -> list[Row]:
    """Return the rows of a file beside this one."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def names_of(number: int) -> list[str]:
    """Return the names of a collection's papers, each of a set and of a paper in it."""
    names: list[str] = json.loads((FOLDER / "collections.json").read_text(encoding="utf-8"))[str(number)]
    return names


@cache
def read_papers() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return title and sentences of all papers over which something was written, by their names."""
    wanted = {f"{row['from']} {row['id']}" for row in read_lines("abstracts.jsonl")}.union(*map(names_of, NUMBERS))
    found = {}
    for source, files in SETS.items():
        for file in sorted((SHARED / "bench").glob(files)):
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                for paper in map(json.loads, lines):
                    if (name := f"{source} {paper['id']}") in wanted:
                        abstract = " ".join(paper["abstract"].split())
                        sentences = tuple(abstract[start:end].strip() for start, end in split_sentences(abstract))
                        found[name] = (" ".join(paper["title"].split()), sentences)
    return found


@cache
def written() -> tuple[Written, ...]:
    """Return the papers of `abstracts.jsonl`. Raises ValueError where one is cut into other sentences than it was."""
    rows = read_lines("abstracts.jsonl")
    papers = read_papers()
    found = []
    for row in rows:
        title, sentences = papers[f"{row['from']} {row['id']}"]
        if len(sentences) != row["sentences"]:
            raise ValueError(
                f"{row['id']} has {len(sentences)} sentences, not {row['sentences']}: numbers mean others."
            )
        found.append(Written(title, sentences, row["hand"], row.get("asked", ())))
    return tuple(found)


def kept() -> list[Written]:
    """Return the papers that the network does not learn from."""
    return [one for one in written() if one.hand == KEPT]


@cache
def papers_of(number: int) -> tuple[Row, ...]:
    """Return the papers of a collection, each with its title and the sentences of its abstract."""
    if number == SINGLE:
        return tuple({"title": one.title, "abstract": list(one.sentences)} for one in kept())
    papers = read_papers()
    return tuple({"title": papers[name][0], "abstract": list(papers[name][1])} for name in names_of(number))


def rows_of(number: int) -> list[Row]:
    """Return the questions asked over a collection."""
    if number != SINGLE:
        return read_lines(f"grounded-{number}.jsonl")
    return [
        {
            "id": f"{at}-{place}", "type": "fact" if row["answers"] else "near", "question": row["q"],
            "papers": [at], "also": [], "evidence": [[at, said] for said in row["answers"]], "turns": [],
        }
        for at, one in enumerate(kept(), 1)
        for place, row in enumerate(one.asked)
    ]  # fmt: skip


def pairs() -> Iterator[dict[str, Any]]:
    """Yield the questions over the papers that are learned from, each with its pairs."""
    dice, learned = random.Random(1), [one for one in written() if one.hand != KEPT and one.asked]
    words = [(one, [set(content_words(sentence)) for sentence in one.sentences]) for one in learned]
    for paper in learned:
        for row in paper.asked:
            own = pairs_of(row["q"], paper.title, paper.sentences, set(row["answers"]), dice)
            yield {"question": row["q"], "collection": 0, "pairs": [*own, *_elsewhere(row["q"], paper, words)]}


def _elsewhere(question: str, paper: Written, words: Sequence[tuple[Written, list[set[str]]]]) -> list[Pair]:
    """Return the sentences of other papers that share most words with a question, one of a paper."""
    asked = set(content_words(question))
    near = [
        (*max((len(asked & own), place) for place, own in enumerate(sentences)), at)
        for at, (one, sentences) in enumerate(words)
        if one is not paper
    ]
    best = sorted(near, reverse=True)[:ELSEWHERE]
    return [(words[at][0].title, words[at][0].sentences[place], 0) for _, place, at in best]


def main(folder: Path) -> None:
    """Write the pairs."""
    rows = list(pairs())
    (folder / "abstracts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    print(f"{sum(len(row['pairs']) for row in rows):,} pairs of {len(rows):,} questions")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
