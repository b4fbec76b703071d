"""JSON that is still being written."""

from typing import Any

import pytest

from paperchat.text.partial_json import read_partial


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": ["one", "tw', {"a": ["one", "tw"]}),
        ('{"a": 1, "b', {"a": 1}),
        ('  {"a": {"b": null}}\n', {"a": {"b": None}}),
        ("[", []),
        ("", None),
        ("not JSON", None),
        ('{"a": 1} and more', {"a": 1}),
    ],
    ids=["a string grows", "a name grows", "whole", "begun", "nothing", "text", "text after it"],
)
def test_what_has_come_so_far_is_read(text: str, value: Any) -> None:
    assert read_partial(text) == value
