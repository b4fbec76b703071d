"""Answers as the JSON that the page draws. Pure functions: text goes in as text and stays text."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from paperchat.export.markdown import POINTS
from paperchat.export.numbering import numbering
from paperchat.export.ranking import figure_of, ranked
from paperchat.export.tables import heads, unstated
from paperchat.export.withheld import doubt
from paperchat.storage.recall import Found
from paperchat.text.called import called
from paperchat.text.cleaning import clean, is_hostile
from paperchat.types import Answer, AnswerSentence, Paper, Result, Suggestion, Table, Traced
from paperchat.web.folded_view import chips_of, folded_view, shown, visible
from paperchat.web.made_view import made_view

Json = dict[str, Any]


def sent(value: Json) -> str:
    """Return what a script draws as JSON without anything that could be HTML: of a text Gradio would take that out."""
    return json.dumps(value).replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


def exchanges_view(answers: Sequence[Answer], first: int) -> Json:
    """Return the exchanges of a conversation from the place `first` on: what stands before it stays as it is shown."""
    places = range(first, len(answers))
    exchanges = [exchange_view(answers[place], numbering(answers[: place + 1])) for place in places]
    return {"first": first, "exchanges": exchanges}


OURS = ("reply", "titles")
"""Forms of answers that are not taken from the papers."""

ENDS = (".", "!", "?", "\u2026", ":", ")", "]", '"', "\u201d", "\u3002", "\uff01", "\uff1f")
"""What whole sentences end with."""

BEST = 2
"""Sentences that stand for a paper that is not cited."""


def titled(paper: Paper) -> Json:
    """Return a paper by its title and, as far as that is known, who wrote it and when."""
    title = shown(paper.title)
    return {"paper": paper.id, "title": title, "name": called(title), "by": shown(paper.details.byline)}


def pieces(result: Result, answer: Answer) -> list[Json]:
    """Cut an abstract into pieces in order, each "cited" by the answer, "used" as evidence, or "" for the rest.

    Those that stand for the paper while its abstract is closed are `leading`: the cited, or else its best sentences.
    """
    paper_id = result.paper.id
    cited = {(c.start, c.end) for s in answer.said for c in s.citations if c.paper_id == paper_id}
    used = {(s.start, s.end) for s in result.sentences}
    leading = cited or {(s.start, s.end) for s in result.sentences[:BEST]}
    return _cut(result.paper.abstract, cited, used, leading)


Spans = set[tuple[int, int]]


def _cut(abstract: str, cited: Spans, used: Spans, leading: Spans) -> list[Json]:
    cuts = sorted({0, len(abstract)}.union(*cited, *used))

    def piece(start: int, end: int) -> Json:
        kind = "cited" if _inside(start, cited) else "used" if _inside(start, used) else ""
        text = shown(abstract[start:end])
        return {"text": text, "kind": kind, "leading": _inside(start, leading), "start": start, "end": end}

    return [piece(start, end) for start, end in pairwise(cuts)]


def paper_view(paper: Paper, start: int | None, end: int | None) -> Json:
    """Return a paper that was looked up as evidence of its own, the sentence abstract[start:end] standing out."""
    longest = len(paper.abstract)
    span: Spans = {(start, end)} if start is not None and end is not None and 0 <= start < end <= longest else set()
    card = {**titled(paper), "number": 0, "why": "", "scores": "", "best": start,
            "pieces": _cut(paper.abstract, span, set(), span)}  # fmt: skip
    return {"question": "", "cards": [card], "abstained": False}


def suggestion_view(suggestion: Suggestion) -> Json:
    """Return a paper that is offered while one types, and why."""
    paper, sentence = suggestion.paper, suggestion.sentence
    why = f"{suggestion.reason}: “{sentence.text}”" if sentence else suggestion.reason
    return {**titled(paper), "why": shown(why),
            "start": sentence and sentence.start, "end": sentence and sentence.end}  # fmt: skip


def found_view(found: Found) -> Json:
    """Return a place in a conversation that has what was looked for: every second of its parts is a word found."""
    return {"id": found.key, "title": shown(found.title), "changed": found.changed, "place": found.position,
            "where": found.where, "parts": list(map(visible, found.parts))}  # fmt: skip


def traced_view(traced: Traced) -> Json:
    """Return a sentence of a draft and the sentences of papers that support or contradict it."""
    found = [
        {**titled(one.paper), "stance": one.stance, "reason": shown(one.reason),
         "sure": "" if one.stance == "unclear" else f"{one.score:.0%} sure",
         "quote": shown(one.sentence.text), "start": one.sentence.start, "end": one.sentence.end}
        for one in traced.found
    ]  # fmt: skip
    return {"text": shown(traced.text), "found": found}


def _inside(place: int, spans: Spans) -> bool:
    return any(start <= place < end for start, end in spans)


def reasons(result: Result) -> tuple[str, str]:
    """Return why a paper was retrieved: in words, and in full (ranks and scores)."""
    legs = [(name, leg) for name, leg in (("words", result.keyword), ("meaning", result.dense)) if leg]
    short = "Found by its " + " and its ".join(name for name, _ in legs) if legs else ""
    full = "; ".join(f"{name}: rank {leg.rank}, score {leg.score:.3g}" for name, leg in legs)
    return short, f"Rank {result.rank} of all, score {result.score:.2f} of 3; {full}".rstrip("; ")


def card_view(result: Result, answer: Answer, number: int) -> Json:
    """Return one paper of the evidence; `number` is its citation number, 0 when the answer does not cite it."""
    why, scores = reasons(result)
    return {**titled(result.paper), "number": number, "why": why, "scores": scores,
            "pieces": pieces(result, answer), "best": best_start(result, answer)}  # fmt: skip


def best_start(result: Result, answer: Answer) -> int | None:
    """Return where the sentence of a paper begins that matters most: of those cited, or else used, the best found."""
    cited = [c.start for s in answer.said for c in s.citations if c.paper_id == result.paper.id]
    ranked = [sentence.start for sentence in result.sentences]
    return next((start for start in ranked if start in cited or not cited), cited[0] if cited else None)


def evidence_view(answer: Answer, numbers: Mapping[str, int]) -> Json:
    """Return the evidence of one answer: cited papers first, by number, then the others as they were ranked."""
    cited = {paper.id for paper in answer.cited}
    cards = [
        card_view(result, answer, numbers[result.paper.id] if result.paper.id in cited else 0)
        for result in answer.results
    ]
    cards.sort(key=lambda card: (card["number"] == 0, card["number"]))
    kind = {"abstained": answer.abstained, "reply": answer.form in OURS, "verbatim": answer.is_verbatim}
    return {"question": shown(answer.question), "cards": cards, **kind}


def panels_view(answers: Sequence[Answer]) -> list[Json]:
    """Return the evidence of each answer of a conversation."""
    return [evidence_view(answer, numbering(answers[: place + 1])) for place, answer in enumerate(answers)]


def text_parts(sentence: AnswerSentence) -> list[Json]:
    """Cut a sentence into pieces in order, each a fault of its `kind`, or "" for the rest."""
    kinds = {(fault.start, fault.end): fault.kind for fault in sentence.faults}
    cuts = sorted({0, len(sentence.text)}.union(*kinds))
    inside = [next((kind for (a, b), kind in kinds.items() if a <= start < b), "") for start in cuts[:-1]]
    return [
        {"text": shown(sentence.text[start:end]), "kind": kind}
        for (start, end), kind in zip(pairwise(cuts), inside, strict=True)
    ]


def sentence_view(written: AnswerSentence, numbers: Mapping[str, int]) -> Json:
    """Return a sentence of an answer or a table, with the marks of what it cites."""
    return {"text": shown(written.text), "parts": text_parts(written), "chips": chips_of(written, numbers),
            "quote": written.is_quote, "verdict": written.verdict, "reason": shown(written.reason),
            "differs": shown(written.differs)}  # fmt: skip


def sentences_view(answer: Answer, numbers: Mapping[str, int]) -> list[Json]:
    """Return the sentences of an answer; the last one that was written shows where it broke off."""
    views = [sentence_view(written, numbers) for written in answer.sentences]
    written = [view for view in views if not view["quote"]]
    if answer.stage in ("stopped", "failed") and written and written[-1]["parts"]:
        last = written[-1]
        if not last["text"].rstrip().endswith(ENDS):
            last["text"] = f"{last['text'].rstrip()}\u2026"
            last["parts"][-1]["text"] = f"{last['parts'][-1]['text'].rstrip()}\u2026"
    return views


def paper_title(paper: Paper, numbers: Mapping[str, int]) -> Json:
    """Return a paper by its number and title; the number is 0 when nothing cites it."""
    return {**titled(paper), "number": numbers.get(paper.id, 0)}


def table_view(table: Table, numbers: Mapping[str, int]) -> Json:
    """Return a comparison, and how each row sorts it; a cell is null where the abstract does not say it."""
    columns = zip(table.papers, map(shown, heads(table)), strict=True)
    return {
        "aspects": [shown(aspect) for aspect in table.aspects],
        "papers": [
            {**paper_title(one, numbers), "head": "" if head == shown(one.title) else head} for one, head in columns
        ],
        "cells": [[cell and cell_view(cell, numbers) for cell in row] for row in table.cells],
        "unstated": [unstated(aspect) for aspect in table.aspects],
        "sorts": [_sort_view(table, aspect) for aspect in table.aspects],
    }


def cell_view(cell: AnswerSentence, numbers: Mapping[str, int]) -> Json:
    """Return a cell: its sentence and, where these stand for it, the few words of it with what is around them."""
    start, end = cell.span or (0, 0)
    around = [shown(cell.text[:start]), shown(cell.text[end:])]
    return {**sentence_view(cell, numbers), "few": shown(cell.few) if cell.span else "", "around": around}


def _sort_view(table: Table, aspect: str) -> Json | None:
    """Return the places of the papers as a row sorts them, and the line on that; None for a row without numbers."""
    row = table.cells[table.aspects.index(aspect)]
    if sum(figure_of(cell, aspect) is not None for cell in row) < 2:  # noqa: PLR2004  # one is in no order
        return None
    (falling, told), (rising, again) = ranked(table, aspect), ranked(table, aspect, rising=True)
    return {"falling": falling or None, "rising": rising or None, "told": [shown(told), shown(again)]}


def lines_view(answer: Answer) -> list[Json]:
    """Return the lines of an answer, which may be code; one that is the title of a paper found opens it."""
    papers = {clean(result.paper.title): result.paper for result in answer.results} if answer.lines else {}
    seen = ("".join(c for c in line if c.isspace() or not is_hostile(c)) for line in answer.lines)
    return [
        {"text": text, "paper": papers[line].id, "by": shown(papers[line].details.byline)} if line in papers
        else {"text": text, "paper": "", "by": ""}
        for text, line in zip(seen, answer.lines, strict=True)
    ]  # fmt: skip


def exchange_view(answer: Answer, numbers: Mapping[str, int]) -> Json:
    """Return one question and its answer, as far as it has come, for the conversation."""
    return {
        "question": shown(answer.question),
        "stage": answer.stage,
        "found": len(answer.results),
        "model": shown(answer.model or ""),
        "seconds": answer.timings.get("total", 0),
        "verbatim": answer.is_verbatim and answer.stage != "writing",
        "abstained": answer.abstained,
        "lead": shown(answer.lead),
        "reply": answer.form in OURS,
        "points": answer.act == POINTS,
        "lines": lines_view(answer),
        "sentences": sentences_view(answer, numbers),
        "cited": [paper_title(paper, numbers) for paper in answer.cited],
        "table": answer.table and table_view(answer.table, numbers),
        "doubt": doubt(answer),
        **folded_view(answer),
        "made": made_view(answer, numbers),
        "notices": [shown(notice) for notice in answer.notices],
    }
