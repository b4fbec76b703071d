"""The checker as it is shipped, with its embedder, and what it finds in a made paper."""

import json
from collections.abc import Callable

import pytest

from paperchat.models.minilm import MiniLM
from paperchat.paths import CHECKER
from paperchat.verification.alignment import Evidence
from paperchat.verification.checker import Checker, read_checker
from paperchat.verification.rules import ClaimFault
from tests.tides import SENTENCES, TITLE


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="session")
def checker() -> Checker:
    return read_checker(json.loads(CHECKER.read_text(encoding="utf-8")))


@pytest.fixture
def faults(checker: Checker, embedder: MiniLM) -> Callable[[str], list[ClaimFault]]:
    def find(claim: str) -> list[ClaimFault]:
        return list(checker.find(claim, Evidence(SENTENCES, TITLE, " ".join(SENTENCES)), embedder).faults)

    return find
