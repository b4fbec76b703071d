"""JSON is read object by object."""

import pytest

from paperchat.storage.readers.entry import Fault
from paperchat.storage.readers.json_items import items, words


def places(text: str) -> list[str]:
    return [f"fault {one.place}" if isinstance(one, Fault) else one[0] for one in items(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}\n\n{"b": 2}\n', ["line 1", "line 3"]),
        ('\ufeff[{"a": 1}, {"b": 2}]', ["item 1", "item 2"]),
        ('{"data": [{"a": 1}, 7, {"b": 2}]}', ["item 1", "item 3"]),
        ('{"title": "x", "references": [{"a": 1}]}', ["line 1"]),
        ('{"title": 1}\n{"title": \n{"title": 3}\n', ["line 1", "fault line 2", "line 3"]),
        ('[{"title": 1},\n{"title": "never', ["item 1", "fault item 2"]),
        ("7 [] null", []),
        ("", []),
    ],
)
def test_each_object_has_its_place(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, '{"a":' * 200_000, '{"title": ' + "9" * 5000 + "}"],
    ids=["lists", "objects", "digits"],
)
def test_what_is_nested_or_too_long_is_a_fault_and_no_crash(text: str) -> None:
    assert set(places(text)) <= {"fault item 1", "fault line 1"}


def test_half_a_character_is_none() -> None:
    text = r'{"title": "A \ud83d b", "authors": [{"name\udc00": "\ud83d\ude00 \u00e9"}]}'
    (found,) = items(text)
    assert not isinstance(found, Fault)
    assert found[1] == {"title": "A \ufffd b", "authors": [{"name\ufffd": "\U0001f600 \u00e9"}]}


def test_many_broken_lines_end_the_reading() -> None:
    assert len(places("{\n" * 5000)) <= 100


def test_values_are_text() -> None:
    values: list[object] = ["x", 7, 1.5, ["y", "z"], [], None, True, {}]
    assert [words(value) for value in values] == ["x", "7", "1.5", "y", "", "", "", ""]
