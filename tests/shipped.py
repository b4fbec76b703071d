"""The shipped papers in a real App: asking it, and what a scripted model says."""

import json
from collections.abc import Iterable
from pathlib import Path

from paperchat.app import App
from paperchat.generation.labelling import label_evidence
from paperchat.generation.selection import Chosen, choose
from paperchat.settings import Settings
from paperchat.types import Answer

QUESTION = "Which ImageNet-1K accuracy does a vanilla Swin-B backbone reach with heuristic multi-task pre-training?"


def open_app(folder: Path, host: str, **settings: object) -> App:
    return App(Settings(folder, ollama_host=host, **settings), lambda line: None, lambda done, total: None)  # type: ignore[arg-type]


def said(*rows: tuple[str, list[str]]) -> list[str]:
    text = json.dumps({"sentences": [{"text": text, "cites": cites} for text, cites in rows]})
    return [text[start : start + 7] for start in range(0, len(text), 7)]


def shown_of(app: App, question: str) -> tuple[tuple[Chosen, ...], dict[str, str]]:
    """Return what is chosen to answer a question, and the label that a model is shown of each sentence."""
    reading = app.library.fitted(app.library.search(question, 8))
    chosen = choose(reading)
    shown = label_evidence(chosen, 1, 700)
    return chosen, {one.citation.quote: label for label, one in shown.items()}


def last(answers: Iterable[Answer]) -> Answer:
    *_, answer = answers
    return answer
