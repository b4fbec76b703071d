"""Papers found as one types."""

from dataclasses import replace

import pytest

from paperchat.bibliography import Details, Person
from paperchat.errors import InputError
from paperchat.query.reading import Reading, read
from paperchat.retrieval.lookup import KEYED, entries_of, find_paper, suggest
from paperchat.storage.readers.listing import SHIPPED, read_page
from paperchat.text.abstracts import paper_sentences
from paperchat.text.citation_keys import citation_key
from paperchat.types import Leg, Paper, Result, Suggestion
from tests.samples import paper_texts

ENTRIES = entries_of(read_page(SHIPPED))
GRAPHMAE = "GraphMAE: Self-Supervised Masked Graph Autoencoders"


def nothing_found(query: str) -> Reading:
    return read(query, query, (), ())


@pytest.mark.parametrize(
    ("typed", "title", "reason"),
    [
        ("graphm", GRAPHMAE, "its name begins so"),
        ("whats the paper behind graphmae?", GRAPHMAE, "its name"),
        ("Self-supervised MASKED graph", GRAPHMAE, "words of its title"),
        ("grafmae paper", GRAPHMAE, "a name spelt alike"),
        ("barlov twins", "Barlow Twins: Self-Supervised Learning via Redundancy Reduction", "a name spelt alike"),
        ("SiT", "SiT: Self-supervised vIsion Transformer", "its name"),
        ("tip", "TIP: Tabular-Image Pre-training for Multimodal Classification with Incomplete Data", "its name"),
        ("tips", "TIPS: Text-Image Pretraining with Spatial Awareness", "its name"),
        ("trasformers can do baysian inferense", "Transformers Can Do Bayesian Inference", "a title spelt alike"),
    ],
)
def test_a_paper_is_found_though_its_title_is_begun_shortened_or_misspelt(typed: str, title: str, reason: str):
    first = suggest(typed, ENTRIES, nothing_found, 5)[0]
    assert (first.paper.title, first.reason) == (title, reason)


def test_near_identical_names_are_both_offered():
    assert [one.paper.title[:4] for one in suggest("TIP", ENTRIES, nothing_found, 5)[:2]] == ["TIP:", "TIPS"]


@pytest.mark.parametrize("typed", ["", "...", "zzz", "a poem about autumn leaves"])
def test_what_no_title_has_finds_none(typed: str):
    assert suggest(typed, ENTRIES, nothing_found, 5) == ()


ONE = Paper("1", "First: A Method", "We beat ImageNet. It uses CutMix.", "f")
TWO = Paper("2", "Second", "A cut and a mix. More of it.", "f")


def test_a_name_that_stands_only_in_an_abstract_comes_before_what_is_only_near():
    results = [Result(paper, 1, 1.0, None, Leg(1, 1.0), paper_sentences(paper)) for paper in (TWO, ONE)]

    def search(query: str) -> Reading:
        return read(query, query, results, paper_texts(TWO, ONE))

    found = suggest("cutmix", entries_of((ONE, TWO)), search, 5)
    assert [(one.paper.id, one.reason) for one in found] == [("1", "a sentence says it"), ("2", "near in meaning")]
    assert found[0].sentence == paper_sentences(ONE)[1]
    assert len(suggest("cutmix", entries_of((ONE, TWO)), search, 1)) == 1


def test_one_word_that_no_paper_has_is_near_nothing():
    results = [Result(TWO, 1, 1.0, Leg(1, 0.2), None, paper_sentences(TWO))]

    def search(query: str) -> Reading:
        return read(query, query, results, paper_texts(TWO))

    assert suggest("zzz", entries_of((ONE, TWO)), search, 5) == ()
    assert [one.reason for one in suggest("zzz and more", entries_of((ONE, TWO)), search, 5)] == ["near in meaning"]


def written(key: str, title: str, year: int, *families: str) -> Paper:
    return Paper(key, title, "", "f", Details(authors=tuple(Person(name) for name in families), date=(year,)))


WRITTEN = entries_of((
    written("a", "Soil and Water", 2019, "Ogden", "van der Berg"),
    written("b", "Salt", 2019, "Ogden", "Doe"),
    written("c", "Soil and Salt", 2021, "Ogden"),
    written("d", "Graphs by Search", 2001, "Erdős"),
))  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "keys", "reason"),
    [
        ("the 2019 paper by Ogden on salt", "ba", "its author and year"),
        ("Ogden 2019", "ab", "its author and year"),
        ("ogden et al. (2019)", "ab", "its author and year"),
        ("papers by Ogden", "abc", "its author"),
        ("Ogden and Doe", "b", "its author"),
        ("by van der Berg", "a", "its author"),
        ("Erdos 2001", "d", "its author and year"),
    ],
)
def test_a_paper_is_found_by_who_wrote_it_and_when(typed: str, keys: str, reason: str):
    found = suggest(typed, WRITTEN, nothing_found, 5)
    assert ["".join(one.paper.id for one in found), found[0].reason] == [keys, reason]


@pytest.mark.parametrize("typed", ["Ogden 1999", "graphs by search", "2019", "soil of Ogden and others in depth"])
def test_other_words_name_no_author(typed: str):
    assert all(not one.reason.startswith("its author") for one in suggest(typed, WRITTEN, nothing_found, 5))


def test_a_paper_is_meant_by_its_id_and_its_citation_keys():
    one, two = (
        replace(entry.paper, details=Details(key=key))
        for entry, key in zip(ENTRIES, ("Smith:2019", "dup"), strict=False)
    )
    three = replace(ENTRIES[2].paper, details=Details(key="dup"))
    entries = entries_of((one, two, three))
    for typed in (one.id, "Smith:2019", "smith:2019", citation_key(one)):
        assert suggest(typed, entries, nothing_found, 5)[0] == Suggestion(one, KEYED)
        assert find_paper((one, two, three), typed, lambda _: []) == one
    assert [found.paper for found in suggest("dup", entries, nothing_found, 5)] == [two, three]
    with pytest.raises(InputError, match="2 papers have the key 'dup'"):
        find_paper((one, two, three), "dup", lambda _: [])
    assert find_paper((one, replace(two, title="Dup"), three), "dup.", lambda _: []).title == "Dup"
