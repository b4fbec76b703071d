"""The paper that alone has the names in a question."""

import pytest

from paperchat.retrieval.named import named_first
from tests.samples import paper, reading


@pytest.mark.parametrize(("score", "first"), [(0.95, 1), (0.5, 0)])
def test_a_paper_that_comes_close_is_first_for_the_names_asked(score: float, first: int) -> None:
    """What alone has the names in a question comes first, unless it is far behind."""
    both = (paper("Masking at large", "We mask images."), paper("HueNet: sorting", "We sort images."))
    ordered = named_first(reading("does HueNet mask images?", (both[0], 1.0), (both[1], score)))
    assert [result.paper for result in ordered.results] == [both[first], both[1 - first]]
    assert [text.paper for text in ordered.texts] == [both[first], both[1 - first]]
    assert [result.rank for result in ordered.results] == [1, 2]
