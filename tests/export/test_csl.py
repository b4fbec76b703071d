"""CSL-JSON: all that is known, by CSL's names, and nothing else."""

import json
from dataclasses import replace

import pytest

from paperchat.bibliography import Details, Person
from paperchat.export.csl import csl_name, kind_of, to_csl
from paperchat.text.citation_keys import citation_key
from tests.bibliography import HOSTILE, TOLD, shown
from tests.samples import GRAPHS, TREES, paper


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_reads_back(title: str) -> None:
    one, two = paper(title, f"About {title}."), GRAPHS
    items = json.loads(to_csl([one, two]))
    assert [item["id"] for item in items] == [citation_key(one), citation_key(two)]
    assert (items[0].get("title", ""), items[0]["abstract"]) == (shown(title), shown(f"About {title}."))


def test_what_is_not_known_is_left_out() -> None:
    (item,) = json.loads(to_csl([TREES]))
    assert (set(item), item["type"]) == ({"id", "type", "title", "abstract"}, "document")


def test_all_that_is_known_is_written() -> None:
    article, preprint, proceedings = json.loads(to_csl(TOLD))
    assert {name: value for name, value in article.items() if name not in ("abstract", "title")} == {
        "id": "Berg:2019",
        "type": "article-journal",
        "author": [
            {"family": "van den Berg", "given": "Jan-Willem"},
            {"family": "Łukasz", "given": "Örn B."},
            {"family": "Nguyễn", "given": "Thị Hà"},
        ],
        "issued": {"date-parts": [[2019, 3, 14]]},
        "container-title": "Журнал Графов & Сетей",
        "volume": "12",
        "issue": "3",
        "page": "101-119",
        "DOI": "10.1000/a_b",
        "URL": "https://example.org/a_b%20c#d~e",
        "keyword": "graphs, self_supervised",
        "language": "en",
        "ISBN": "978-3-16",
        "note": "Number: 1",
    }
    assert (preprint["type"], preprint["number"], preprint["publisher"]) == ("article", "arXiv:2101.00001", "arXiv")
    assert preprint["author"][1] == {"literal": "World Health Organization"}
    assert proceedings["editor"] == [{"family": "Brown", "given": "Carl"}]


@pytest.mark.parametrize(
    ("details", "kind"),
    [
        (Details(kind="thesis", venue="x"), "thesis"),
        (Details(venue="x", arxiv="1"), "article-journal"),
        (Details(arxiv="1"), "article"),
        (Details(date=(2020,)), "document"),
    ],
)
def test_a_kind_that_is_not_told_is_that_of_the_details(details: Details, kind: str) -> None:
    assert kind_of(details) == kind


def test_names_without_initials_are_one_whole() -> None:
    assert csl_name(Person("李", "明")) == {"literal": "李明"}
    assert csl_name(Person("محمد", "علي")) == {"literal": "علي محمد"}
    assert csl_name(Person("Иванов", "Иван")) == {"family": "Иванов", "given": "Иван"}


def test_the_paragraphs_of_an_abstract_stay() -> None:
    (item,) = json.loads(to_csl([replace(TREES, abstract="One.\n\nTwo\nlines.")]))
    assert item["abstract"] == "One.\n\nTwo lines."


def test_dates_and_names_of_the_source_come_back_as_they_were() -> None:
    others = (("accessed", '{"date-parts": [["2023", 1, 15]]}'), ("title", "no"), ("translator", '[{"family": "Roe"}]'))
    (item,) = json.loads(to_csl([replace(TREES, details=Details(others=others))]))
    assert item["accessed"] == {"date-parts": [["2023", 1, 15]]}
    assert (item["translator"], item["title"]) == ([{"family": "Roe"}], TREES.title)


def test_keywords_with_commas_are_parted_by_semicolons() -> None:
    told = replace(TREES, details=Details(keywords=("Tests, Routine", "trees")))
    plain = replace(TREES, details=Details(keywords=("tests", "trees")))
    assert [item["keyword"] for item in json.loads(to_csl([told, plain]))] == ["Tests, Routine; trees", "tests, trees"]
