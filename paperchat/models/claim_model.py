"""What was learned of claims, in this process: how surely sentences of a paper say one."""

import math
from functools import lru_cache
from pathlib import Path
from threading import Lock

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
        self.entailment = lru_cache(REMEMBERED)(self._entailment)

    def _entailment(self, claim: str, title: str, sentences: str) -> float:
        """Return the log odds that the sentences of a paper say a claim."""
        tokenizer = load_tokenizer()
        one, two, three = (
            encoding.ids for encoding in tokenizer.encode_batch([claim, title, sentences], add_special_tokens=False)
        )
        ids = [BEGIN, *one[:CLAIM], END, *two[:TITLE], COLON, *three][: WHOLE - 1]
        ids_of, mask = padded([[*ids, END]])
        session = load_network(self._path, "paperchat")
        with self._turn:
            supported, contradicted, neutral = map(float, session.run(["odds"], {"ids": ids_of, "mask": mask})[0][0])
        largest = max(contradicted, neutral)
        return supported - largest - math.log(math.exp(contradicted - largest) + math.exp(neutral - largest))
