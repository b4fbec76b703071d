"""XML is read as it comes, and what would expand, fetch or pile up is refused."""

import pytest

from paperchat.storage.readers.entry import Fault
from paperchat.storage.readers.xml_nodes import every, nodes, said, text_of

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x><r>&b;</r></x>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x><r>&a;</r></x>'


def read(text: str, *names: str) -> list[str]:
    return [f"{one.place}: {one.reason}" if isinstance(one, Fault) else text_of(one) for one in nodes(text, names)]


def test_nodes_come_whole_and_by_their_names_without_namespaces() -> None:
    text = '\ufeff<?xml version="1.0" encoding="latin-1"?><x xmlns="u"><r>one <i>ü</i></r><s/><t><r> two\n</r></t></x>'
    assert read(text, "r") == ["one ü", "two"]
    assert read(text) == ["one ü", "", "two"]


def test_what_stands_before_a_fault_stands() -> None:
    assert read("<x>\n<r>1</r>\n<r>2</r>\n<r>3", "r") == ["1", "2", "line 4: its XML is broken or cut off here"]


@pytest.mark.parametrize("text", [BOMB, FILE], ids=["a bomb", "a file"])
def test_entities_are_refused(text: str) -> None:
    (fault,) = read(text, "r")
    assert "entities" in fault


def test_nodes_nested_too_deep_are_refused() -> None:
    (fault,) = read("<x>" * 100_000, "r")
    assert "nested deeper" in fault


def test_characters_that_xml_forbids_are_left_out() -> None:
    assert read("<x><r>a\x01b&#x2;c&#11;d&#13;</r></x>", "r") == ["abcd"]


def test_paths_lead_to_nodes() -> None:
    (node,) = nodes("<x><r><a><b>1</b><b>2</b></a></r></x>", ("r",))
    assert not isinstance(node, Fault)
    assert (said(node, "a", "b"), said(node, "c", "b"), len(every(node, "a", "b")), every(node, "c", "b")) == (
        "1",
        "",
        2,
        [],
    )
