"""What answers come from: the same content has the same digest, and receipts are of the open store."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from paperchat import __version__
from paperchat.errors import ModelError
from paperchat.export.receipts import read_receipt
from paperchat.models.ollama import OllamaServer
from paperchat.provenance import Receipts
from paperchat.storage.store import Store
from tests.conftest import NO_OLLAMA
from tests.receipts import an_answer
from tests.samples import GRAPHS, PAPERS, SPEECH, HashEmbedder
from tests.scripted_ollama import Model, ScriptedOllama

USED: dict[str, int | str] = {"num_ctx": 4096, "papers": 8}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(tmp_path_factory.mktemp("store"), HashEmbedder(), lambda line: None, lambda done, total: None)
    opened.add(PAPERS)
    opened.refresh()
    yield opened
    opened.close()


def receipts_of(store: Store, host: str = NO_OLLAMA) -> Receipts:
    return Receipts(store, "hash", OllamaServer(host, "", 4096, 5.0), {"system": "Be brief."}, USED)


def test_a_receipt_names_the_index_the_version_and_the_settings_of_the_answer(store: Store) -> None:
    receipt = receipts_of(store).make(an_answer())
    assert (receipt.index.papers, receipt.index.digest, receipt.index.embedder) == (3, store.digest(), "hash")
    assert (receipt.paperchat, receipt.settings) == (__version__, USED)
    assert receipts_of(store).make(replace(an_answer(), settings={"papers": 3})).settings == {"papers": 3}


def test_a_receipt_is_written_as_json_or_as_markdown_with_the_references_cited(store: Store) -> None:
    receipts = receipts_of(store)
    assert read_receipt(receipts.text(an_answer(), "json"), "r.json").question == "What falls?"
    first, second = receipts.text(an_answer(), "md").partition("## References")[2].strip().splitlines()
    assert SPEECH.title.partition(":")[0] in first  # cited first
    assert GRAPHS.title.partition(":")[0] in second


def test_a_replay_asks_for_the_digest_of_the_receipts_model(store: Store) -> None:
    with ScriptedOllama(models=[Model(digest="a" * 64)]) as server:
        receipts = receipts_of(store, server.url)
        made = replace(an_answer(), model=Model().name, model_digest="a" * 64)
        assert receipts.replay(receipts.make(made)).holds
        other = receipts.replay(receipts.make(replace(made, model_digest="b" * 64)))
    assert "digest differs" in " ".join(other.problems)
    gone = receipts_of(store).replay(receipts.make(made))
    assert not gone.holds
    assert gone.problems[0].startswith(f"The model {Model().name} is not there to compare with. ")
    assert receipts_of(store).replay(receipts.make(replace(made, model=None, model_digest=""))).holds


def test_equal_content_has_equal_digests_and_other_content_others(store: Store) -> None:
    first, other = receipts_of(store), replace(receipts_of(store), prompts={"system": "Be long."})
    one = first.provenance(written=False)
    assert (one.model, one.model_digest, one.papers, one.embedder) == (None, "", 3, "hash")
    assert one == receipts_of(store).provenance(written=False)
    assert other.provenance(written=False).prompts_digest != one.prompts_digest
    assert other.provenance(written=False).papers_digest == one.papers_digest


def test_a_written_answer_comes_from_a_model(store: Store) -> None:
    with ScriptedOllama(models=[Model(digest="a" * 64)]) as server:
        found = receipts_of(store, server.url).provenance(written=True)
    assert (found.model, found.model_digest) == (Model().name, "a" * 64)
    with pytest.raises(ModelError):
        receipts_of(store).provenance(written=True)
