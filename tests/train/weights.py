"""Train the weights that settle what was found: `python -m tests.train.weights` writes paperchat/data/learned.json.

They are learned from the questions over one invented collection and over real abstracts (`abstracts`), which the
question model was not trained on: it knows its own too well. `candidates` does not ask that model, and learns from all
collections; so does `alone`, of which those have too few.
"""

import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from paperchat.app import App
from paperchat.dialogue.rewriting import may_lean
from paperchat.generation.selection import pick, score_by_words, weigh_words
from paperchat.logistic import Logistic, as_json
from paperchat.models.minilm import MiniLM
from paperchat.models.question_model import QuestionModel
from paperchat.paths import LEARNED, QUESTION_MODEL
from paperchat.query.answerability import measure, nearness
from paperchat.query.learned import Learned
from paperchat.query.reading import Reading
from paperchat.query.standing import may_stand
from paperchat.query.standing import measure as measure_standing
from paperchat.query.topic import Topic, read_topic
from paperchat.retrieval.survey import Measured, read_best, survey
from paperchat.settings import Settings
from paperchat.storage.incoming import Order
from paperchat.storage.store import Store
from paperchat.text.cleaning import normalised
from paperchat.text.mentions import mentions
from tests.reading import collections as invented
from tests.reading.collections import question_of
from tests.train import abstracts as real
from tests.train_checker import fit

LEFT_OUT = 6
"""The collection that the question model was not trained on."""

ANSWERED = {
    "fact": True, "lookup": True, "compare": True, "followup": True, "premise": True, "near": False, "off": False
}  # fmt: skip
"""Whether questions of a type are answered by the papers."""

Judged = tuple[Measured, bool, float]
"""A paper as it was measured, whether it is wanted, and what it weighs."""

Surveyed = tuple[Mapping[str, Any], Sequence[Measured]]
"""A list that is asked for, and the papers as they were measured for it."""

Learnt = tuple[Mapping[str, float], bool, float]
"""What is measured by name, whether something is so, and what that weighs."""

FOREIGN = 80
"""Lists of other collections that are asked for of one, so that what is learned tells a set without members too."""

NUMBERS = (*invented.NUMBERS, *real.NUMBERS)
"""All collections."""

UNSEEN = (LEFT_OUT, *real.NUMBERS)
"""Those that the question model was not trained on."""


def papers_of(number: int) -> tuple[dict[str, Any], ...]:
    """Return the papers of a collection."""
    return invented.papers_of(number) if number in invented.NUMBERS else real.papers_of(number)


def rows_of(number: int) -> list[dict[str, Any]]:
    """Return the questions asked over a collection."""
    return invented.rows_of(number) if number in invented.NUMBERS else real.rows_of(number)


def indexed(papers: Sequence[Mapping[str, Any]], folder: Path) -> Path:
    """Index papers into a folder that is made; return it."""
    page = folder.with_suffix(".jsonl")
    lines = (json.dumps({"title": one["title"], "abstract": " ".join(one["abstract"])}) + "\n" for one in papers)
    page.write_text("".join(lines), encoding="utf-8")
    with App(Settings(data=folder), print, lambda *_: None, Order((page,))):
        return folder


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """Open a store."""
    store = Store(folder, MiniLM(), print, lambda *_: None)
    try:
        store.refresh()
        yield store
    finally:
        store.close()


def lists_of(number: int) -> list[Mapping[str, Any]]:
    """Return the lists that are asked for of a collection."""
    return [question_of(row, papers_of(number)) for row in rows_of(number) if row["type"] in ("list", "count")]


def topics(number: int, questions: QuestionModel) -> list[tuple[Mapping[str, Any], Topic]]:
    """Return those of the lists that say what they are of, and leave nothing out, each with its topic."""
    read = [(row, read_topic(row["question"], questions.read(row["question"]))) for row in lists_of(number)]
    return [(row, topic) for row, topic in read if topic.wanted and not topic.unwanted]


def foreign(number: int, questions: QuestionModel) -> list[tuple[Mapping[str, Any], Topic]]:
    """Return some lists that are asked for of the other collections, each with its topic."""
    others = [one for other in NUMBERS if other != number for one in topics(other, questions)]
    return random.Random(number).sample(others, min(FOREIGN, len(others)))


def labelled(found: Sequence[Measured], row: Mapping[str, Any]) -> list[Judged]:
    """Return papers with whether they are wanted, without those that do no harm; each list weighs about the same."""
    gold, harmless = (set(map(normalised, row[name])) for name in ("gold", "acceptable"))
    known = [(one, normalised(one.text.paper.title)) for one in found]
    return [(one, title in gold, 1 / (1 + len(gold))) for one, title in known if title in gold or title not in harmless]


def weighed(rows: Sequence[Learnt], mass: float) -> list[Learnt]:
    """Return rows that weigh as much in sum as this."""
    total = sum(weight for *_, weight in rows)
    return [(values, yes, weight * mass / total) for values, yes, weight in rows]


def learned_members(own: Sequence[Surveyed], none: Sequence[Surveyed], learned: Learned) -> Logistic:
    """Return what tells members of a list when their best sentences were read.

    It learns from lists with members, and as much from such of which a set has `none`: no paper there has all words of
    the topic, and none is taken for a member.
    """
    likely = [(row, read_best(row["question"], found, learned)) for row, found in own]
    rows = [(one.values, yes, weight) for row, found in likely for one, yes, weight in labelled(found, row)]
    empty = [
        (one.values, False, 1.0)
        for row, found in none
        if max(one.values["paper"] for one in found) < 1
        for one in read_best(row["question"], found, learned)
    ]
    return learn([*rows, *weighed(empty, sum(weight for *_, weight in rows))])


def learn(rows: Sequence[Learnt]) -> Logistic:
    """Return the regression of features by name to whether something is so, each row with its weight."""
    names = list(rows[0][0])
    matrix = np.array([[values[name] for name in names] for values, _, _ in rows])
    return fit(matrix, np.array([float(yes) for _, yes, _ in rows]), np.array([weight for *_, weight in rows]), names)


def answered(number: int, folder: Path) -> list[Learnt]:
    """Return what is measured of the questions over a collection that ask one paper."""
    rows = list[Learnt]()
    with App(Settings(data=folder), print, lambda *_: None) as app:
        for row in rows_of(number):
            if row["type"] in ANSWERED and row.get("means") != "answer":
                reading = app.library.fitted(app.library.search(row.get("alone") or row["question"]))
                if reading.fits and reading.demands.kind == "one":
                    near = nearness(reading, len(app.library.papers))
                    named = any(mentions(text.whole, name) for text in reading.texts for name in reading.demands.names)
                    rows.append((measure(reading, near, named), ANSWERED[row["type"]], 1.0))
    return rows


def sentences(number: int, folder: Path) -> list[Learnt]:
    """Return the scores of the sentences of the papers that answer, and whether each does."""
    papers, rows = papers_of(number), list[Learnt]()
    with App(Settings(data=folder), print, lambda *_: None) as app:
        for row in rows_of(number):
            if row["type"] not in ("fact", "compare", "followup") or row.get("means") == "answer":
                continue
            reading = app.library.fitted(app.library.search(row.get("alone") or row["question"]))
            quotes = {normalised(one["quote"]) for one in question_of(row, papers)["evidence"]}
            gold = {normalised(papers[place - 1]["title"]) for place in row["papers"]}
            weight = weigh_words(reading)
            for place, text in enumerate(reading.texts):
                if normalised(text.paper.title) in gold:
                    for at, score in enumerate(score_by_words(reading, place, weight)):
                        fit = reading.fits.get((text.paper.id, at))
                        if fit is not None:
                            said = normalised(text.cleaned[at])
                            answers = any(said in quote or quote in said for quote in quotes)
                            rows.append(({"words": score, "fit": fit}, answers, 1.0))
    return rows


def standing(number: int, folder: Path) -> list[Learnt]:
    """Return what is measured of questions over a collection that come after another one, and whether they stand alone.

    They are the follow-ups, and questions that are whole after any other one. One that finds as many of its papers
    alone as with the question before it tells nothing.
    """
    papers, rows = papers_of(number), list[Learnt]()
    with App(Settings(data=folder), print, lambda *_: None) as app:
        library = app.library

        def share(reading: Reading, gold: set[str]) -> float:
            found = {normalised(reading.texts[at].paper.title) for at in pick(reading)}
            return len(found & gold) / len(gold) if reading.demands.kind != "list" else 0.0

        for row, before in _followed(number):
            gold = set(map(normalised, question_of(row, papers)["gold"]))
            led = library.fitted(library.guessed(library.search(f"{before} {row['question']}").asking(row["question"])))
            if not gold or led.demands.kind == "list" or not may_stand(led):
                continue
            alone = library.fitted(library.search(row["question"]))
            gain = share(alone, gold) - share(led, gold)
            if gain:
                rows.append((measure_standing(alone, led, len(papers)), gain > 0, abs(gain)))
    return rows


def _followed(number: int) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield questions over a collection that may lean on the one before, with that one."""
    rows = [row for row in rows_of(number) if may_lean(row["question"])]
    yield from ((row, row["turns"][-1]["question"]) for row in rows if row["turns"] and row.get("means") != "answer")
    whole = [row for row in rows if row["type"] in ("fact", "lookup") and not row["turns"]]
    random.Random(number).shuffle(whole)
    yield from ((row, one["question"]) for one, row in pairwise(whole))


def main() -> None:
    """Train the weights and write them."""
    with tempfile.TemporaryDirectory() as folder:
        stores = {number: indexed(papers_of(number), Path(folder) / str(number)) for number in (*NUMBERS, real.SINGLE)}
        saved = trained(stores)
    LEARNED.write_text(json.dumps(saved, indent=0) + "\n", encoding="utf-8")
    print(json.dumps(saved, indent=1))


def trained(stores: Mapping[int, Path]) -> dict[str, Any]:
    """Return all weights, learned from the collections and the real abstracts in these folders."""
    questions, embedder, none = QuestionModel(QUESTION_MODEL), MiniLM(), Logistic(0.0, {})
    learned, every = Learned(questions, none, none), list[Judged]()
    own, lacking = list[Surveyed](), list[Surveyed]()
    for number in NUMBERS:
        asked = [topics(number, questions), foreign(number, questions) if number in UNSEEN else []]
        with opened(stores[number]) as store:
            surveyed, elsewhere = (
                [(row, survey(store, embedder, learned, topic).found) for row, topic in lists] for lists in asked
            )
        every += [one for row, found in surveyed for one in labelled(found, row)]
        own += surveyed if number in UNSEEN else []
        lacking += elsewhere
    candidates = learn([(one.values, yes, weight) for one, yes, weight in every])
    learned = Learned(questions, candidates, none)
    members = learned_members(own, lacking, learned)
    unseen = (*UNSEEN, real.SINGLE)
    answerable = learn([row for number in unseen for row in answered(number, stores[number])])
    alone = learn([row for number in NUMBERS for row in standing(number, stores[number])])
    shown = learn([row for number in unseen for row in sentences(number, stores[number])])
    raw = {name: weight / deviation for name, (weight, _, deviation) in shown.features.items()}
    zero = shown.odds(dict.fromkeys(raw, 0.0))
    print("generation/selection:", {"BY_WORDS": raw["words"], "BY_FIT": raw["fit"], "at zero": zero})
    parts = {"candidates": candidates, "members": members, "answerable": answerable, "alone": alone}
    return {name: as_json(part) for name, part in parts.items()}


if __name__ == "__main__":
    main()
