"""The checker as it is shipped, with its embedder, made papers as it reads them, and what it finds in them."""

import json
from collections.abc import Callable

import pytest

from paperchat.models.minilm import MiniLM
from paperchat.paths import CHECKER
from paperchat.verification.checker import Checker, read_checker
from paperchat.verification.evidence import Evidence, PaperEvidence, whole_paper
from paperchat.verification.features import Findings
from paperchat.verification.rules import ClaimFault
from tests.samples import CLAIMS, as_evidence, paper
from tests.tides import HARBOURS, SENTENCES, TITLE

Find = Callable[[str, Evidence], Findings]


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="session")
def checker() -> Checker:
    return read_checker(json.loads(CHECKER.read_text(encoding="utf-8")), CLAIMS)


@pytest.fixture
def find(checker: Checker, embedder: MiniLM) -> Find:
    """Returns what is found of a claim beside its evidence."""
    return lambda claim, evidence: checker.find(claim, embedder.embed_passages([claim])[0], evidence)


@pytest.fixture(scope="session")
def tides(embedder: MiniLM) -> PaperEvidence:
    return as_evidence(paper(TITLE, " ".join(SENTENCES)), embedder)


@pytest.fixture(scope="session")
def harbours(embedder: MiniLM) -> PaperEvidence:
    return as_evidence(paper("TideNet", " ".join(HARBOURS)), embedder)


@pytest.fixture(scope="session")
def two(embedder: MiniLM) -> tuple[PaperEvidence, ...]:
    papers = (paper("TideNet", "It reaches 91\\% on BuoyBench."), paper("StormNet", "It reaches 84\\% on GaleSet."))
    return tuple(as_evidence(one, embedder) for one in papers)


@pytest.fixture
def faults(find: Find, tides: PaperEvidence) -> Callable[[str], list[ClaimFault]]:
    return lambda claim: list(find(claim, whole_paper(tides)).faults)
