"""The App: what one types finds papers, a draft is traced, and a receipt says how its answer was made."""

from dataclasses import replace
from pathlib import Path

from paperchat.storage.answer_codec import VERSION, packed, unpacked
from tests.conftest import NO_OLLAMA
from tests.shipped import QUESTION, last, open_app


def test_papers_are_offered_as_one_types_and_a_draft_is_traced_to_their_sentences(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        assert app.library.suggest(" ", 5) == ()
        assert app.library.suggest("grafmae", 5)[0].paper.title.startswith("GraphMAE")
        claim = app.library.suggest("a masked autoencoder that reconstructs graph features", 3)
        assert "GraphMAE" in claim[0].paper.title
        assert claim[0].sentence
        kept, bent = app.checker.trace(
            "GraphMAE focuses on feature reconstruction with a masking strategy and scaled cosine error. "
            "Barlow Twins requires large batches and asymmetry between the network twins."
        )
    assert [(one.stance, one.paper.title[:8]) for one in kept.found] == [("supports", "GraphMAE")]
    assert [(one.stance, one.paper.title[:6]) for one in bent.found] == [("contradicts", "Barlow")]
    (sentence,) = [one.sentence for one in bent.found]
    assert bent.found[0].paper.abstract[sentence.start : sentence.end] == sentence.text


def test_a_receipt_names_the_settings_that_the_answer_was_made_with(data: Path) -> None:
    with open_app(data, NO_OLLAMA, papers=3) as app:
        kept = unpacked(QUESTION, VERSION, packed(last(app.ask(QUESTION))))
    with open_app(data, NO_OLLAMA, papers=8) as app:
        assert app.receipts.make(kept).settings["papers"] == 3
        assert app.receipts.make(replace(kept, settings={})).settings["papers"] == 8  # kept by an older paperchat
