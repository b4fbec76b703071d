"""The lists of words are sorted data, read without surprises."""

import re
from importlib import resources
from pathlib import Path

import pytest

import paperchat
from paperchat.errors import PaperchatError
from paperchat.text import lexicon

LISTS = sorted(
    file.name.removesuffix(".txt") for file in resources.files(lexicon).iterdir() if file.name.endswith(".txt")
)
VALUED = {"numerals", "ordinals", "measured", "calendar", "record", "languages"}
ASPECTS = {"setup", "measures", "columns"}
EXPRESSIONS = {*ASPECTS, "forms", "stating", "tasks", "telling", "zones"}
PLAIN = [name for name in LISTS if name not in {*VALUED, *ASPECTS, "opposites"}]


def _lines(name: str) -> list[str]:
    return resources.files(lexicon).joinpath(f"{name}.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_what_it_is_and_is_sorted_without_doubles(name: str) -> None:
    lines = _lines(name)
    entries = [line for line in lines if not line.startswith("#")]
    assert lines[0].startswith("# ")
    assert lines == [line for line in lines if line.startswith("#")] + entries
    assert entries == sorted(entries)
    assert len({line.partition("\t")[0] for line in entries}) == len(entries) or name == "opposites"


@pytest.mark.parametrize("name", PLAIN)
def test_the_subsets_of_a_list_are_sorted_and_told_in_its_comment(name: str) -> None:
    comment = " ".join(line for line in _lines(name) if line.startswith("#"))
    for word, *subsets in lexicon.rows(name):
        assert len(subsets) < 2, word
        kinds = " ".join(subsets).split()
        assert kinds == sorted(set(kinds)), word
        untold = [kind for kind in kinds if not re.search(rf"\b{kind}\b", comment)]
        assert all(re.search(rf"\b{part}\b", comment) for kind in untold for part in kind.split("_")), word


def test_every_list_and_subset_is_used() -> None:
    package = Path(paperchat.__file__).parent
    source = "\n".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    subsets = {kind for name in PLAIN for _, *kinds in lexicon.rows(name) for kind in " ".join(kinds).split()}
    assert [name for name in LISTS if not re.search(rf"[\"']{name}\b", source)] == []
    assert [kind for kind in sorted(subsets) if not re.search(rf"[.\"']{kind}[\"']", source)] == []


@pytest.mark.parametrize("name", PLAIN)
def test_a_list_that_is_no_table_of_expressions_has_words(name: str) -> None:
    if name not in EXPRESSIONS:
        assert [word for word in lexicon.words(name) if not re.fullmatch(r"[\w '-]+\*?", word)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("outcomes.better", "outcomes.worse"),
        ("negations", "connectives"),
        ("stop_words.searching", "works"),
        ("extent.claims_all", "extent.claims_only"),
        ("written_large", "common_capitals"),
        ("pronouns.single", "pronouns.plural"),
        ("works", "methods"),
    ],
)
def test_lists_that_contradict_each_other_share_no_word(one: str, other: str) -> None:
    assert not lexicon.words(one) & lexicon.words(other)


def test_what_negates_is_no_stop_word_of_questions() -> None:
    assert not lexicon.words("negations") & lexicon.words("stop_words.asking")


def test_no_word_is_its_own_opposite() -> None:
    assert [row for row in lexicon.rows("opposites") if len(row) < 2 or len(set(row)) < len(row)] == []


@pytest.mark.parametrize("name", sorted(ASPECTS))
def test_an_aspect_is_told_by_the_words_that_ask_where_nothing_else_is_said(name: str) -> None:
    for asked, *rest in lexicon.rows(name):
        assert re.compile(asked)
        assert len(rest) < 3
        assert all(map(re.compile, rest[:1]))


def test_the_longest_entry_is_tried_first_and_an_asterisk_takes_further_letters() -> None:
    pattern = re.compile(lexicon.any_of("outcomes.worse"))
    assert [match[0] for match in pattern.finditer("less effectively, worsening, falls short")] == [
        "less effectively",
        "worsening",
        "falls short",
    ]


def test_values_are_numbers() -> None:
    assert lexicon.values("numerals", "unit")["seven"] == 7
    assert lexicon.values("ordinals")["latter"] == -1


@pytest.mark.parametrize(
    ("lines", "cells", "line"),
    [
        (["# words", "one", " two"], 0, 2 + 1),
        (["one\t1\tunit", "two\t2"], 3, 2),
        (["one", ""], 0, 2),
    ],
    ids=["a space before", "a cell too few", "an empty line"],
)
def test_a_malformed_line_is_named_with_its_file(lines: list[str], cells: int, line: int) -> None:
    with pytest.raises(PaperchatError, match=rf"^Line {line} of words\.txt "):
        lexicon.read_rows(lines, "words.txt", cells)


@pytest.mark.parametrize("name", ["no_such_list", "works.no_such_subset"])
def test_a_list_or_subset_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(PaperchatError, match=name.partition(".")[0]):
        lexicon.words(name)


def test_a_list_without_entries_is_no_list() -> None:
    with pytest.raises(PaperchatError, match=r"words\.txt has no entries"):
        lexicon.read_rows(["# words"], "words.txt")
