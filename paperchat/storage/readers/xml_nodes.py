"""XML read node by node with defusedxml, which refuses what expands or fetches; what precedes a fault stands."""

import io
import re
from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element, ParseError  # the types alone: what parses is defusedxml

from paperchat.storage.readers.entry import Fault
from paperchat.storage.readers.fields import one_line

DEEPEST = 100
"""Nodes within nodes from which on a file is refused."""

_DECLARATION = re.compile(r"\s{0,100}<\?xml[^>]{0,300}\?>")

_ILLEGAL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
    r"|&#(?:[0-8]|1[124-9]|2\d|3[01]|x0?[0-8bcef]|x1[0-9a-f]);",
    re.IGNORECASE,
)
"""Characters that XML does not allow, which exports have all the same."""


def nodes(text: str, names: Collection[str]) -> Iterator[Element | Fault]:
    """Yield each node with one of these local names as soon as it is whole; with none, those below the outermost one.

    A fault ends it.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    plain = _ILLEGAL.sub("", _DECLARATION.sub("", text.lstrip("\ufeff"), count=1))
    above: list[Element] = []
    try:
        for event, node in iterparse(io.BytesIO(plain.encode()), events=("start", "end"), forbid_dtd=False):
            if event == "start":
                above.append(node)
                if len(above) > DEEPEST:
                    yield Fault("", f"its XML is nested deeper than {DEEPEST} nodes")
                    return
                continue
            above.pop()
            if local(node) in names if names else len(above) == 1:
                yield node
                if names and above:
                    above[-1].clear()
    except DefusedXmlException:
        yield Fault("", "its XML declares entities, which can expand without end: they are refused")
    except ParseError as error:
        yield Fault(f"line {error.position[0]}", "its XML is broken or cut off here")


def local(node: Element) -> str:
    """Return the name of a node without its namespace."""
    return str(node.tag).rpartition("}")[2]


def text_of(node: Element | None) -> str:
    """Return all text in a node, on one line; none of none."""
    return one_line("".join(node.itertext())) if node is not None else ""


def child(node: Element, *path: str) -> Element | None:
    """Return the first node down this path of local names."""
    for name in path:
        found = next((one for one in node if local(one) == name), None)
        if found is None:
            return None
        node = found
    return node


def said(node: Element, *path: str) -> str:
    """Return the text of the first node down this path."""
    return text_of(child(node, *path))


def every(node: Element, *path: str) -> list[Element]:
    """Return the nodes with the last of these names below the first of each other."""
    parent = child(node, *path[:-1])
    return [one for one in parent if local(one) == path[-1]] if parent is not None else []
