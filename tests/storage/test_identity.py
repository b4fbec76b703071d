"""Which paper is which: ids keep what titles mean, and a paper that is there keeps its id."""

import hashlib
from dataclasses import replace

import pytest

from paperchat.bibliography import UNTOLD, Details, Person
from paperchat.storage.identity import LENGTH, is_same_work, paper_id, recognised
from paperchat.storage.reader import SHIPPED, read_page
from paperchat.types import Paper

WRIST = "Adults wore two wrist devices for a week each. The scores agreed in 71 percent of the nights recorded."
NURSES = "Forty infants were filmed at night and scored by three nurses. The nurses agreed in 88 percent of the nights."


def paper(title: str, abstract: str = WRIST, key: str = "", details: Details = UNTOLD) -> Paper:
    return Paper(key or paper_id(title), title, abstract, "f", details)


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


def test_another_work_under_the_same_title_is_a_second_paper() -> None:
    first, second = (one.paper for one in recognised([paper("Sleep"), paper("Sleep", NURSES)], []))
    assert first.id == paper_id("Sleep")
    assert second.id not in ("", first.id)
    again = list(recognised([paper("Sleep", NURSES), paper("Sleep")], [first, second]))
    assert [(one.paper.id, one.is_same) for one in again] == [(second.id, True), (first.id, True)]


def test_another_version_of_a_work_keeps_its_id_and_says_what_it_replaces() -> None:
    old = paper("Sleep")
    new = paper("SLEEP!", WRIST.replace("71", "72") + " Devices of one maker agreed best.")
    (one,) = recognised([new], [old])
    assert (one.paper.id, one.was, one.is_same) == (old.id, old, False)


def test_a_paper_that_is_there_keeps_its_id_however_an_id_is_made_now() -> None:
    old = paper("Errors in C++", WRIST, paper_id("Errors in C"))
    plus, plain = recognised([paper("Errors in C++"), paper("Errors in C", NURSES)], [old])
    assert (plus.paper.id, plus.is_same) == (old.id, True)
    assert plain.was is None
    assert plain.paper.id != old.id
    assert len(plain.paper.id) > LENGTH


def test_the_same_paper_twice_is_one() -> None:
    first, second = recognised([paper("Sleep"), paper("Sleep")], [])
    assert (first.was, second.is_same) == (None, True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Details(doi="10.1/a"), Details(doi="10.1/a"), True),
        (Details(arxiv="2101.00001"), Details(arxiv="2101.00001"), True),
        (Details(doi="10.1/a"), Details(doi="10.1/b"), False),
        (Details(), Details(), False),
    ],
)
def test_identifiers_tell_that_works_are_one(one: Details, other: Details, same: bool) -> None:
    assert is_same_work(paper("Sleep", WRIST, "", one), paper("Sleep", NURSES, "", other)) is same


def test_a_paper_without_an_abstract_is_the_one_of_that_title_unless_others_wrote_it() -> None:
    bare = replace(paper("Sleep"), abstract="", details=Details(authors=(Person("Abel"),)))
    assert is_same_work(bare, paper("Sleep"))
    assert not is_same_work(bare, paper("Sleep", WRIST, "", Details(authors=(Person("Bell"),))))


def test_works_in_other_scripts_are_compared_too() -> None:
    one = "我们提出一种面向低资源方言的语音识别方法。该方法在粤语测试集上的字错误率为百分之十二。"
    assert is_same_work(paper("方言", one), paper("方言", one + "训练只需要六小时。"))
    assert not is_same_work(paper("方言", one), paper("方言", "本文用手机照片识别水稻叶片病害。准确率达到九十三。"))
