"""Which model suits a machine: by its memory alone, from one table."""

import os
import sys

import pytest

from paperchat.models import recommended
from paperchat.models.ollama import COMFORTABLE
from paperchat.models.recommended import SHARE, TABLE, best_at, fitting, memory_at, memory_here, why

HERE = "http://127.0.0.1:11434"


@pytest.mark.parametrize(
    ("memory", "best"),
    [(2.0, "qwen2.5:1.5b"), (4.1, "qwen2.5:1.5b"), (8.2, "qwen2.5:3b"), (16.6, "qwen2.5:7b"), (67.0, "qwen2.5:7b"),
     (None, "qwen2.5:3b")],
)  # fmt: skip
def test_the_best_is_the_largest_that_suits_and_is_not_slow(memory: float | None, best: str) -> None:
    assert fitting(memory)[0].name == best


@pytest.mark.parametrize("memory", [8.2, 16.6, 25.3, 34.0, 67.0, 270.0])
def test_what_is_offered_leaves_the_rest_of_the_memory_free(memory: float) -> None:
    offered = fitting(memory)
    assert all(one.takes <= SHARE * memory for one in offered)
    assert [one.slow for one in offered] == sorted(one.slow for one in offered)
    assert {one.name for one in offered} == {one.name for one in TABLE if one.takes <= SHARE * memory}


def test_only_larger_models_than_are_chosen_by_themselves_are_slow() -> None:
    billions = {one: float(one.name.partition(":")[2][:-1]) for one in TABLE}
    assert all(one.slow == (size > COMFORTABLE) for one, size in billions.items())


def test_the_line_names_model_and_memory_or_says_that_it_is_not_known() -> None:
    best = fitting(16.6)[0]
    assert why(16.6, best).startswith("qwen2.5:7b suits 17 GB of memory: it and what it reads take some 6 GB of them.")
    assert why(None, best).endswith("how much memory there is where Ollama runs is not known.")
    assert (best.command, best.about) == ("ollama pull qwen2.5:7b", "4.7 GB to download")
    assert {one.about for one in TABLE if one.thinks} == {"5.2 GB to download, can think first"}


def test_the_memory_of_this_machine_says_nothing_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recommended, "memory_here", lambda: 67.0)
    assert (memory_at(HERE), memory_at("http://gpu.example:11434")) == (67.0, None)
    assert (best_at(HERE), best_at("http://gpu.example:11434")) == ("qwen2.5:7b", "qwen2.5:3b")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sysconf")
def test_memory_is_what_the_system_tells_and_none_where_it_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = memory_here.__wrapped__  # type: ignore[attr-defined]
    assert 0.1 < ask() < 100_000
    monkeypatch.setattr(os, "sysconf", lambda name: {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 2_000_000}[name])
    assert ask() == pytest.approx(8.192)
    monkeypatch.setattr(os, "sysconf", lambda name: {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": -1}[name])
    assert ask() is None
    monkeypatch.delattr(os, "sysconf")
    assert ask() is None
