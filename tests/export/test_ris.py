"""RIS: all that is known reads back, and nothing else."""

from dataclasses import replace

import pytest
import rispy

from paperchat.bibliography import Details
from paperchat.export.ris import to_ris
from paperchat.text.citation_keys import citation_key
from tests.bibliography import ARTICLE, HOSTILE, PREPRINT, PROCEEDINGS, TOLD, shown
from tests.samples import GRAPHS, TREES, paper


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_reads_back(title: str) -> None:
    one, two = paper(title, f"About {title}."), GRAPHS
    rows = rispy.loads(to_ris([one, two]))
    assert [row["id"] for row in rows] == [citation_key(one), citation_key(two)]
    assert (rows[0]["title"], rows[0]["abstract"]) == (shown(title), shown(f"About {title}."))


def test_what_is_not_known_is_left_out() -> None:
    (row,) = rispy.loads(to_ris([TREES]))
    assert (set(row), row["type_of_reference"]) == ({"type_of_reference", "id", "title", "abstract"}, "GEN")


def test_all_that_is_known_is_written() -> None:
    article, preprint, proceedings = rispy.loads(to_ris(TOLD))
    assert (article["type_of_reference"], article["id"]) == ("JOUR", "Berg:2019")
    assert article["authors"] == ["van den Berg, Jan-Willem", "Łukasz, Örn B.", "Nguyễn, Thị Hà"]
    names = ("year", "date", "secondary_title", "volume", "number", "start_page", "end_page", "doi", "language")
    told = ["2019", "2019/03/14/", ARTICLE.details.venue, "12", "3", "101", "119", "10.1000/a_b", "en"]
    assert [article[name] for name in names] == told
    assert (article["urls"], article["keywords"]) == ([ARTICLE.details.url], ["graphs", "self_supervised"])
    assert (article["issn"], article["notes"]) == ("978-3-16", ["Number: 1"])
    assert (preprint["type_of_reference"], preprint["publisher"]) == ("UNPB", "arXiv")
    assert (preprint["urls"], preprint["note"]) == (["https://arxiv.org/abs/2101.00001"], "arXiv:2101.00001")
    assert (preprint["authors"][1], preprint["date"]) == ("World Health Organization", "2021/01//")
    assert (proceedings["type_of_reference"], proceedings["start_page"]) == ("CPAPER", "e12")
    assert "end_page" not in proceedings
    assert proceedings["secondary_authors"] == ["Brown, Carl"]
    assert "date" not in proceedings


def test_tags_of_the_source_come_back_and_none_twice() -> None:
    others = (("N1", "one"), ("N1", "two"), ("SN", "1234"), ("WE", "three"), ("TI", "no"), ("ER", "no"), ("file", "no"))
    text = to_ris([replace(TREES, details=Details(others=others))])
    (row,) = rispy.loads(text)
    assert (row["notes"], row["issn"], row["title"]) == (["one", "two"], "1234", TREES.title)
    assert row["unknown_tag"] == {"WE": ["three"]}
    assert text.count("ER  -") == 1
    assert PREPRINT.details.others == PROCEEDINGS.details.others == ()
