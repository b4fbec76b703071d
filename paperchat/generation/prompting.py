"""Build what a model reads: labelled evidence, the conversation, and all of it trimmed to fit. Pure functions."""

from collections.abc import Mapping, Sequence
from string import Template
from typing import Any

from paperchat.generation.labelling import EACH, Labelled, Shown, Task
from paperchat.models.model import Model
from paperchat.models.sizes import SIZES, Portion
from paperchat.text.token_estimate import estimate_tokens
from paperchat.types import Message, Turn

SHORTEST_QUESTION = 200
"""A question is never cut below this many characters."""

FRAME = 6
"""Tokens of a message's frame."""

FEWER_TURNS = "Earlier turns were left out to fit the model's context."
LESS_EVIDENCE = "Some evidence was left out to fit the model's context."
CUT_QUESTION = "The question was cut to fit the model's context."


def evidence_text(labelled: Labelled) -> str:
    """Return the evidence as the model reads it: each title once, then its sentences under their labels."""
    lines: list[str] = []
    paper = ""
    for label, shown in labelled.items():
        if label[:-1] != paper:
            paper = label[:-1]
            lines.append(f"Paper {paper}: {shown.title}")
        lines.append(f"[{label}] {shown.text}")
    return "\n".join(lines)


def answer_schema(labelled: Labelled, task: Task = "one", portion: Portion = SIZES[1]) -> dict[str, Any]:
    """Return the JSON schema that a reply is held to: a citation can only be one of the labels shown.

    The citations come before the text that rests on them: small models then write what the cited sentences say. The
    tasks EACH take one sentence on each paper, in order, unless the model is free to order and join them; the order of
    a reading list is ours. "title" takes the title of a paper, then a sentence on it.
    """
    papers: dict[str, list[str]] = {}
    for label in labelled:
        papers.setdefault(label[:-1], []).append(label)
    text = {"type": "string"}
    if task in EACH and len(papers) > 1 and (task == "reading" or not portion.free):
        sentences: dict[str, Any] = {"type": "array", "prefixItems": [_sentence(own, text) for own in papers.values()]}
    elif task == "title":
        titles = [_sentence(own, {"const": f"“{labelled[own[0]].title}”"}) for own in papers.values()]
        sentences = {"type": "array", "prefixItems": [{"anyOf": titles}, _sentence(list(labelled), text)]}
    else:
        one = _sentence(list(labelled), text)
        sentences = {"type": "array", "items": one, "minItems": 1, "maxItems": portion.sentences}
    return {"type": "object", "properties": {"sentences": sentences}, "required": ["sentences"]}


def _sentence(labels: Sequence[str], text: Mapping[str, Any]) -> dict[str, Any]:
    cites = {"type": "array", "items": {"enum": list(labels)}, "minItems": 1, "maxItems": 3}
    return {"type": "object", "properties": {"cites": cites, "text": text}, "required": ["cites", "text"]}


def fit(
    model: Model, question: str, turns: Sequence[Turn], labelled: Labelled, task: Task = "one"
) -> tuple[list[Message], dict[str, Shown], str]:
    """Return the messages for a model within its room, the evidence left in them, and a line on what was dropped.

    They are the rules, the earlier turns, then the evidence with the question; `task` names the prompt that says what
    to write. The oldest turns go first, then the last evidence; the question is cut only when nothing else is left.
    """
    system, left, dropped = Message("system", model.prompts["system"]), dict(labelled), ""
    last = _asked(model, question, left, task)
    past = [(Message("user", turn.question), Message("assistant", turn.answer)) for turn in turns]
    kept = _that_fit(past, model.room - count_tokens((system, last)))
    if kept < len(past):
        dropped = FEWER_TURNS
    while count_tokens((system, last)) > model.room:
        if len(left) > 1:
            left.popitem()
            dropped = LESS_EVIDENCE
        elif len(question) > SHORTEST_QUESTION:
            most = len(question) * model.room // (count_tokens((system, last)) + 1) - 20
            question, dropped = question[: max(SHORTEST_QUESTION, most)], CUT_QUESTION
        else:
            break
        last = _asked(model, question, left, task)
    recent = [message for pair in past[len(past) - kept :] for message in pair]
    return [system, *recent, last], left, dropped


def _that_fit(past: Sequence[Sequence[Message]], room: int) -> int:
    """Return how many of the latest exchanges fit into so many tokens."""
    kept = 0
    for pair in reversed(past):
        room -= count_tokens(pair)
        if room < 0:
            break
        kept += 1
    return kept


def _asked(model: Model, question: str, labelled: Labelled, task: Task) -> Message:
    told = {"evidence": evidence_text(labelled), "question": question, "task": model.prompts[f"task-{task}"].strip()}
    return Message("user", Template(model.prompts["question"]).substitute(told))


def count_tokens(messages: Sequence[Message]) -> int:
    """Return the estimated tokens of a conversation, with those of each message's frame."""
    return sum(estimate_tokens(message.content) + FRAME for message in messages)
