"""Train the weights that settle what was found: `python -m tests.train.weights` writes paperchat/data/learned.json.

They are learned from the questions over one collection, which the question model was not trained on: it knows its own
too well. `candidates` does not ask that model, and learns from all six.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from paperchat.app import App
from paperchat.generation.selection import score_by_words, weigh_words
from paperchat.logistic import Logistic, as_json
from paperchat.models.minilm import MiniLM
from paperchat.models.question_model import QuestionModel
from paperchat.paths import LEARNED, QUESTION_MODEL
from paperchat.query.answerability import measure, nearness
from paperchat.query.learned import Learned
from paperchat.query.topic import read_topic
from paperchat.retrieval.survey import Measured, read_best, survey
from paperchat.settings import Settings
from paperchat.storage.incoming import Order
from paperchat.storage.store import Store
from paperchat.text.cleaning import normalised
from paperchat.text.mentions import mentions
from tests.reading.collections import NUMBERS, page_of, papers_of, question_of, rows_of
from tests.train_checker import fit

LEFT_OUT = 6
"""The collection that the question model was not trained on."""

ANSWERED = {
    "fact": True, "lookup": True, "compare": True, "followup": True, "premise": True, "near": False, "off": False
}  # fmt: skip
"""Whether questions of a type are answered by the papers."""

Judged = tuple[Measured, bool, float]
"""A paper as it was measured, whether it is wanted, and what it weighs."""


def indexed(number: int, folder: Path) -> Path:
    """Index a collection; return the store's folder."""
    page = folder / f"papers-{number}.txt"
    page.write_text(page_of(papers_of(number)), encoding="utf-8")
    with App(Settings(data=folder / str(number)), print, lambda *_: None, Order((page,))):
        return folder / str(number)


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


def labelled(found: Sequence[Measured], row: Mapping[str, Any]) -> list[Judged]:
    """Return papers with whether they are wanted, without those that do no harm; each list weighs about the same."""
    gold, harmless = (set(map(normalised, row[name])) for name in ("gold", "acceptable"))
    known = [(one, normalised(one.text.paper.title)) for one in found]
    return [(one, title in gold, 1 / (1 + len(gold))) for one, title in known if title in gold or title not in harmless]


def learn(rows: Sequence[tuple[Mapping[str, float], bool, float]]) -> Logistic:
    """Return the regression of features by name to whether something is so, each row with its weight."""
    names = list(rows[0][0])
    matrix = np.array([[values[name] for name in names] for values, _, _ in rows])
    return fit(matrix, np.array([float(yes) for _, yes, _ in rows]), np.array([weight for *_, weight in rows]), names)


def answered(number: int, folder: Path) -> list[tuple[Mapping[str, float], bool, float]]:
    """Return what is measured of the questions over a collection that ask one paper."""
    rows = list[tuple[Mapping[str, float], bool, float]]()
    with App(Settings(data=folder), print, lambda *_: None) as app:
        for row in rows_of(number):
            asked = row.get("alone") or row["question"]
            if row["type"] in ANSWERED and row.get("means") != "answer":
                reading = app.library.fitted(app.library.search(asked))
                if reading.fits and reading.demands.kind == "one":
                    near = nearness(reading, len(app.library.papers))
                    named = any(mentions(text.whole, name) for text in reading.texts for name in reading.demands.names)
                    rows.append((measure(reading, near, named), ANSWERED[row["type"]], 1.0))
    return rows


def sentences(number: int, folder: Path) -> list[tuple[Mapping[str, float], bool, float]]:
    """Return the scores of the sentences of the papers that answer, and whether each does."""
    papers, rows = papers_of(number), list[tuple[Mapping[str, float], bool, float]]()
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


def main() -> None:
    """Train the weights and write them."""
    with tempfile.TemporaryDirectory() as folder:
        saved = trained({number: indexed(number, Path(folder)) for number in NUMBERS})
    LEARNED.write_text(json.dumps(saved, indent=0) + "\n", encoding="utf-8")
    print(json.dumps(saved, indent=1))


def trained(stores: Mapping[int, Path]) -> dict[str, Any]:
    """Return all weights, learned from the collections in these folders."""
    questions, embedder, none = QuestionModel(QUESTION_MODEL), MiniLM(), Logistic(0.0, {})
    learned, every = Learned(questions, none, none), list[Judged]()
    for number in (*(one for one in NUMBERS if one != LEFT_OUT), LEFT_OUT):
        with opened(stores[number]) as store:
            rows = lists_of(number)
            topics = [read_topic(row["question"], questions.read(row["question"])) for row in rows]
            wanted = [
                (row, topic) for row, topic in zip(rows, topics, strict=True) if topic.wanted and not topic.unwanted
            ]
            rows, found = [row for row, _ in wanted], [survey(store, embedder, topic).found for _, topic in wanted]
        every += [one for row, own in zip(rows, found, strict=True) for one in labelled(own, row)]
    candidates = learn([(one.values, yes, weight) for one, yes, weight in every])
    learned = Learned(questions, candidates, none)
    likely = [(row, read_best(row["question"], own, learned)) for row, own in zip(rows, found, strict=True)]
    members = learn([(one.values, yes, weight) for row, own in likely for one, yes, weight in labelled(own, row)])
    answerable = learn(answered(LEFT_OUT, stores[LEFT_OUT]))
    shown = learn(sentences(LEFT_OUT, stores[LEFT_OUT]))
    raw = {name: weight / deviation for name, (weight, _, deviation) in shown.features.items()}
    zero = shown.odds(dict.fromkeys(raw, 0.0))
    print("generation/selection:", {"BY_WORDS": raw["words"], "BY_FIT": raw["fit"], "at zero": zero})
    return {"candidates": as_json(candidates), "members": as_json(members), "answerable": as_json(answerable)}


if __name__ == "__main__":
    main()
