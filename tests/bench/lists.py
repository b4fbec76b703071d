"""Lists over 20,000 papers: what is listed of topics that were labelled by hand, and how long it takes."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperchat.errors import InputError
from paperchat.text.cleaning import normalised
from paperchat.types import Answer, Paper
from tests.bench import data
from tests.bench.measures import mean

TOPICS = Path(__file__).with_name("list-topics.jsonl")
"""The topics, each with the ids that its papers have in `mlpapers`; no word of a paper."""

PAPERS = data.PART_PAPERS
"""Papers that were labelled: the first part."""

HALVES = ("tune", "report")
"""Topics that lists may be tuned on, and those that are only reported on."""

UNSURE = "Perhaps also"

NOTES = (
    (
        "Listed is what the answer without a model lists with a sentence or by title; what it is not sure of and names "
        "below counts as not listed. Papers that the labels call borderline count neither way."
    ),
    "Seconds: from the question to the whole answer, after one list to warm up.",
)

Ask = Callable[[str], Answer]


@dataclass(frozen=True)
class Topic:
    """A topic with its question, what makes a paper a member, and the ids of members and of borderline papers."""

    id: str
    half: str
    kind: str
    question: str
    definition: str
    members: frozenset[str]
    borderline: frozenset[str]


def read_topics(path: Path = TOPICS) -> list[Topic]:
    """Return the topics of a file."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Topic(**{**row, **{name: frozenset(row[name]) for name in ("members", "borderline")}}) for row in rows]


def places(papers: Sequence[Paper]) -> dict[str, str]:
    """Return the ids that papers have in a store, by those that they have in `mlpapers`: the same title, the same work.

    Raises InputError where fewer than half of the labelled papers are there.
    """
    there = {normalised(paper.title): paper.id for paper in papers}
    titles = data.ml_titles(PAPERS)
    found = {key: there[name] for key, title in titles.items() if (name := normalised(title)) in there}
    if len(found) * 2 < len(titles):
        problem = f"The store has {len(found):,} of the {len(titles):,} papers that were labelled."
        raise InputError(problem, "Index part-00.jsonl.gz of bench/mlpapers, or leave --store out.")
    return found


def measure(
    topics: Sequence[Topic], ask: Ask, known: Mapping[str, str], progress: Callable[[int, int], None]
) -> list[dict[str, Any]]:
    """Return a row a topic; `known` are the store's ids of the papers by those of the labels."""
    if topics:
        ask(topics[0].question)
    rows = []
    for done, topic in enumerate(topics):
        progress(done, len(topics))
        began = time.perf_counter()
        answer = ask(topic.question)
        rows.append(row(topic, answer, known) | {"seconds": time.perf_counter() - began, "says": said(answer)})
    progress(len(topics), len(topics))
    return rows


def row(topic: Topic, answer: Answer, known: Mapping[str, str]) -> dict[str, Any]:
    """Return what an answer lists of a topic, against its labels."""
    members, borderline = ({known[one] for one in ids if one in known} for ids in (topic.members, topic.borderline))
    found = listed(answer)
    right, wrong = len(found & members), len(found - members - borderline)
    return {
        "topic": topic.id,
        "half": topic.half,
        "kind": topic.kind,
        "members": len(members),
        "listed": len(found),
        "right": right,
        "wrong": wrong,
        "recall": right / len(members) if members else None,
        "precision": right / (right + wrong) if right + wrong else None,
    }


def listed(answer: Answer) -> set[str]:
    """Return the ids of the papers that an answer lists: those cited, and those named by their titles alone."""
    cited = {citation.paper_id for sentence in answer.sentences for citation in sentence.citations}
    lines = "\n".join(answer.lines)
    return cited | {result.paper.id for result in answer.results if lines and result.paper.title in lines}


def said(answer: Answer) -> str:
    """Return what an answer says of its completeness."""
    return " ".join([answer.lead, *(notice for notice in answer.notices if not notice.startswith(UNSURE))])


def means(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return recall, precision and the most seconds of each half, a topic counting as much as another."""
    table = []
    for half in HALVES:
        own = [one for one in rows if one["half"] == half]
        figures = {name: mean([one[name] for one in own]) for name in ("recall", "precision")}
        slowest = max((one["seconds"] for one in own), default=None)
        table.append({"half": half, "topics": len(own), **figures, "most seconds": slowest})
    return table
