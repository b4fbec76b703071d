"""Papers like a paper: the nearest in meaning, never itself."""

from collections.abc import Iterator

import pytest

from paperchat.retrieval.alike import alike
from paperchat.storage.store import Store
from tests.retrieval.test_themes import PAPERS
from tests.samples import HashEmbedder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store(tmp_path_factory.mktemp("alike"), HashEmbedder(), lambda line: None, lambda done, total: None)
    made.add(PAPERS)
    made.refresh()
    yield made
    made.close()


@pytest.mark.parametrize("one", PAPERS[:3], ids=["bees", "glaciers", "courts"])
def test_papers_like_a_paper_are_of_its_subject_and_not_itself(store: Store, one) -> None:
    found = alike(store, one, 5)
    assert len(found) == 5
    assert {other.title.split()[0] for other in found} == {one.title.split()[0]}
    assert one not in found


def test_the_only_paper_has_none_like_it(tmp_path) -> None:
    store = Store(tmp_path, HashEmbedder(), lambda line: None, lambda done, total: None)
    store.add(PAPERS[:1])
    store.refresh()
    assert alike(store, PAPERS[0], 5) == ()
    store.add(PAPERS[1:2])
    store.refresh()
    assert alike(store, PAPERS[0], 5) == (PAPERS[1],)
    store.close()
