"""Types of papers come out in CSL's names."""

import pytest

from paperchat.storage.readers.kinds import KINDS, kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("journalArticle", "article-journal"),
        ("Conference Paper", "paper-conference"),
        ("Article; Early Access", "article-journal"),
        ("Book Chapter", "chapter"),
        ("preprint", "article"),
        ("", "document"),
        ("something else", "document"),
    ],
)
def test_a_type_has_its_name(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_every_name_is_as_it_is_compared() -> None:
    assert all(name.isalpha() and name.islower() for name in KINDS)
