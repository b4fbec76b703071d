"""What is made once, though many threads ask for it at the same time."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from paperchat.text.once import once
from tests.conftest import ROOT


def test_threads_that_ask_at_once_get_the_same_which_is_made_once():
    together, made = threading.Barrier(8), []

    @once
    def make() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    def ask(_: int) -> object:
        together.wait()
        return make()

    with ThreadPoolExecutor(8) as pool:
        assert {id(one) for one in pool.map(ask, range(8))} == {id(made[0])}
    assert len(made) == 1


def test_what_fails_is_tried_again():
    tries = []

    @once
    def make() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not yet")
        return 3

    with pytest.raises(ValueError, match="not yet"):
        make()
    assert (make(), make()) == (3, 3)


LOAD = """
import sys
from concurrent.futures import ThreadPoolExecutor
from py3langid.langid import LanguageIdentifier
from paperchat.text.language_id import language_of
loaded, load = [], LanguageIdentifier.from_model_file
LanguageIdentifier.from_model_file = lambda *args, **options: loaded.append(args) or load(*args, **options)
with ThreadPoolExecutor(8) as pool:
    print(set(pool.map(language_of, [f"graphs, number {n}; and nodes" for n in range(8)])), len(loaded))
"""


def test_readers_who_come_at_once_load_one_language_model():
    """It takes 80 MB: one for each of them would double what the server needs."""
    run = subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "{'English'} 1"
