"""A source is text in its encoding, and has a beginning by which it is told."""

import pytest

from paperchat.storage.readers.entry import HEAD, Source


def test_the_head_of_a_long_text_may_end_within_a_character() -> None:
    source = Source("f", ("x" * (HEAD - 1) + "é" * 9).encode())
    assert source.head == "x" * (HEAD - 1)
    assert source.text.endswith("é" * 9)


def test_what_is_no_text_has_no_head_and_says_so() -> None:
    source = Source("f", b"\x7fELF\0\1")
    assert source.head == ""
    with pytest.raises(ValueError, match="binary"):
        _ = source.text
