"""Pairs to learn judging claims from: `python -m tests.train.claim_pairs FOLDER` writes FOLDER/pairs.jsonl.

A row has a claim, a title, sentences, their label (supported, contradicted, neutral, or not_supported where a set does
not tell the last two apart), and `source`. Numbers are masked as they are when a claim is read (`entailment.masked`);
claims that only a number makes wrong are left out. All but our own claims stand beside the repository in ../shared
(PAPERCHAT_SHARED names another place):

- labelled sets that may train what ships (`SETS`, with the most rows a label), as `nli/README.md` tells them;
- claims by hand over invented and real abstracts (`claims.jsonl`, `abstracts.jsonl`), beside the three sentences of
  their paper that are likest, and right ones beside the likest sentences of another paper too;
- claims made of abstracts (`perturbations`), their titles as far paraphrases, and the likest sentences of others.

What one hand wrote (`abstracts.KEPT`) and the fields of `held_out.jsonl` are left out: weights are learned from them.
"""

import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from paperchat.models.minilm import MiniLM
from paperchat.text.names import names
from paperchat.text.sentences import split_sentences
from paperchat.text.tokens import content_words
from paperchat.types import Vectors
from paperchat.verification.alignment import BEST
from paperchat.verification.entailment import masked
from tests.train import abstracts as real
from tests.train.perturbations import right, wrong
from tests.train_checker import SHARED, abstracts

SETS = {
    "citation_integrity": 2000, "check_covid": 600, "evidence_inference": 1500, "clinifact": 400,
    "fever_symmetric": 700, "fever_dev": 2000, "fm2": 1300, "conjnli": 1200, "paws_x_en": 2300, "med": 800,
    "help_conj": 500, "breaking_nli": 800, "negation_snli_mnli": 1000, "cad_snli": 1500, "mnli_dev": 3000,
    "snli_dev_test": 1000, "scientsbank": 800,
}  # fmt: skip
"""Sets, each with the most rows of a label that are taken."""

MADE, MEDICAL = 1500, 1000
"""Abstracts of machine learning and of SciFact's corpus that claims are made of."""

LONG, TOLD = 700, 2
"""Characters of a premise beyond which its likest sentences are taken; sentences of an abstract that are changed, and
right and wrong claims of each."""

NUMBERS = ("number", "number-swapped", "number-restated")
"""Kinds of claims by hand that turn on a number."""

Row = dict[str, Any]


def row_of(claim: str, title: str, said: str, label: str, source: str) -> Row:
    """Return a pair."""
    told = {"claim": masked(claim), "title": masked(title), "said": masked(said)}
    return {**told, "label": label, "source": source}


def labelled(dice: random.Random) -> Iterator[Row]:
    """Yield pairs of the labelled sets."""
    for name, most in SETS.items():
        with gzip.open(SHARED / f"nli/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = list(map(json.loads, lines))
        dice.shuffle(rows)
        counts: Counter[str] = Counter()
        for row in rows:
            counts[row["label"]] += 1
            if counts[row["label"]] <= most:
                said = likest_words(row["hypothesis"], row["premise"])
                yield row_of(row["hypothesis"], "", said, row["label"], name)


def likest_words(claim: str, text: str) -> str:
    """Return a text, of a long one the sentences that share most words with a claim."""
    if len(text) < LONG:
        return text
    sentences = [text[start:end].strip() for start, end in split_sentences(text)]
    own = set(content_words(claim))
    order = sorted(range(len(sentences)), key=lambda at: -len(own.intersection(content_words(sentences[at]))))
    return " ".join(sentences[at] for at in sorted(order[:BEST]))


class Paper:
    """An abstract whose sentences are found by likeness."""

    def __init__(self, title: str, sentences: Sequence[str], vectors: Vectors) -> None:
        self.title, self.sentences, self.vectors = title, sentences, vectors
        self.words = [set(content_words(sentence)) for sentence in sentences]

    def best(self, claim: str, vector: Vectors) -> str:
        """Return the sentences that are likest to a claim, in their order."""
        own = set(content_words(claim))
        shares = np.array([len(own & words) / max(1, len(own)) for words in self.words])
        likeness = shares + self.vectors @ vector
        places = sorted(np.argsort(-likeness)[:BEST])
        return " ".join(self.sentences[at] for at in places)


def made_papers(rows: Sequence[tuple[str, Sequence[str]]], embedder: MiniLM) -> list[Paper]:
    """Return papers of titles and sentences."""
    vectors = embedder.embed_passages([sentence for _, sentences in rows for sentence in sentences])
    papers, at = [], 0
    for title, sentences in rows:
        papers.append(Paper(title, sentences, np.asarray(vectors[at : at + len(sentences)])))
        at += len(sentences)
    return papers


def likest_paper(paper: Paper, vector: Vectors, papers: Sequence[Paper], means: Vectors) -> Paper:
    """Return the other paper whose sentences are likest to a claim."""
    order = np.argsort(-(means @ vector))[:6]
    nearness: dict[int, float] = {
        at: float((papers[at].vectors @ vector).max()) for at in map(int, order) if papers[at] is not paper
    }
    return papers[max(nearness, key=lambda at: nearness[at])]


def by_hand(embedder: MiniLM) -> Iterator[Row]:
    """Yield the claims by hand, and right ones beside another paper."""
    invented = [json.loads(line) for line in (real.FOLDER / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    told = [("invented", row["title"], row["abstract"], row["claims"]) for row in invented]
    texts = real.read_papers()
    rows = (row for row in real.read_lines("abstracts.jsonl") if row["hand"] != real.KEPT)
    told += [("real", *texts[f"{row['from']} {row['id']}"], row["claims"]) for row in rows]
    papers = made_papers([(title, sentences) for _, title, sentences, _ in told], embedder)
    means = np.stack([paper.vectors.mean(axis=0) for paper in papers])
    for paper, (source, title, _, claims) in zip(papers, told, strict=True):
        vectors = np.asarray(embedder.embed_passages([one["claim"] for one in claims]))
        for one, vector in zip(claims, vectors, strict=True):
            if one["kind"] not in NUMBERS or one["label"] == "supported":
                yield row_of(one["claim"], title, paper.best(one["claim"], vector), one["label"], source)
            if one["label"] == "supported":
                other = likest_paper(paper, vector, papers, means)
                yield row_of(one["claim"], other.title, other.best(one["claim"], vector), "neutral", f"{source} beside")


def medical() -> Iterator[tuple[str, list[str]]]:
    """Yield title and sentences of SciFact's corpus."""
    with gzip.open(SHARED / "bench/scifact/corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield row["title"], [row["abstract"][start:end].strip() for start, end in split_sentences(row["abstract"])]


def from_abstracts(embedder: MiniLM, dice: random.Random) -> Iterator[Row]:
    """Yield claims made of abstracts."""
    machine = (
        (title, [text[a:b].strip() for a, b in split_sentences(text)]) for title, text in abstracts("part-02", MADE)
    )
    some = list(medical())
    rows = [row for row in (*machine, *dice.sample(some, MEDICAL)) if len(row[1]) > BEST]
    papers = made_papers([(title, sentences[:14]) for title, sentences in rows], embedder)
    means = np.stack([paper.vectors.mean(axis=0) for paper in papers])
    titles = np.asarray(embedder.embed_passages([paper.title for paper in papers]))
    for paper, vector in zip(papers, titles, strict=True):
        other = likest_paper(paper, vector, papers, means)
        yield row_of(paper.title, "", paper.best(paper.title, vector), "supported", "titles")
        yield row_of(paper.title, "", other.best(paper.title, vector), "neutral", "titles")
        yield from perturbed(paper, dice)


def perturbed(paper: Paper, dice: random.Random) -> Iterator[Row]:
    """Yield right and wrong claims made of sentences of a paper, as many of each."""
    said = [at for at, one in enumerate(paper.sentences) if 40 < len(one) < 320]  # that say one thing
    called = sorted({one[start:end] for one in paper.sentences for start, end in names(one)})
    for at in dice.sample(said, min(TOLD, len(said))):
        sentence = paper.sentences[at]
        bad = list(wrong(sentence, called, dice))
        told = [(kind, claim, "not_supported") for kind, claim in dice.sample(bad, min(TOLD, len(bad)))]
        told += [(kind, claim, "supported") for kind, claim in list(right(sentence, dice))[-TOLD:]]
        for kind, claim, label in told:
            yield row_of(claim, paper.title, paper.best(claim, paper.vectors[at]), label, f"made: {kind}")


def main(folder: Path) -> None:
    """Write the pairs."""
    folder.mkdir(parents=True, exist_ok=True)
    dice, embedder = random.Random(1), MiniLM()
    counts: Counter[tuple[str, str]] = Counter()
    with (folder / "pairs.jsonl").open("w", encoding="utf-8") as lines:
        for part in (labelled(dice), by_hand(embedder), from_abstracts(embedder, dice)):
            for row in part:
                counts[row["source"], row["label"]] += 1
                lines.write(json.dumps(row) + "\n")
            print(f"{counts.total():,} pairs", flush=True)
    for (source, label), count in sorted(counts.items()):
        print(f"{source}: {label} {count:,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
