"""The embedder in this process: a sentence in its abstract."""

import numpy as np
import pytest

from paperchat.models.minilm import MiniLM, _pooled
from paperchat.storage.chunking import chunk_paper, chunk_parts
from tests.samples import GRAPHS


def test_a_sentence_is_the_mean_of_its_own_tokens_and_the_titles() -> None:
    tokens = np.arange(10, dtype=np.float32).reshape(5, 2)  # begin, title, one, two, end
    whole, one, two = _pooled(tokens, [1, 1, 1]).tolist()
    assert (whole, one, two) == ([4, 5], [3, 4], [4, 5])
    assert _pooled(tokens, [1, 2, 4])[2].tolist() == [2, 3]  # cut off: the title alone


def test_the_model_sees_a_sentence_in_its_abstract() -> None:
    parts = chunk_parts(GRAPHS.title, chunk_paper(GRAPHS)[0][1])
    model = MiniLM()
    together, short = model.embed_parts([parts, parts[:3]])
    assert together.shape == (4, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert 0.7 < together[1] @ short[1] < 0.999  # the same sentence, in another context
    assert together[0] @ model.embed_passages([" ".join(parts)])[0] == pytest.approx(1, abs=1e-3)
    question = model.embed_query("How many percent on Cora?")[0]
    assert int(np.argmax(together[1:] @ question)) == 2
    assert model.embed_parts([]) == []
