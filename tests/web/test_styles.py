"""The styles of the page: what they may lean on, so that another Gradio of the pinned range changes nothing."""

import re

import pytest

from paperchat.web.page import PAGE
from paperchat.web.server import STYLES

CLASS = re.compile(r"(?<![\w\])])\.([a-zA-Z][\w-]*)|(?<=[\w\])])\.([a-zA-Z][\w-]*)")
OURS = ("pc-", "dark", "gradio-container")
"""The last two are those that Gradio's documentation names."""


def sheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/|url\([^)]*\)", "", (PAGE / name).read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("name", STYLES)
def test_no_rule_leans_on_a_class_of_gradios(name: str):
    selectors = re.findall(r"([^{};]+)\{", sheet(name))
    classes = {found for selector in selectors for pair in CLASS.findall(selector) for found in pair if found}
    assert [one for one in sorted(classes) if not one.startswith(OURS)] == []


def test_every_style_that_is_there_is_served():
    assert set(STYLES) == {path.name for path in PAGE.glob("*.css")}


@pytest.mark.parametrize("name", STYLES)
def test_what_outweighs_all_else_says_why(name: str):
    lines = (PAGE / name).read_text(encoding="utf-8").splitlines()
    forced = [place for place, line in enumerate(lines) if "!important" in line]
    assert [lines[place] for place in forced if "/*" not in lines[place]] == []
    assert len(forced) <= 4


MOST_LINES = 450


@pytest.mark.parametrize("name", STYLES)
def test_a_sheet_is_of_one_part_and_what_all_are_made_of_stands_in_the_first(name: str):
    text = (PAGE / name).read_text(encoding="utf-8")
    assert text.startswith("/* ")  # which part
    assert text.count("\n") <= MOST_LINES
    assert bool(re.search(r"^(:root|\.dark) \{", text, re.MULTILINE)) == (name == STYLES[0])
