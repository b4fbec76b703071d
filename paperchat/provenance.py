"""What answers come from, and the receipts that hold on to it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from paperchat import __version__
from paperchat.errors import ModelError
from paperchat.export.receipt_markdown import to_markdown
from paperchat.export.receipts import Index, Receipt, cited_ids, make_receipt, to_json
from paperchat.export.references import formatted
from paperchat.export.replay import Replay, replay
from paperchat.models.ollama import OllamaServer
from paperchat.storage.store import Store
from paperchat.types import Answer


@dataclass(frozen=True)
class Provenance:
    """What answers come from, beside the settings; each digest is of the content, so an equal one is equal content."""

    embedder: str
    model: str | None
    model_digest: str
    prompts_digest: str
    papers: int
    papers_digest: str


@dataclass(frozen=True)
class Receipts:
    """Makes and replays receipts of answers: from an open store with this embedder, this server and these prompts.

    `used` are the settings that an answer depends on.
    """

    store: Store
    embedder: str
    server: OllamaServer
    prompts: Mapping[str, str]
    used: Mapping[str, int | str]

    def make(self, answer: Answer) -> Receipt:
        """Return the receipt of a finished answer, saved now."""
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        return make_receipt(answer, self._index(), answer.settings or self.used, __version__, now)

    def text(self, answer: Answer, form: str) -> str:
        """Return the receipt of a finished answer as "json", or as "md" with its references at the end."""
        receipt = self.make(answer)
        if form == "json":
            return to_json(receipt)
        cited = {paper.id: paper for paper in answer.cited}
        return to_markdown(receipt, formatted([cited[paper_id] for paper_id in cited_ids(receipt)], "ieee"))

    def replay(self, receipt: Receipt) -> Replay:
        """Return what changed since a receipt was made; asks the model server for the digest of its model."""
        digest, why = None, ""
        if receipt.model:
            try:
                digest = self.server.find(receipt.model.name).digest
            except ModelError as error:
                why = str(error)
        return replay(receipt, self.store.papers, self._index(), digest, why)

    def provenance(self, written: bool) -> Provenance:
        """Return what answers come from now; with `written` ones the chat model, or raise ModelError."""
        model = self.server.choose() if written else None
        papers = sorted((paper.title, paper.abstract) for paper in self.store.papers.values())
        return Provenance(
            self.embedder,
            model.name if model else None,
            model.digest if model else "",
            _digest(self.prompts),
            len(papers),
            _digest(papers),
        )

    def _index(self) -> Index:
        return Index(len(self.store.papers), self.store.digest(), self.embedder)


def _digest(value: Mapping[str, str] | Sequence[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]
