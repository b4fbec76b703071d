"""Build what a model reads: labelled evidence, the conversation, and all of it trimmed to fit. Pure functions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from string import Template
from typing import Any, Literal

from paperchat.generation.selection import Chosen, choose
from paperchat.query.intent import kind_of
from paperchat.text.cleaning import clean
from paperchat.text.sentences import paper_sentences
from paperchat.types import Citation, Message, Result, Sentence, Turn

_PIECE = re.compile(r"[A-Za-z]+|[^\sA-Za-z]")

SHORTEST_QUESTION = 200
"""A question is never cut below this many characters."""


def estimate_tokens(text: str) -> int:
    """Return an upper estimate of a text's tokens for any common tokenizer.

    A word counts one token for every four letters begun, a digit or mark one, any other character two.
    """
    return sum(-(-len(piece) // 4) if piece.isascii() else 2 for piece in _PIECE.findall(text))


LONGEST_TURN = 10_000
"""Most characters of an earlier question or answer that are looked at."""


def shortened(history: Sequence[Turn]) -> list[Turn]:
    """Return the turns with no question or answer longer than is looked at."""
    return [replace(t, question=t.question[:LONGEST_TURN], answer=t.answer[:LONGEST_TURN]) for t in history]


def label_evidence(results: Sequence[Result], budget: int) -> dict[str, Citation]:
    """Return the evidence sentences under short labels (`1a`: first paper, first sentence), within `budget` tokens.

    Papers come best first; each may use its share of the budget and what those before it left over. At least one
    sentence is always kept.
    """
    labelled: dict[str, Citation] = {}
    spent = 0
    for number, result in enumerate(results, 1):
        spent += estimate_tokens(clean(result.paper.title)) + 4
        for letter, sentence in zip("abcdefghijklmnopqrstuvwxyz", _in_order(result), strict=False):
            tokens = estimate_tokens(clean(sentence.text)) + 4
            if spent + tokens > budget * number / len(results) and labelled:
                break
            spent += tokens
            labelled[f"{number}{letter}"] = Citation(
                result.paper.id, result.paper.title, sentence.text, sentence.start, sentence.end
            )
    return labelled


def _in_order(result: Result) -> list[Sentence]:
    return sorted(result.sentences, key=lambda sentence: sentence.number)


def evidence_text(labelled: Mapping[str, Citation]) -> str:
    """Return the evidence as the model reads it: each title once, then its sentences under their labels."""
    lines: list[str] = []
    title = ""
    for label, citation in labelled.items():
        if citation.title != title:
            title = citation.title
            lines.append(f"Paper {label[:-1]}: {clean(title)}")
        lines.append(f"[{label}] {clean(citation.quote)}")
    return "\n".join(lines)


def answer_schema(labelled: Mapping[str, Citation], task: str = "one") -> dict[str, Any]:
    """Return the JSON schema that a reply is held to: a citation can only be one of the labels shown.

    The citations come before the text that rests on them: small models then write what the cited sentences say. The
    task "each" takes one sentence on each paper, in order; "title" takes the title of a paper, then a sentence on it.
    """
    papers: dict[str, list[str]] = {}
    for label in labelled:
        papers.setdefault(label[:-1], []).append(label)
    text = {"type": "string"}
    if task == "each" and len(papers) > 1:
        sentences: dict[str, Any] = {"type": "array", "prefixItems": [_sentence(own, text) for own in papers.values()]}
    elif task == "title":
        titles = [_sentence(own, {"const": f"“{clean(labelled[own[0]].title)}”"}) for own in papers.values()]
        sentences = {"type": "array", "prefixItems": [{"anyOf": titles}, _sentence(list(labelled), text)]}
    else:
        sentences = {"type": "array", "items": _sentence(list(labelled), text), "minItems": 1, "maxItems": 6}
    return {"type": "object", "properties": {"sentences": sentences}, "required": ["sentences"]}


def _sentence(labels: Sequence[str], text: Mapping[str, Any]) -> dict[str, Any]:
    cites = {"type": "array", "items": {"enum": list(labels)}, "minItems": 1, "maxItems": 3}
    return {"type": "object", "properties": {"cites": cites, "text": text}, "required": ["cites", "text"]}


def build_messages(
    prompts: Mapping[str, str], question: str, history: Sequence[Turn], labelled: Mapping[str, Citation], task: str
) -> list[Message]:
    """Return the messages for a model: the rules, the earlier turns, then the evidence with the question.

    `task` names the prompt that says what to write.
    """
    messages = [Message("system", prompts["system"])]
    for turn in history:
        messages += [Message("user", turn.question), Message("assistant", turn.answer)]
    asked = Template(prompts["question"]).substitute(
        evidence=evidence_text(labelled), question=question, task=prompts[f"task-{task}"].strip()
    )
    return [*messages, Message("user", asked)]


def fit(
    prompts: Mapping[str, str],
    question: str,
    history: Sequence[Turn],
    labelled: dict[str, Citation],
    room: int,
    task: str = "one",
) -> tuple[list[Message], dict[str, Citation], str]:
    """Return messages of at most `room` tokens, the evidence left in them, and a line that says what was dropped.

    The oldest turns go first, then the last evidence; the question itself is cut only when nothing else is left.
    """
    turns, left, dropped = list(history), dict(labelled), ""
    while (tokens := count_tokens(messages := build_messages(prompts, question, turns, left, task))) > room:
        if turns:
            turns.pop(0)
            dropped = "Earlier turns were left out to fit the model's context."
        elif len(left) > 1:
            left.popitem()
            dropped = "Some evidence was left out to fit the model's context."
        elif len(question) > SHORTEST_QUESTION:
            question = question[: max(SHORTEST_QUESTION, len(question) * room // (tokens + 1) - 20)]
            dropped = "The question was cut to fit the model's context."
        else:
            break
    return messages, left, dropped


def count_tokens(messages: Sequence[Message]) -> int:
    """Return the estimated tokens of a conversation, with six for each message's frame."""
    return sum(estimate_tokens(message.content) + 6 for message in messages)


Task = Literal["one", "each", "title"]
"""What is asked for: an answer from one paper, a sentence on each of several, or which paper it is."""

_TITLE = re.compile(
    r"\b(?:which|what|whose|some|whats the|there was an?) (?:\w+ )?(?:paper|work|study|article)\b"
    r"|\b(?:citation|reference|title|paper|framework|does it come from|which one was it)s?\b\W*(?:(?:please|pls)\W*)?$"
    r"|\bwho (?:\w+ )?\w+ed\b",
    re.IGNORECASE,
)


def task_of(question: str, shown: Sequence[Result]) -> Task:
    """Return what a model is to write in answer to a question of which these papers are shown."""
    if len(shown) > 1 and kind_of(question) != "one":
        return "each"
    return "title" if _TITLE.search(question) else "one"


def narrow(question: str, query: str, results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the papers that answer, each with the sentences that do; one that stands alone with its neighbours.

    A small model takes its answer from what else it is shown: other papers, other numbers. `query` is what was
    searched for.
    """
    alone = kind_of(question) != "list"
    return tuple(replace(one.result, sentences=_shown(one, alone)) for one in choose(question, query, results))


def _shown(chosen: Chosen, alone: bool) -> tuple[Sentence, ...]:
    if len(chosen.sentences) > 1 or not alone:
        return chosen.sentences
    (only,) = chosen.sentences
    return tuple(s for s in paper_sentences(chosen.result.paper) if abs(s.number - only.number) <= 1)
