"""Languages come out as BCP 47 tags."""

import pytest

from paperchat.storage.readers.languages import language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("english", "en"),
        ("English", "en"),
        ("eng", "en"),
        ("en", "en"),
        ("en-us", "en-US"),
        ("en_GB", "en-GB"),
        ("{ngerman}", "de"),
        ("zh-hant", "zh-Hant"),
        ("Klingon of old", ""),
        ("Esperanto", ""),
        ("", ""),
    ],
)
def test_a_language_has_its_tag(text: str, tag: str) -> None:
    assert language(text) == tag
