"""No pattern of the package, and no text of a reader, holds a worker: texts are made of what each pattern matches."""

import ast
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import paperchat
from paperchat.errors import InputError
from paperchat.evaluation.questions import parse_json
from paperchat.paths import CHECKER
from paperchat.query.question import check_question
from paperchat.retrieval.lookup import find_paper
from paperchat.text.sentences import LONGEST, short_sentences
from paperchat.verification.checker import Checker, read_checker
from paperchat.verification.evidence import Evidence, Quoted
from tests import patterns
from tests.attacks import Attack
from tests.conftest import ROOT
from tests.samples import CLAIMS, HashEmbedder, as_evidence, paper

SOURCES = sorted(Path(paperchat.__file__).parent.rglob("*.py"))
BY_NAME = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


def test_no_pattern_takes_more_than_linear_time():
    """Every pattern is tried in a process of its own, so that one that hangs is named and does not end the tests."""
    names = sorted(patterns.patterns())
    with ThreadPoolExecutor(2) as pool:
        tried = list(pool.map(_tried, (names[::2], names[1::2])))
    for done in tried:
        lines = done.stdout.splitlines()
        assert done.returncode == 0, f"{lines[-1:]} does not end: {done.stderr[-2000:]}"
        assert [pair for pair in zip(lines, lines[1:], strict=False) if pair[1].startswith("\t")] == []


def _tried(names: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.patterns", *names]
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)


@pytest.mark.parametrize(
    "pattern",
    [r"(?:so|,|[ ,]+)*it", r"\s+and", r".*\bof\s", r"\w+[A-Z]\w*!", r"\d+-?[a-z]+x", r"title\W*(?:please)?\W*$"],
)
def test_a_pattern_that_holds_a_worker_is_found(pattern):
    script = f"import re; from tests.patterns import slow; print(slow(re.compile({pattern!r})))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, text=True, capture_output=True, check=False)
    assert "Attack(" in done.stdout or "Timeout" in done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name + "/" + path.stem)
def test_every_pattern_stands_by_itself_and_none_is_made_of_a_text(path):
    """What is compiled at import is what `tests.patterns` finds."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    calls = {call for call in ast.walk(tree) if isinstance(call, ast.Call)}
    inside = {call: name for name, node in functions.items() for call in ast.walk(node) if isinstance(call, ast.Call)}
    made = {inside[call] for call in calls if ast.unparse(call.func) == "re.compile" and call in inside}
    assert [ast.unparse(call) for call in calls if ast.unparse(call.func) in {f"re.{name}" for name in BY_NAME}] == []
    assert [ast.unparse(call) for call in calls if ast.unparse(call.func) in made and call in inside] == []


@pytest.fixture(scope="module")
def checker() -> Checker:
    return read_checker(json.loads(CHECKER.read_text(encoding="utf-8")), CLAIMS)


PUMPS = ("[", "(", "{", "1 a ", "A1 b, ", "a b ", "Aa ", "not better ", "1%1", "word and ", "GPT-4 beats 3.2% ", "a.1-")


@pytest.mark.parametrize("pump", PUMPS)
def test_a_claim_of_one_kind_of_words_is_checked_in_time(checker, pump):
    """A claim ten times as long as those that are read takes no longer, beside evidence as long."""
    text = Attack("", pump, "a").text(LONGEST)
    embedder = HashEmbedder()
    papers = tuple(as_evidence(paper(f"{name}: a", f"{text} It gains 3.2% on ImageNet."), embedder) for name in "AB")
    evidence = Evidence(papers, tuple(Quoted(one, n) for one in papers for n in range(len(one.text.sentences))))
    times = []
    for claim in (text[: LONGEST // 10], text, text * 10):
        began = time.process_time()
        checker.find(claim, embedder.embed_query(claim)[0], evidence)
        times.append(time.process_time() - began)
    assert times[1] < 60 * max(times[0], 0.05)
    assert times[2] < 5 * max(times[1], 0.05)


@pytest.mark.parametrize("pump", ["a", "a ", "[", "1,", "\n"])
def test_a_sentence_without_an_end_is_cut_and_nothing_of_it_is_lost(pump):
    text = "It begins. " + Attack("", pump, "!").text(5 * LONGEST)
    spans = list(short_sentences(text))
    assert max((end - start for start, end in spans), default=0) <= LONGEST
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == "".join(text.split())


def test_a_title_that_is_too_long_is_refused():
    with pytest.raises(InputError, match=r"The title has 10,000 characters; 1,000 is the most"):
        find_paper([], "x" * 10_000, lambda _: [])


def test_a_claim_that_is_too_long_is_refused():
    with pytest.raises(InputError, match=r"The claim has 2,001 characters; 2,000 is the most"):
        check_question("x" * (LONGEST + 1), LONGEST, "claim")


@pytest.mark.parametrize("opened", ["[", '{"a":', '[{"a":'])
def test_json_that_is_nested_too_deep_is_refused(opened):
    with pytest.raises(InputError, match="is not JSON"):
        parse_json(opened * 100_000, "the file")
