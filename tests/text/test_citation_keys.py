"""Keys of papers: plain, unique, of their source where it gave one, and understood again."""

from dataclasses import replace
from itertools import permutations

import pytest

from paperchat.bibliography import Details
from paperchat.text.citation_keys import citation_key, citation_keys, keyed
from paperchat.types import Paper
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES, paper


def with_key(one: Paper, key: str) -> Paper:
    return replace(one, details=Details(key=key))


def test_keys_are_unique_and_depend_on_their_paper_alone() -> None:
    same = [paper(f"Learning to {word}", "None.") for word in ("Walk", "Talk", "walk, talk")]
    keys = [citation_key(one) for one in same]
    assert len(set(keys)) == 3
    assert all(key.startswith("learning-") for key in keys)
    for order in permutations(same):
        assert citation_keys(order) == [citation_key(one) for one in order]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("The Über-Model", "uber"), ("3D Vision", "3d"), ("Is It?", "paper"), ("2022: a {year}", "year"),
        ("Łódź at Night", "lodz"), ("Øresund", "oresund"), ("Straßenbäume", "strassenbaume"), ("İstanbul", "istanbul"),
        ("Đà Nẵng", "da"), ("Большие модели", "bolshie"), ("Θεωρία", "theoria"),
        ("中文", "zhongwen"), ("🐝🐝🐝", "bee"), ("—!", "paper"), (f"{'Very' * 40}Long", ("very" * 40)[:40]),
    ],
)  # fmt: skip
def test_a_key_is_plain_ascii(title: str, word: str) -> None:
    one = paper(title, "None.")
    assert citation_key(one) == f"{word}-{one.id}"


def test_the_key_of_the_source_is_the_key_where_it_is_fit_and_unique() -> None:
    graphs, speech = with_key(GRAPHS, "hou_graphmae:2022"), with_key(SPEECH, "Müller2019")
    assert citation_keys([graphs, speech, TREES]) == ["hou_graphmae:2022", "Müller2019", citation_key(TREES)]
    for keys in (("same", "Same"), ("a b", "c,d"), ("O\u2019Hearn", "D'Oh"), ("x{", "}y"), ("", "#1")):
        papers = [with_key(one, key) for one, key in zip(PAPERS, keys, strict=False)]
        assert citation_keys(papers) == [citation_key(one) for one in papers]


def test_a_paper_is_meant_by_its_id_its_sources_key_and_every_key_of_ours() -> None:
    papers = [with_key(GRAPHS, "Hou2022"), with_key(SPEECH, "doubled"), with_key(TREES, "doubled")]
    for wanted in (GRAPHS.id, f" {citation_key(GRAPHS)} ", f"paper-{GRAPHS.id}", "Hou2022", "hou2022"):
        assert keyed(papers, wanted) == papers[:1]
    assert keyed(papers, "doubled") == papers[1:]
    assert keyed([with_key(GRAPHS, "a1"), with_key(SPEECH, "A1")], "A1") == [with_key(SPEECH, "A1")]
    for wanted in ("", "-", "nobody", f"{GRAPHS.id}-paper"):
        assert keyed(papers, wanted) == []
