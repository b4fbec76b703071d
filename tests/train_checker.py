"""Train the citation checker: `python -m tests.train_checker [--yes FILE]` writes paperchat/data/checker.json.

What it learns from is none of the claims that are reported on: claims by hand over papers that the network of
`tests.train.claim_model` has not seen (twelve invented fields, and one hand's real abstracts), and, beside the
repository in ../shared (PAPERCHAT_SHARED names another place), SciFact's train claims with their abstracts and claims
made here from machine-learning abstracts: sentences whole, shortened and joined, against sentences of other abstracts.
Each source and label weighs the same, the claims by hand three times as much, because they are paraphrased far. The
labelled claims over the shipped papers are reported on; FILE has rows {"id", "yes"} with a model's probabilities for
them; `--ask SECONDS` first adds to it from Ollama (3 to 6 s a claim with a 1.5B model on two cores). Without FILE the
weights with a model stay. Those of what opposes a claim stay always: `python -m tests.train.opposition` makes them.
"""

import argparse
import gzip
import json
import math
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from paperchat.logistic import Logistic
from paperchat.models.claim_model import ClaimModel
from paperchat.models.minilm import MiniLM
from paperchat.models.ollama import OllamaServer
from paperchat.models.steps import result_of
from paperchat.paths import CHECKER, CLAIM_MODEL, prompts_folder
from paperchat.protocols import Embedder
from paperchat.storage.readers.listing import SHIPPED, read_page
from paperchat.text.cleaning import clean, normalised
from paperchat.text.words import words
from paperchat.verification.checker import Checker, log_odds, question, read_checker
from paperchat.verification.evidence import Evidence, PaperEvidence, Quoted, quoted, whole_paper
from paperchat.verification.features import Features, Findings
from tests.samples import as_evidence, paper

SHARED = Path(os.environ.get("PAPERCHAT_SHARED") or Path(__file__).parent.parent.parent / "shared")
COMMON, COUNTED = 1000, 8000
"""Stems whose document frequency is kept, and abstracts in which it is counted."""
OWN = Path(__file__).parent / "claims.jsonl"
"""Labelled claims over the shipped papers."""
HELD = Path(__file__).parent / "train" / "held_out.jsonl"
"""Claims by hand over invented papers of twelve fields that no network has seen."""
READER = ClaimModel(CLAIM_MODEL)
MADE, SCIFACT, NEAREST = 40, 100, 8
"""Abstracts that claims are made from, SciFact pairs, sentences of other papers shown with a claim."""
PENALTY, FOLDS, CLAIMS_WEIGH = 1.0, 6, 3.0
ALONE = tuple(field.name for field in fields(Features))

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """A claim with its evidence; `group` is the paper, by which folds are cut."""

    id: str
    claim: str
    evidence: Evidence
    supported: bool
    kind: str
    group: str


def abstracts(part: str, count: int) -> Iterator[tuple[str, str]]:
    """Yield (title, abstract) of machine-learning papers."""
    with gzip.open(SHARED / f"bench/mlpapers/{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(count), lines, strict=False):
            row = json.loads(line)
            yield row["title"], row["abstract"]


def count_rarity() -> dict[str, float]:
    """Return the inverse document frequency, ln(N / n), of the COMMON most frequent stems."""
    counts: Counter[str] = Counter()
    for title, abstract in abstracts("part-00", COUNTED):
        counts.update({word.stem for word in words(f"{title}. {abstract}") if word.content})
    return {stem: round(math.log(COUNTED / n), 2) for stem, n in sorted(counts.most_common(COMMON))}


class Neighbours:
    """The sentences of many papers; `near` gives the likest to a claim that are not of its own paper."""

    def __init__(self, papers: Iterable[PaperEvidence], embedder: Embedder) -> None:
        self._rows = [sentence for one in papers for sentence in quoted(one)]
        self._vectors = np.stack([row.paper.vectors[row.number] for row in self._rows])
        self._embedder = embedder

    def near(self, claim: str, title: str) -> tuple[Quoted, ...]:
        order = np.argsort(-(self._vectors @ self._embedder.embed_query(claim)[0]))
        return tuple(self._rows[i] for i in order[:80] if self._rows[i].paper.title != clean(title))[:NEAREST]


@cache
def shipped(embedder: MiniLM) -> dict[str, PaperEvidence]:
    """Return the shipped papers by normalised title."""
    return {normalised(one.title): as_evidence(one, embedder) for one in read_page(SHIPPED)}


def held_claims(embedder: MiniLM) -> list[Row]:
    """Return the claims by hand that no network has seen: over invented papers, and one hand's over real ones."""
    from tests.train.abstracts import KEPT, read_lines, read_papers

    told = [(row["title"], row["abstract"], row["claims"]) for row in map(json.loads, HELD.open(encoding="utf-8"))]
    texts = read_papers()
    real = [row for row in read_lines("abstracts.jsonl") if row["hand"] == KEPT]
    told += [(*texts[f"{row['from']} {row['id']}"], row["claims"]) for row in real]
    papers = [as_evidence(paper(title, " ".join(sentences)), embedder) for title, sentences, _ in told]
    near = Neighbours(papers, embedder)
    rows = []
    for number, (one, (_, _, claims)) in enumerate(zip(papers, told, strict=True)):
        for place, row in enumerate(claims):
            evidence = whole_paper(one, near.near(row["claim"], one.title))
            supported = row["label"] == "supported"
            rows.append(Row(f"h{number}-{place}", row["claim"], evidence, supported, row["kind"], str(number)))
    return rows


def own_claims(embedder: MiniLM) -> list[Row]:
    """Return the project's own claims over the shipped papers."""
    return _labelled(OWN, embedder)


def dev_claims(embedder: MiniLM, shared: Path = SHARED) -> list[Row]:
    """Return the labelled claims over the shipped papers."""
    return _labelled(shared / "claims/dev.jsonl", embedder)


def _labelled(file: Path, embedder: MiniLM) -> list[Row]:
    papers = shipped(embedder)
    near = Neighbours(papers.values(), embedder)
    rows = []
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        one = papers[normalised(row["title"])]
        evidence = whole_paper(one, near.near(row["claim"], one.title))
        supported = row["label"] == "supported"
        rows.append(Row(row["id"], row["claim"], evidence, supported, row["kind"], one.text.paper.id))
    return rows


def scifact_claims(embedder: Embedder, count: int) -> list[Row]:
    """Return SciFact's train claims, each with one abstract that it was labelled against."""
    folder = SHARED / "bench/scifact"

    def read(name: str) -> list[Any]:
        raw = (folder / name).read_bytes()
        text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()
        return [json.loads(line) for line in text.split("\n") if line]

    titles = {row["id"]: row["title"] for row in read("corpus.jsonl.gz")}
    sentences = {row["id"]: tuple(row["sentences"]) for row in read("sentences.jsonl.gz")}
    claims = {row["id"]: row for row in read("queries-train.jsonl")}
    labels = {(row["claim_id"], row["doc_id"]): row["label"] for row in read("evidence-train.jsonl")}
    for line in (folder / "qrels-train.tsv").read_text(encoding="utf-8").splitlines():
        claim, document, _ = line.split("\t")
        if claims[claim]["label"] == "NOT_ENOUGH_INFO":
            labels.setdefault((claim, document), "NOT_ENOUGH_INFO")
    pairs = sorted(labels)
    random.Random(1).shuffle(pairs)
    pairs = pairs[:count]
    documents = sorted({document for _, document in pairs})
    papers = {key: as_evidence(paper(titles[key], " ".join(sentences[key])), embedder) for key in documents}
    near = Neighbours(papers.values(), embedder)
    rows = []
    for claim, document in pairs:
        text, one = claims[claim]["text"], papers[document]
        evidence = whole_paper(one, near.near(text, one.title))
        label = labels[claim, document]
        rows.append(Row(f"s{claim}-{document}", text, evidence, label == "SUPPORT", label, document))
    return rows


def made_claims(embedder: Embedder, count: int) -> list[Row]:
    """Return claims made from the sentences of abstracts, and sentences of other abstracts."""
    dice = random.Random(2)
    papers = [as_evidence(paper(title, text), embedder) for title, text in abstracts("part-01", count)]
    papers = [one for one in papers if len(one.text.sentences) >= 4]
    near = Neighbours(papers, embedder)
    made: list[Row] = []
    for one in papers:
        own = dice.sample(one.text.cleaned, 4)
        claims = {
            "whole": own[0],
            "shortened": shortened(own[1], dice),
            "joined": joined(own[2], own[3]),
            "other": dice.choice(near.near(own[0], one.title)).cleaned,
        }
        for kind, claim in claims.items():
            made.append(Row(f"made {len(made)}", claim, whole_paper(one), kind != "other", kind, one.title))
    return made


def shortened(sentence: str, dice: random.Random) -> str:
    """Return a sentence without some of its words, its clauses turned round."""
    kept = [word for word in sentence.rstrip(".").split() if dice.random() > 0.3]
    cut = dice.randrange(len(kept) + 1)
    return " ".join([*kept[cut:], *kept[:cut]])


def joined(first: str, second: str) -> str:
    """Return the first half of each of two sentences as one."""
    halves = [" ".join(text.split()[: max(4, len(text.split()) // 2)]) for text in (first, second)]
    return ", and ".join(halves)


def weigh(rows: Sequence[Row], found: Sequence[Findings]) -> tuple[list[int], Array]:
    """Return the places of the rows without a fault, and what each weighs in training.

    Each source and label weighs 100 rows in sum, faulty rows included, so that a probability of one half is the
    threshold of balanced accuracy; the claims by hand weigh CLAIMS_WEIGH times that.
    """
    keys = [(row.id[0], row.supported) for row in rows]
    counts = Counter(keys)
    free = [place for place, f in enumerate(found) if not f.faults]
    return free, np.array([(CLAIMS_WEIGH if keys[i][0] == "h" else 1.0) * 100 / counts[keys[i]] for i in free])


def train(rows: Sequence[Row], found: Sequence[Findings]) -> Logistic:
    """Return the weights that tell supported rows from the rest without a model."""
    free, weight = weigh(rows, found)
    table = np.array([[found[i].features.named()[name] for name in ALONE] for i in free])
    return fit(table, np.array([float(rows[i].supported) for i in free]), weight, ALONE)


def train_with_model(
    rows: Sequence[Row], found: Sequence[Findings], yes: Mapping[str, float], alone: Logistic
) -> Logistic:
    """Return what the log odds of the model's "Yes" add to those without it, which stay as they are."""
    free, weight = weigh(rows, found)
    table = np.array([[log_odds(yes[rows[i].id])] for i in free])
    labels = np.array([float(rows[i].supported) for i in free])
    near = np.array([log_odds(alone.probability(found[i].features.named())) for i in free])
    added = fit(table, labels, weight, ("yes",), near)
    return Logistic(added.intercept, {"near": (1.0, 0.0, 1.0), **added.features})


def fit(matrix: Array, labels: Array, weight: Array, names: Sequence[str], known: Array | float = 0.0) -> Logistic:
    """Return the ridge-penalised logistic regression on top of `known` log odds, by Newton's method."""
    mean, deviation = matrix.mean(axis=0), np.maximum(matrix.std(axis=0), 1e-3)
    design = np.c_[np.ones(len(matrix)), (matrix - mean) / deviation]
    ridge = np.diag([1e-6, *[PENALTY] * matrix.shape[1]])
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta + known, -30, 30)))
        slope = design.T @ (weight * (chance - labels)) + ridge @ beta
        curve = (design.T * (weight * chance * (1 - chance))) @ design + ridge
        step = np.linalg.solve(curve, slope)
        beta -= step
        if abs(step).max() < 1e-8:
            break
    rows = zip(names, beta[1:], mean, deviation, strict=True)
    return Logistic(
        round(float(beta[0]), 4),
        {n: (round(float(b), 4), round(float(m), 4), round(float(d), 4)) for n, b, m, d in rows},
    )


def balanced(right: Sequence[tuple[bool, bool]]) -> float:
    """Return balanced accuracy of (is supported, called supported) pairs."""
    shares = [np.mean([called is side for truth, called in right if truth is side]) for side in (True, False)]
    return float(np.mean(shares))


def report(name: str, rows: Sequence[Row], called: Sequence[bool]) -> None:
    """Print balanced accuracy, and the wrong ones a kind."""
    wrong = Counter(row.kind for row, call in zip(rows, called, strict=True) if row.supported != call)
    kinds = Counter(row.kind for row in rows)
    accuracy = balanced([(row.supported, call) for row, call in zip(rows, called, strict=True)])
    print(f"{name}: balanced accuracy {accuracy:.3f}; wrong:")
    print("  " + ", ".join(f"{kind} {wrong[kind]}/{total}" for kind, total in sorted(kinds.items())))


def measured(name: str, rows: Sequence[Row], checker: Checker, embedder: Embedder) -> list[Findings]:
    """Return the findings of each row, saying how far it is."""
    found = []
    for done, row in enumerate(rows, 1):
        found.append(checker.find(row.claim, embedder.embed_passages([row.claim])[0], row.evidence))
        if done % 100 == 0 or done == len(rows):
            print(f"{name}: {done} of {len(rows)}", file=sys.stderr)
    return found


def ask(rows: Sequence[Row], found: Sequence[Findings], file: Path, model: str, seconds: float) -> None:
    """Add the model's probabilities of rows that the file lacks, until `seconds` have passed."""
    known = read_yes(file)
    server = OllamaServer(os.environ.get("OLLAMA_HOST") or "http://127.0.0.1:11434", model)
    chosen = server.choose()
    prompt = (prompts_folder() / "check.md").read_text(encoding="utf-8")
    began = time.monotonic()
    with file.open("a", encoding="utf-8") as lines:
        for row, findings in zip(rows, found, strict=True):
            if row.id in known or time.monotonic() - began > seconds:
                continue
            yes = result_of(server.yes_probability(chosen, question(prompt, row.claim, row.evidence, findings)))
            lines.write(json.dumps({"id": row.id, "yes": yes}) + "\n")
            lines.flush()


def read_yes(file: Path | None) -> dict[str, float]:
    if file is None or not file.exists():
        return {}
    return {row["id"]: row["yes"] for row in map(json.loads, file.read_text(encoding="utf-8").splitlines())}


def cross_validate(
    held: Sequence[Row], found: Sequence[Findings], rest: Sequence[Row], rest_found: Sequence[Findings],
    yes: Mapping[str, float] | None,
) -> list[bool]:  # fmt: skip
    """Return what each claim by hand is called by weights trained without the claims on its fold's papers."""
    groups = sorted({row.group for row in held})
    random.Random(3).shuffle(groups)
    fold = {group: place % FOLDS for place, group in enumerate(groups)}
    called = [False] * len(held)
    for number in range(FOLDS):
        kept = [place for place, row in enumerate(held) if fold[row.group] != number]
        some, some_found = [held[i] for i in kept], [found[i] for i in kept]
        alone = train([*some, *rest], [*some_found, *rest_found])
        both = train_with_model(some, some_found, yes, alone) if yes else Logistic(0.0, {})
        checker = Checker(READER, {}, alone, both)
        for place in set(range(len(held))) - set(kept):
            row, own = held[place], found[place]
            check = checker.judge(own, row.evidence.quotes, yes[row.id] if yes else None)
            called[place] = check.verdict == "supported"
    return called


def verdicts(checker: Checker, rows: Sequence[Row], found: Sequence[Findings]) -> list[bool]:
    """Return whether each claim is called supported, without a model."""
    pairs = zip(rows, found, strict=True)
    return [checker.judge(one, row.evidence.quotes).verdict == "supported" for row, one in pairs]


def save(checker: Checker) -> None:
    """Write the checker, a line a feature."""

    def plain(weights: Logistic) -> dict[str, Any]:
        return {"intercept": weights.intercept, "features": {k: list(v) for k, v in weights.features.items()}}

    weights = {name: plain(getattr(checker, name)) for name in ("alone", "with_model", "opposing")}
    parts = {**weights, "rarity": dict(checker.rarity)}
    CHECKER.write_text(json.dumps(parts, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--yes", type=Path, help="JSONL file of the model's probabilities")
    parser.add_argument("--ask", type=float, metavar="SECONDS", help="first ask the model, for as long")
    parser.add_argument("--model", default="", help="the model to ask")
    options = parser.parse_args()
    embedder = MiniLM()
    none = Logistic(0.0, {})
    saved = read_checker(json.loads(CHECKER.read_text(encoding="utf-8")), READER)
    checker = Checker(READER, count_rarity(), none, none, saved.opposing)
    held = held_claims(embedder)
    held_found = measured("claims by hand", held, checker, embedder)
    if options.ask:
        ask(held, held_found, options.yes, options.model, options.ask)
    rest = [*scifact_claims(embedder, SCIFACT), *made_claims(embedder, MADE)]
    found = measured("other claims", rest, checker, embedder)
    kept = [place for place, row in enumerate(rest) if row.kind != "CONTRADICT"]  # likeness cannot tell these
    used, used_found = [rest[i] for i in kept], [found[i] for i in kept]
    report("claims by hand, no model, cross-validated", held, cross_validate(held, held_found, used, used_found, None))
    alone = train([*held, *used], [*held_found, *used_found])
    with_model = saved.with_model
    if yes := read_yes(options.yes):
        asked = [place for place, row in enumerate(held) if row.id in yes]
        some, some_found = [held[i] for i in asked], [held_found[i] for i in asked]
        report(
            "claims by hand, with a model, cross-validated",
            some,
            cross_validate(some, some_found, used, used_found, yes),
        )
        with_model = train_with_model(some, some_found, yes, alone)
    checker = Checker(READER, checker.rarity, alone, with_model, saved.opposing)
    for name, rows in (
        ("over the shipped papers, dev", dev_claims(embedder)),
        ("over the same, own", own_claims(embedder)),
    ):
        one = measured(name, rows, checker, embedder)
        report(f"claims {name}, no model", rows, verdicts(checker, rows, one))
    for source, name in (("s", "SciFact"), ("m", "made claims")):
        part = [place for place, row in enumerate(rest) if row.id[0] == source]
        some = [rest[i] for i in part]
        called = verdicts(checker, some, [found[i] for i in part])
        report(f"{name}, no model (in the training but for CONTRADICT)", some, called)
    save(checker)


if __name__ == "__main__":
    main()
