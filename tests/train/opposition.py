"""Train what judges whether sentences oppose each other: `python -m tests.train.opposition [--dry]`.

It learns from two sets beside the repository in ../shared (PAPERCHAT_SHARED names another place): SciFact's train
claims, each beside the sentences of one abstract that it was labelled against that share most with it, and Check-COVID.
Printed is how many of SciFact's contradictions are found where at most 5 in 100 other claims are called so, weights and
bar learned without the papers that are tested; and the same on sets that nothing was learned from. What is written to
paperchat/data/checker.json has its bar at one half.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from paperchat.logistic import Logistic, as_json
from paperchat.paths import CHECKER
from paperchat.verification.opposition import Opposing, Said, Signs
from tests.train_checker import SHARED, Array, fit

NAMES = tuple(field.name for field in fields(Signs))
FALSE, FOLDS, ROUNDS, NEAREST = 0.05, 6, 3, 3
"""Share of other claims that may be called contradicted; folds; times the sentence that decides is chosen anew;
sentences of an abstract that are held against a claim."""

TESTED = ("evidence_inference", "healthver", "covidfact", "fm2")
"""Sets of `../shared/nli` that are for measuring alone here, of each so many rows."""

MOST, LONGEST = 1500, 900
"""Rows of a set, and characters of evidence."""

WEIGHT, LEFT = 300.0, -1.0
"""What contradictions, and all else, weigh together; stands where there is no sentence."""


@dataclass(frozen=True)
class Table:
    """Claims by the signs of their sentences, shape (claims, NEAREST, signs), their labels, what folds are cut by."""

    signs: Array
    labels: tuple[str, ...]
    groups: tuple[str, ...]

    @property
    def opposed(self) -> Any:
        """Which claims are contradicted."""
        return np.array([label.lower().startswith("contra") for label in self.labels])

    def kept(self, which: Any) -> "Table":
        """Return some of the rows."""
        places = np.flatnonzero(which)
        return Table(self.signs[places], tuple(self.labels[i] for i in places), tuple(self.groups[i] for i in places))


Row = tuple[str, Sequence[str], str, str]
"""A claim, sentences, its label, and what folds are cut by."""


def scifact() -> Iterator[Row]:
    """Yield SciFact's train claims, each with an abstract that it was labelled against."""
    folder = SHARED / "bench/scifact"

    def read(name: str) -> list[Any]:
        raw = (folder / name).read_bytes()
        return [
            json.loads(line) for line in (gzip.decompress(raw) if name.endswith(".gz") else raw).split(b"\n") if line
        ]

    sentences = {row["id"]: row["sentences"] for row in read("sentences.jsonl.gz")}
    claims = {row["id"]: row for row in read("queries-train.jsonl")}
    labels = {(row["claim_id"], row["doc_id"]): row["label"] for row in read("evidence-train.jsonl")}
    for line in (folder / "qrels-train.tsv").read_text(encoding="utf-8").splitlines():
        claim, document, _ = line.split("\t")
        if claims[claim]["label"] == "NOT_ENOUGH_INFO":
            labels.setdefault((claim, document), "NOT_ENOUGH_INFO")
    for (claim, document), label in sorted(labels.items()):
        yield claims[claim]["text"], sentences[document], label, document


def labelled(name: str, most: int = MOST) -> Iterator[Row]:
    """Yield rows of a labelled set of pairs."""
    with gzip.open(SHARED / f"nli/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(name).shuffle(rows)
    fit_rows = [row for row in rows if len(row["premise"]) < LONGEST and row["label"] != "not_supported"]
    for row in fit_rows[:most]:
        yield row["hypothesis"], [row["premise"]], row["label"], row["premise"]


def tabled(rows: Iterator[Row], opposing: Opposing) -> Table:
    """Return claims by their signs."""
    table, labels, groups = [], [], []
    for claim, sentences, label, group in rows:
        mine = Said(claim)
        said = [Said(sentence) for sentence in sentences]
        said.sort(key=lambda one: -len(mine.content & one.content) / (4 + len(one.words) ** 0.5))
        each = [list(opposing.signs(mine, one)[0].named().values()) for one in said[:NEAREST]]
        table.append([*each, *[[LEFT] * len(NAMES)] * (NEAREST - len(each))])
        labels.append(label)
        groups.append(group)
    return Table(np.array(table, float), tuple(labels), tuple(groups))


def train(tables: Sequence[Table]) -> Logistic:
    """Return the weights that tell contradicted claims from the rest, by the sentence of each that opposes it most."""
    signs = np.concatenate([table.signs for table in tables])
    truth = np.concatenate([table.opposed for table in tables]).astype(float)
    weight = np.where(truth > 0, WEIGHT / truth.sum(), WEIGHT / (1 - truth).sum())
    chosen = signs[:, 0]
    for _ in range(ROUNDS):
        weights = fit(chosen, truth, weight, NAMES)
        chosen = signs[np.arange(len(signs)), odds(weights, signs).argmax(axis=1)]
    return weights


def odds(weights: Logistic, signs: Array) -> Array:
    """Return the log odds of each sentence of each claim, shape (claims, NEAREST)."""
    rows = np.array([weights.features[name] for name in NAMES])
    found: Array = weights.intercept + ((signs - rows[:, 1]) / rows[:, 2]) @ rows[:, 0]
    return np.where(signs[..., 0] == LEFT, -np.inf, found)


def scores(weights: Logistic, table: Table) -> Array:
    """Return the log odds of each claim: those of the sentence that opposes it most."""
    best: Array = odds(weights, table.signs).max(axis=1)
    return best


def bar_of(weights: Logistic, tables: Sequence[Table]) -> float:
    """Return the log odds above which FALSE of the claims that are not contradicted are."""
    others = np.concatenate([scores(weights, table)[~table.opposed] for table in tables])
    return float(np.sort(others)[::-1][int(FALSE * len(others))])


def report(name: str, called: Any, table: Table) -> None:
    """Print how many contradictions are found, and how many other claims are called so."""
    truth = table.opposed
    alarms, others = int(called[~truth].sum()), int((~truth).sum())
    found = f"{int(called[truth].sum())} of {int(truth.sum())} ({called[truth].mean():.3f})"
    print(f"{name}: contradictions found {found}, false alarms {alarms} of {others} ({alarms / max(1, others):.3f})")


def cross_validated(table: Table, others: Sequence[Table]) -> Any:
    """Return which claims are called contradicted by weights and a bar learned without those of their papers."""
    papers = sorted(set(table.groups))
    random.Random(3).shuffle(papers)
    fold = {paper: place % FOLDS for place, paper in enumerate(papers)}
    own = np.array([fold[paper] for paper in table.groups])
    called = np.zeros(len(own), bool)
    for number in range(FOLDS):
        known = table.kept(own != number)
        weights = train([known, *others])
        called[own == number] = scores(weights, table.kept(own == number)) > bar_of(weights, [known])
    return called


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dry", action="store_true", help="measure, and write nothing")
    options = parser.parse_args()
    saved = json.loads(CHECKER.read_text(encoding="utf-8"))
    opposing = Opposing(saved["rarity"], Logistic(0.0, {}))
    own, covid = tabled(scifact(), opposing), tabled(labelled("check_covid"), opposing)
    report("SciFact, cross-validated by paper", cross_validated(own, [covid]), own)
    report("Check-COVID, cross-validated by evidence", cross_validated(covid, [own]), covid)
    weights = train([own, covid])
    bar = bar_of(weights, [own])
    for name in TESTED:
        table = tabled(labelled(name), opposing)
        report(f"{name}, nothing of it learned", scores(weights, table) > bar, table)
    if not options.dry:
        saved["opposing"] = as_json(Logistic(weights.intercept - bar, weights.features))
        CHECKER.write_text(json.dumps(saved, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
