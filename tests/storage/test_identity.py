"""Which paper is which: ids keep what titles mean."""

import hashlib

import pytest

from paperchat.storage.identity import is_same_text, paper_id, second_id
from paperchat.storage.readers.listing import SHIPPED, read_page

WRIST = "Adults wore two wrist devices for a week each. The scores agreed in 71 percent of the nights recorded."
NURSES = "Forty infants were filmed at night and scored by three nurses. The nurses agreed in 88 percent of the nights."


def test_a_plain_title_has_the_id_of_all_versions() -> None:
    def old(title: str) -> str:
        words = "".join(c if c.isalnum() or c == "_" else " " for c in title.casefold()).split()
        return hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]

    plain = [one for one in read_page(SHIPPED) if not set(one.title) & set("\\+*#$%=<>~")]
    assert len(plain) > 100
    assert [one.id for one in plain] == [old(one.title) for one in plain]


@pytest.mark.parametrize(
    "group", [("in C", "in C++", "in C#"), ("CD4+", "CD4-", "CD4"), ("🐝🐝", "🐝"), ("हिन्दी", "हिन्दू")]
)
def test_signs_that_carry_meaning_are_in_the_id(group: tuple[str, ...]) -> None:
    assert len(set(map(paper_id, group))) == len(group)


def test_another_work_under_the_same_title_has_an_id_of_its_own() -> None:
    ids = {paper_id("Sleep"), second_id("Sleep", WRIST), second_id("Sleep", NURSES), second_id("Sleep+", WRIST)}
    assert len(ids) == 4
    assert second_id("SLEEP!", WRIST) == second_id("Sleep", WRIST)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (WRIST, WRIST.replace("71", "72") + " Devices of one maker agreed best.", True),
        (WRIST, "", True),
        (WRIST, NURSES, False),
        (
            "我们提出一种面向低资源方言的语音识别方法。",
            "我们提出一种面向低资源方言的语音识别方法。只需要六小时。",
            True,
        ),
        ("我们提出一种面向低资源方言的语音识别方法。", "本文用手机照片识别水稻叶片病害。准确率达到九十三。", False),
    ],
)
def test_versions_of_a_text_are_told_from_another_text(one: str, other: str, same: bool) -> None:
    assert is_same_text(one, other) is same
