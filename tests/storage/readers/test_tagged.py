"""Lines with tags are cut into records, each by itself."""

import re

from paperchat.storage.readers.tagged import records

START, TAG = re.compile("AA  - "), re.compile("([A-Z]{2})  -(?: |$)")


def test_each_record_has_its_line_and_its_tags_in_order() -> None:
    text = "before\nAA  - 1\nBB  - x\nBB  - y\n\n  goes on\r\nAA  - 2\rCC  -\r"
    first, second = records(text, START, TAG)
    assert (first.line, first.tags) == (2, {"AA": ["1"], "BB": ["x", "y goes on"]})
    assert (second.line, second.first("CC", "AA"), second.all("CC")) == (7, "2", [])


def test_a_text_without_a_record_has_none() -> None:
    assert list(records("nothing here", START, TAG)) == []
