"""A page is not refused for a soft hyphen; it is for what deceives."""

import pytest

from paperchat.text.mending import deceiving, mended


@pytest.mark.parametrize(
    ("text", "right", "told"),
    [
        ("hear\u00ading a\u00adids", "hearing aids", "2 soft hyphens"),
        ("It\u0092s \u0093so\u0094 \u0096 5\u0080", "It’s “so” \u2013 5€", "1 Windows character (U+0080)"),
        ("a\ufeffb", "ab", "1 byte order mark"),
        ("a\u200bb", "ab", "1 zero-width space"),
        ("bell\x07 and\x0btab", "bell and tab", "1 invisible character (U+0007)"),
        ("\uf0b7 item", " item", "1 invisible character (U+F0B7)"),
        ("left\u200eright", "leftright", "1 invisible character (U+200E)"),
        ("one\u2028two", "one two", "1 invisible character (U+2028)"),
    ],
)
def test_what_is_there_by_mistake_is_mended_and_told(text: str, right: str, told: str) -> None:
    assert mended(text).text == right
    assert told in mended(text).told
    assert deceiving(text) is None


@pytest.mark.parametrize("text", ["plain", "क्\u200dष", "👩\u200d🔬", "é\tü\n"])
def test_what_belongs_there_stays(text: str) -> None:
    assert mended(text).text == text
    assert mended(text).told == ""


@pytest.mark.parametrize(
    "text", ["a\u202eb", "a\u2066b", "a\U000e0041b", "a" + "\u200b\u2060" * 4, "x\ufe01\ufe02", "x\U000e0100\U000e0101"]
)
def test_what_deceives_is_found(text: str) -> None:
    found = deceiving(text)
    assert found is not None
    assert found.start() == 1
