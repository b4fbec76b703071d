"""JSON read as a type: values as they are, and where something else stands."""

from dataclasses import dataclass

import pytest

from paperchat.text.typed_json import ShapeError, read_json, read_value


@dataclass(frozen=True)
class Leaf:
    name: str
    size: int = 0


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]


def test_a_text_is_read_as_its_type():
    assert read_json(Tree, '{"leaves": [{"name": "a", "size": 2}, {"name": "b"}]}') == Tree((Leaf("a", 2), Leaf("b")))


def test_a_value_is_read_as_its_type_lone_surrogates_too():
    assert read_value(Tree, {"leaves": [{"name": "\ud800"}]}) == Tree((Leaf("\ud800"),))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"leaves": [{"name": "a"}, {"name": 3}]}', "leaves.1.name"),
        ('{"leaves": [{"name": "a", "size": "2"}]}', "leaves.0.size"),
        ("{}", "leaves"),
        ("[]", ""),
        ("{", ""),
        ("[" * 100_000, ""),
    ],
    ids=["another kind", "a text that could be a number", "missing", "no object", "cut", "nested without end"],
)
def test_what_is_not_of_the_type_is_told_with_its_place_in_one_line(text: str, place: str):
    with pytest.raises(ShapeError) as caught:
        read_json(Tree, text)
    assert caught.value.place == place
    assert str(caught.value).startswith(f"{place}: " if place else caught.value.problem)
    assert "\n" not in str(caught.value)
