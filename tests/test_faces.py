"""The face of a package: names that import their modules when they are first asked for."""

import pytest

from paperchat.faces import face
from paperchat.text.cleaning import clean


def test_a_name_is_looked_up_in_its_module() -> None:
    look_up, names = face("paperchat.text", {"clean": "cleaning", "escaped": "cleaning"})
    assert look_up("clean") is clean
    assert names == ["clean", "escaped"]


def test_another_name_is_an_attribute_error() -> None:
    look_up, _ = face("paperchat.text", {"clean": "cleaning"})
    with pytest.raises(AttributeError, match=r"module 'paperchat\.text' has no attribute 'printable'"):
        look_up("printable")
