"""What the claim network learns from: `python -m tests.train.data FOLDER` writes pairs of evidence and claim.

Read where they lie beside the repository (PAPERCHAT_SHARED names another place): the labelled sets of `nli` that may
train weights, and abstracts that claims are made of (`perturbations`); and the claims written by hand, `claims.jsonl`
beside this file. FOLDER gets pairs.jsonl, hand.jsonl, and sources.json with the count and SHA-256 of each source.
"""

import argparse
import gzip
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from paperchat.text.cleaning import clean
from paperchat.text.sentences import short_sentences
from paperchat.text.words import words
from tests.train.perturbations import made
from tests.train_checker import SHARED

MOST: dict[str, int] = {
    "evidence_inference": 7000, "citation_integrity": 3013, "check_covid": 1501, "clinifact": 1953, "fever_dev": 5000,
    "fever_symmetric": 1416, "fm2": 2548, "conjnli": 4000, "paws_x_en": 3998, "med": 2000, "help_conj": 1000,
    "breaking_nli": 1800, "negation_snli_mnli": 2000, "cad_snli": 4000, "snli_dev_test": 3000, "mnli_dev": 12000,
    "scientsbank": 3500, "scitail_test": 2126,
}  # fmt: skip
"""Rows taken of each labelled set, its labels evened out; `pubmedqa` asks questions, and is left out."""

MADE_ML, MADE_BIO = 7000, 3500
"""Abstracts of machine learning and of biomedicine that claims are made of."""

CHANGED = 2
"""Claims at most that do not follow, made of one sentence, beside the one that does."""

LABELS = ("supported", "contradicted", "neutral", "not_supported")
"""The last is contradicted or neutral: which, is not told."""

SHOWN = 3
"""Sentences of an abstract that are shown with a claim."""

LONGEST = 900
"""Characters of evidence that are kept as they are; of longer ones the sentences nearest to the claim."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Evidence, a claim, its label, and the source and kind of it."""

    premise: str
    claim: str
    label: str
    source: str
    kind: str = ""


def nearest(sentences: Sequence[str], claim: str, count: int = SHOWN) -> list[int]:
    """Return the places of the sentences that share most with a claim, in their order."""
    own = {word.stem for word in words(claim) if word.content}
    shares = [len(own & {w.stem for w in words(s)}) / (4 + len(s.split()) ** 0.5) for s in sentences]
    return sorted(sorted(range(len(sentences)), key=lambda place: -shares[place])[:count])


def labelled() -> Iterator[Pair]:
    """Yield the pairs of the labelled sets, of each set as many as MOST says, its labels as even as they can be."""
    for name, most in MOST.items():
        with gzip.open(SHARED / f"nli/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        by_label: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            by_label[row["label"]].append(row)
        dice, left, sets = random.Random(name), most, sorted(by_label.values(), key=len)
        for place, group in enumerate(sets):
            dice.shuffle(group)
            taken = group[: left // (len(sets) - place)]
            left -= len(taken)
            for row in taken:
                yield Pair(shortened(row["premise"], row["hypothesis"]), row["hypothesis"], row["label"], name)


def shortened(premise: str, claim: str) -> str:
    """Return evidence as it is, or of long evidence the sentences nearest to the claim."""
    if len(premise) <= LONGEST:
        return premise
    sentences = [premise[start:end] for start, end in short_sentences(premise)]
    return " ".join(sentences[place] for place in nearest(sentences, claim))[:LONGEST]


def abstracts() -> Iterator[tuple[str, str, str]]:
    """Yield (source, title, abstract); none of the papers over which the fields' claims were written is among them."""
    fields = (SHARED / "fields/bio/papers.jsonl").read_text(encoding="utf-8").splitlines()
    kept_out = {" ".join(json.loads(line)["title"].lower().split()).rstrip(".") for line in fields}
    for source, parts, most in (
        ("made of machine learning", ("mlpapers/part-02", "mlpapers/part-03"), MADE_ML),
        ("made of biomedicine", ("scifact/corpus",), MADE_BIO),
    ):
        rows: list[Any] = []
        for part in parts:
            with gzip.open(SHARED / f"bench/{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
                rows += [json.loads(line) for line in lines]
        random.Random(source).shuffle(rows)
        fit = [row for row in rows if " ".join(row["title"].lower().split()).rstrip(".") not in kept_out]
        for row in fit[:most]:
            yield source, clean(row["title"]), clean(row["abstract"])


def made_pairs() -> Iterator[Pair]:
    """Yield pairs made of abstracts: changed and unchanged sentences, sentences not shown, titles, other papers'."""
    dice = random.Random(5)
    before: tuple[str, list[str]] | None = None
    for source, title, abstract in abstracts():
        sentences = [abstract[start:end] for start, end in short_sentences(abstract)]
        fit = [place for place, sentence in enumerate(sentences) if 7 <= len(sentence.split()) <= 45]
        if len(fit) < 3:
            continue
        counted = [place for place in fit if any(c.isdigit() for c in sentences[place])]
        for place in {dice.choice(fit), dice.choice(counted or fit)} if dice.random() < 0.5 else {dice.choice(fit)}:
            for one in made(sentences, place, title, dice, CHANGED):
                yield Pair(shown(title, sentences, one.claim, dice), one.claim, one.label, source, one.kind)
        hidden = dice.choice(fit)
        rest = [*sentences[:hidden], *sentences[hidden + 1 :]]
        if dice.random() < 0.35:
            claim = made(sentences, hidden, title, dice, 0)[0].claim
            yield Pair(shown(title, rest, claim, dice), claim, "neutral", source, "hidden")
        if dice.random() < 0.1:
            yield Pair(" ".join(sentences[: SHOWN + 1])[:LONGEST], title, "supported", source, "title")
        if before and dice.random() < 0.1:
            claim = dice.choice(before[1])
            yield Pair(shown(title, sentences, claim, dice), claim, "neutral", source, "other paper")
        before = (title, sentences)


def shown(title: str, sentences: Sequence[str], claim: str, dice: random.Random) -> str:
    """Return the title and one to SHOWN sentences nearest to a claim, as the checker shows them."""
    places = nearest(sentences, claim, dice.choice([1, SHOWN, SHOWN]))
    return joined(title, [sentences[place] for place in places])


def joined(title: str, sentences: Sequence[str]) -> str:
    """Return evidence as the network reads it: the title, and sentences in their order."""
    return f"{title.rstrip('.')}. {' '.join(sentences)}"[: LONGEST + 300]


def by_hand(files: Iterable[Path]) -> Iterator[Pair]:
    """Yield the pairs of the claims written by hand: shown are the sentences nearest, and those that decide."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for one in row["claims"]:
                near = nearest(row["abstract"], one["claim"])
                decides = one["evidence"] if one["label"] != "neutral" else []
                places = sorted({*near, *decides})
                premise = joined(row["title"], [row["abstract"][place] for place in places])
                yield Pair(premise, one["claim"], one["label"], row["field"], one["kind"])


def write(file: Path, pairs: Sequence[Pair]) -> None:
    """Write pairs, one a line."""
    lines = (json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in pairs)
    file.write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Write the pairs to a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [*labelled(), *made_pairs()]
    random.Random(7).shuffle(pairs)
    write(folder / "pairs.jsonl", pairs)
    hand = list(by_hand([Path(__file__).parent / "claims.jsonl"]))
    write(folder / "hand.jsonl", hand)
    files = [f"nli/{name}.jsonl.gz" for name in MOST]
    files += [f"bench/{part}.jsonl.gz" for part in ("mlpapers/part-02", "mlpapers/part-03", "scifact/corpus")]
    hashes = {name: hashlib.sha256((SHARED / name).read_bytes()).hexdigest() for name in files}
    counts = Counter(f"{pair.source}: {pair.label}" for pair in [*pairs, *hand])
    told = {"counts": dict(sorted(counts.items())), "sha256": hashes}
    (folder / "sources.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(f"{len(pairs):,} pairs, {len(hand):,} by hand")


if __name__ == "__main__":
    main()
