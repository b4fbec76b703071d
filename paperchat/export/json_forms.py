"""Answers, results and checks as JSON objects, in the forms that `cli/README.md` documents. Pure functions."""

from typing import Any

from paperchat.bibliography import Details, Scope
from paperchat.export.tables import heads
from paperchat.types import Answer, AnswerSentence, Check, Result, Suggestion, Table, Traced


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer in the documented form."""
    return {
        "question": answer.question,
        "text": answer.text,
        "act": answer.act,
        "lead": answer.lead,
        "abstained": answer.abstained,
        "sentences": [_sentence(sentence) for sentence in answer.sentences],
        "withheld": [_sentence(sentence) for sentence in answer.withheld],
        "lines": list(answer.lines),
        "table": _table(answer.table) if answer.table else None,
        "cited": [paper.title for paper in answer.cited],
        "sources": [{"id": paper.id, "title": paper.title, **told_json(paper.details)} for paper in answer.cited],
        "retrieved": [result.paper.title for result in answer.results],
        "model": answer.model,
        "stage": answer.stage,
        "notices": list(answer.notices),
        "thought": answer.thought,
        "scope": _scope(answer.scope),
        "prompt_tokens": answer.prompt_tokens,
        "timings": {name: round(seconds, 3) for name, seconds in answer.timings.items()},
    }


def _scope(scope: Scope) -> dict[str, Any] | None:
    """Return which papers were asked, by what was given; None for all."""
    given = {"papers": scope.papers, "authors": scope.authors, "venues": scope.venues, "keywords": scope.keywords}
    named: dict[str, Any] = {name: list(values) for name, values in given.items() if values}
    years = {"since": scope.since, "until": scope.until}
    days = {"imported_since": scope.imported_since, "imported_until": scope.imported_until}
    named |= {name: day for name, day in days.items() if day}
    return {**named, **{name: year for name, year in years.items() if year is not None}} or None


def _sentence(sentence: AnswerSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "verdict": sentence.verdict,
        "reason": sentence.reason,
        "differs": sentence.differs,
        "faults": [{"start": f.start, "end": f.end, "kind": f.kind} for f in sentence.faults],
        "citations": [
            {"id": c.paper_id, "title": c.title, "quote": c.quote, "start": c.start, "end": c.end}
            for c in sentence.citations
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "aspects": list(table.aspects),
        "ordered": table.ordered or None,
        "papers": [
            {"id": paper.id, "name": head, "title": paper.title, **told_json(paper.details)}
            for paper, head in zip(table.papers, heads(table), strict=True)
        ],
        "cells": [[{**_sentence(cell), "few": cell.few} if cell else None for cell in row] for row in table.cells],
    }


def told_json(details: Details) -> dict[str, Any]:
    """Return who wrote a paper, when, and its DOI; null where year or DOI is not known."""
    return {"authors": [person.name for person in details.authors], "year": details.year, "doi": details.doi or None}


def result_json(result: Result) -> dict[str, Any]:
    """Return a search result in the documented form."""
    return {
        "id": result.paper.id,
        "title": result.paper.title,
        **told_json(result.paper.details),
        "rank": result.rank,
        "score": round(result.score, 4),
        "dense": result.dense and {"rank": result.dense.rank, "score": round(result.dense.score, 4)},
        "keyword": result.keyword and {"rank": result.keyword.rank, "score": round(result.keyword.score, 4)},
        "sentences": [{"text": s.text, "start": s.start, "end": s.end} for s in result.sentences],
    }


def check_json(check: Check) -> dict[str, Any]:
    """Return a check in the documented form."""
    return {"verdict": check.verdict, "score": check.score, "reason": check.reason, "quote": check.quote}


def suggestion_json(suggestion: Suggestion) -> dict[str, Any]:
    """Return a suggested paper in the documented form."""
    said = suggestion.sentence.text if suggestion.sentence else None
    paper = suggestion.paper
    told = told_json(paper.details)
    return {"id": paper.id, "title": paper.title, **told, "reason": suggestion.reason, "sentence": said}


def traced_json(traced: Traced) -> dict[str, Any]:
    """Return a sentence of a draft and what was found of it in the documented form."""
    found = [
        {
            "id": one.paper.id,
            "title": one.paper.title,
            **told_json(one.paper.details),
            "stance": one.stance,
            "score": one.score,
            "reason": one.reason,
            "quote": one.sentence.text,
            "start": one.sentence.start,
            "end": one.sentence.end,
        }
        for one in traced.found
    ]
    return {"text": traced.text, "start": traced.start, "end": traced.end, "found": found}
