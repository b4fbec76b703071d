"""Titles in the case that a style asks for, where they can bear it, and quotation marks within quotation marks."""

from dataclasses import replace

import pytest

from paperchat.bibliography import Details
from paperchat.export.title_case import ends_quoted, quoted_within, styled_title
from tests.samples import paper

SAYS = "We train deep networks on graphs. GraphMAE masks nodes, as Barlow Twins do. Such twins are common."


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Deep Networks for Graphs: A Survey", "Deep networks for graphs: A survey"),
        ("GraphMAE: Self-Supervised Masked Graphs", "GraphMAE: Self-Supervised Masked Graphs"),
        ("GraphMAE: Self-Supervised Training of BERT", "GraphMAE: Self-supervised training of BERT"),
        ("Learning from Vietnamese Speech", "Learning from Vietnamese Speech"),
        ("Barlow Twins: Learning by Reduction", "Barlow Twins: Learning by Reduction"),
        ("how networks learn: a survey", "How networks learn: A survey"),
        ("word2vec: an analysis", "word2vec: An analysis"),
        ("pandas: a tool", "pandas: A tool"),
        ("Deep networks for graphs in Paris", "Deep networks for graphs in Paris"),
        ("DEEP NETWORKS FOR GRAPHS", "DEEP NETWORKS FOR GRAPHS"),
        ("Why Train Networks? The Case of Graphs", "Why train networks? The case of graphs"),
        ("Größe und Maß der Bäume", "Größe und Maß der Bäume"),
        ("*", "*"),
        ("", ""),
    ],
)
def test_sentence_case_keeps_what_may_be_a_name(title: str, sentence: str) -> None:
    assert styled_title(paper(title, SAYS), "sentence") == sentence


@pytest.mark.parametrize(
    ("title", "case"),
    [
        ("how networks learn: a survey of the field", "How Networks Learn: A Survey of the Field"),
        ("k-means and self-supervised learning of mRNA", "k-means and Self-Supervised Learning of mRNA"),
        ("pandas: a tool", "pandas: A Tool"),
        ("what networks are for", "What Networks Are For"),
        ("“what is a cow?” and other questions", "“What Is a Cow?” and Other Questions"),
        ("cats vs. dogs on v2.0 of x_data", "Cats vs. Dogs on v2.0 of x_data"),
        ("Größe und maß der bäume in der stadt", "Größe und maß der bäume in der stadt"),
    ],
)
def test_title_case_gives_capitals_and_takes_none(title: str, case: str) -> None:
    assert styled_title(paper(title, SAYS), "title") == case


def test_a_formula_keeps_its_letters() -> None:
    one = paper(r"tours in $\mathcal{O}(n \log n)$ time", SAYS)
    assert styled_title(one, "title").startswith("Tours in ")
    assert "log" in styled_title(one, "title")
    assert "Log" not in styled_title(one, "title")


def test_the_language_that_is_told_decides() -> None:
    one = paper("how networks learn", SAYS)
    assert styled_title(replace(one, details=Details(language="de")), "title") == one.title
    assert styled_title(replace(one, details=Details(language="en-GB")), "title") == "How Networks Learn"
    assert styled_title(one, "") == one.title


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("“How Much?” and ‘Dry’ Villages", "‘How Much?’ and ‘Dry’ Villages"),
        ('The "Cold" Room', "The ‘Cold’ Room"),
        ("He says “she said ‘no’ twice”", "He says ‘she said “no” twice’"),
        ("Voters’ Rights and Dogs' Homes: it’s", "Voters’ Rights and Dogs' Homes: it’s"),
        ("The '90s and “now”", "The '90s and ‘now’"),
        ("One “open", "One “open"),
        ('Half " of it', 'Half " of it'),
        ("„Titel“ und «titre»", "„Titel“ und «titre»"),
        ("", ""),
    ],
)
def test_marks_within_marks_turn_and_apostrophes_stay(text: str, within: str) -> None:
    assert quoted_within(text) == within


@pytest.mark.parametrize(("text", "count"), [("a ‘b’", 1), ("a “b ‘c’”", 2), ("the dogs’", 0), ("“a” b", 0), ("", 0)])
def test_marks_that_close_at_the_end_are_counted(text: str, count: int) -> None:
    assert ends_quoted(text) == count
