"""Answers as they are kept: they come back exactly, or say why not."""

import json
from dataclasses import asdict, replace

import pytest

from paperchat.bibliography import ALL, Scope
from paperchat.storage.answer_codec import DAMAGED, NEWER, VERSION, packed, packed_scope, unpacked, unpacked_scope
from paperchat.types import Answer
from tests.storage.test_conversations import make_answer


@pytest.mark.parametrize("question", ["Why?", "lone \ud800 and \u202e bidi \x00", "名前 {braces} <b>"])
def test_an_answer_comes_back_exactly(question: str):
    answer = make_answer(question)
    assert unpacked(question, VERSION, packed(answer)) == answer


@pytest.mark.parametrize(
    ("stage", "kept"),
    [("evidence", "stopped"), ("writing", "stopped"), ("checking", "done"), ("done", "done"), ("failed", "failed")],
)
def test_what_nobody_works_on_any_more_has_ended(stage: str, kept: str):
    assert unpacked("q", VERSION, packed(make_answer(stage=stage))).stage == kept


@pytest.mark.parametrize(
    ("version", "text", "notice"),
    [
        (VERSION + 1, "{}", NEWER),
        (VERSION, "{", DAMAGED),
        (VERSION, '{"question": 1}', DAMAGED),
        (VERSION, "[]", DAMAGED),
    ],
)
def test_an_answer_that_cannot_be_read_says_so(version: int, text: str, notice: str):
    assert unpacked("Why?", version, text) == Answer("Why?", stage="failed", notices=(notice,))


def test_an_answer_kept_before_a_field_was_there_is_read():
    old = asdict(make_answer())
    del old["prompt_tokens"]
    assert unpacked("Why?", VERSION, json.dumps(old)) == replace(make_answer(), prompt_tokens=None)


def test_a_scope_is_kept_and_one_that_cannot_be_read_is_of_all() -> None:
    scope = Scope(("p",), ("Ogden & Li",), since=2019)
    assert unpacked_scope(packed_scope(scope)) == scope
    assert unpacked_scope('{"since": "soon"}') == unpacked_scope("[") == ALL
