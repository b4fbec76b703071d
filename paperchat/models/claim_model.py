"""What was learned of claims, in this process: how surely sentences of a paper say one."""

from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np

from paperchat.models.minilm import BEGIN, COLON, END, load_tokenizer
from paperchat.models.onnx import load_network, padded

CLAIM, TITLE, WHOLE = 64, 24, 176
"""Most tokens that are read of a claim, of a title, and of all together."""

REMEMBERED = 1000


class ClaimModel:
    """all-MiniLM-L6-v2 tuned to judge claims, in eight bits: made by `python -m tests.train.claim_model`.

    Token ids are those of all-MiniLM-L6-v2. Safe to use from several threads.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._turn = path, Lock()
        self._odds = lru_cache(REMEMBERED)(self._read)

    def entailment(self, claim: str, title: str, sentences: str) -> float:
        """Return the log odds that the sentences of a paper say a claim."""
        supported, contradicted, neutral = self._odds(claim, title, sentences)
        return supported - float(np.logaddexp(contradicted, neutral))

    def contradiction(self, claim: str, title: str, sentences: str) -> float:
        """Return the log odds that the sentences of a paper say the opposite of a claim."""
        supported, contradicted, neutral = self._odds(claim, title, sentences)
        return contradicted - float(np.logaddexp(supported, neutral))

    def _read(self, claim: str, title: str, sentences: str) -> tuple[float, float, float]:
        """Return the log odds of supported, contradicted and not stated, each up to the same constant."""
        tokenizer = load_tokenizer()
        one, two, three = (
            encoding.ids for encoding in tokenizer.encode_batch([claim, title, sentences], add_special_tokens=False)
        )
        ids = [BEGIN, *one[:CLAIM], END, *two[:TITLE], COLON, *three][: WHOLE - 1]
        ids_of, mask = padded([[*ids, END]])
        session = load_network(self._path, "paperchat")
        with self._turn:
            supported, contradicted, neutral = map(float, session.run(["odds"], {"ids": ids_of, "mask": mask})[0][0])
        return supported, contradicted, neutral
