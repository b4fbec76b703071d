"""The papers by author, year, venue and keyword, however their names are typed."""

import pytest

from paperchat.bibliography import ALL, OTHERS, Details, Person, Scope
from paperchat.query.catalogue import Catalogue
from paperchat.types import Paper
from tests.samples import GRAPHS, IMAGES, SHELF, SPEECH, TREES, paper

CATALOGUE = Catalogue(SHELF)
NAMES = {GRAPHS.id: "graphs", SPEECH.id: "speech", TREES.id: "trees", IMAGES.id: "images", SHELF[-1].id: "walks"}


def told(ids: frozenset[str]) -> str:
    return " ".join(sorted(NAMES[key] for key in ids))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ogden", "graphs trees"),
        ("ogden", "graphs trees"),
        ("Ada Ogden", "graphs trees"),
        ("Ogden, A.", "graphs trees"),
        ("A. Ogden", "graphs trees"),
        ("B. Ogden", ""),
        ("Ada", ""),
        ("Erdos", "speech"),
        ("P. Erd\u0151s", "speech"),
        ("Li", "graphs images"),
        ("L", ""),
        ("", ""),
        ("Nobody", ""),
    ],
)
def test_an_author_is_found_by_family_name_given_name_or_initial(name: str, found: str) -> None:
    assert told(CATALOGUE.by_author(name)) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("NeurIPS", "graphs"),
        ("NIPS", "graphs"),
        ("neural information processing", "graphs"),
        ("ICML", ""),
        ("Nature", "trees"),
        ("nature communications", "images"),
        ("Communications", "images"),
        ("Letters", "speech"),
        ("", ""),
    ],
)
def test_a_venue_is_found_by_its_name_part_of_it_or_what_it_is_short_for(name: str, found: str) -> None:
    assert told(CATALOGUE.in_venue(name)) == found


@pytest.mark.parametrize(
    ("acronym", "venue"),
    [
        ("ICLR", "International Conference on Learning Representations"),
        ("ACL", "Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics"),
        ("PNAS", "Proceedings of the National Academy of Sciences of the United States of America"),
        ("TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
        ("EMNLP", "Empirical Methods in Natural Language Processing"),
        ("PLoS", "PLoS ONE"),
        ("AAAI", "Proceedings of the AAAI Conference on Artificial Intelligence"),
    ],
)
def test_an_acronym_is_a_name_of_its_venue(acronym: str, venue: str) -> None:
    one = Paper("a", "A", "Text.", "", Details(venue=venue))
    other = Paper("b", "B", "Text.", "", Details(venue="International Journal of Geography"))
    assert Catalogue([one, other]).named_venue(acronym) == {"a"}


def test_a_scope_has_what_meets_all_that_is_given() -> None:
    assert told(CATALOGUE.ids(ALL)) == "graphs images speech trees walks"
    assert told(CATALOGUE.ids(Scope(since=2022))) == "graphs images speech"
    assert told(CATALOGUE.ids(Scope(until=2022))) == "graphs trees"
    assert told(CATALOGUE.ids(Scope(since=2020, until=2022))) == "graphs"
    assert told(CATALOGUE.ids(Scope(authors=("Ogden",), since=2020))) == "graphs"
    assert told(CATALOGUE.ids(Scope(authors=("Ogden", "Long"), venues=("Nature",)))) == "trees"
    assert told(CATALOGUE.ids(Scope(keywords=("speech", "images")))) == "images speech"
    assert told(CATALOGUE.ids(Scope(papers=(SPEECH.id, "gone")))) == "speech"
    assert told(CATALOGUE.ids(Scope(keywords=("trees",)))) == "trees"


def test_a_name_that_is_not_parted_is_a_family_name() -> None:
    group = Paper("g", "G", "Text.", "", Details(authors=(Person("The Graph Group"),)))
    assert Catalogue([group]).by_author("graph group") == {"g"}
    assert Catalogue([group]).has_authors
    assert not Catalogue([SHELF[-1]]).has_authors


def test_a_name_that_a_title_or_an_abstract_has_is_told() -> None:
    said = Catalogue([*SHELF, paper("Ogden-Li Grids", "A grid by Rao.")])
    assert all(said.says([name]) for name in ("Ogden", "ogden & li", "Rao"))
    assert not any(said.says([name]) for name in ("Ra", "Erd"))


def test_others_of_whom_no_name_is_known_are_nobody_to_ask_for() -> None:
    assert not Catalogue([Paper("a", "A", "Text.", "", Details(authors=(Person("Roe"), OTHERS)))]).by_author("others")


@pytest.mark.parametrize(
    ("typed", "written"), [("ogden", "Ogden"), ("erdos", "Erd\u0151s"), ("A. Ogden", "A. Ogden"), ("x", "x")]
)
def test_a_name_in_small_letters_is_written_as_in_the_record(typed: str, written: str) -> None:
    assert CATALOGUE.written(typed) == written
