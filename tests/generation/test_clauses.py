"""What a sentence is cut to, by itself or as a cell: a part of it, word for word, with what its claim depends on."""

import pytest

from paperchat.generation.clauses import clause
from paperchat.generation.spans import few_words
from paperchat.text.tokens import content_words
from paperchat.types import Sentence

RESUMED = (
    "Despite this, learning-which leans on strategies-has been the dominant approach, while the progress of models on "
    "graphs, especially of large ones, has thus far not reached its potential."
)


def cut(text: str, asked: str = "") -> str:
    part = clause(Sentence("p", 3, 100, 100 + len(text), text), content_words(asked))
    assert text[part.start - 100 : part.end - 100] == part.text
    assert (part.paper_id, part.number) == ("p", 3)
    return part.text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("In this paper, we show that the small nets learn faster than large ones.",
         "the small nets learn faster than large ones."),
        ("Finally, experiments on three sets demonstrate that nets can learn from the wild alone.",
         "nets can learn from the wild alone."),
        ("However, the nets have learned as much as they can from this.",
         "the nets have learned as much as they can from this."),
        ("Nets are trained on a million pictures of birds; we release them all.",
         "Nets are trained on a million pictures of birds"),
        ("The net reaches 82.1% accuracy on all birds and improves what was known by 1.1%.",
         "The net reaches 82.1% accuracy on all birds"),
        ("We propose a net for all birds of a wood, which is trained in the wild.",
         "We propose a net for all birds of a wood"),
        ("RESULTS Nets that see the birds at night learn as fast as others, while they cost more.",
         "Nets that see the birds at night learn as fast as others"),
        ("Moreover, the net reaches \\emph{82.1\\%} accuracy on birds; its code is public.",
         "the net reaches \\emph{82.1\\%} accuracy on birds"),
    ],
)  # fmt: skip
def test_what_only_leads_or_adds_falls_away(text: str, left: str) -> None:
    assert cut(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Nets learn fast.",
        "In this paper, nets learn.",
        "The net is as good as any other one; but it fails at night.",
        "We propose a net for all birds, which holds only if it is day.",
        "The net, which was trained in the wild, finds each of the birds.",
        "We use birds, bees, and flies of three woods in all that we do.",
        "We propose (i) a net for all birds of a wood; (ii) one for bees.",
        "We propose a net (for the birds; and the bees of a wood) for all.",
        "The loss $x; y$ of the net is as low as that of any other one here.",
        "The net has learned much of each bird; it reaches 82.1% there.",
    ],
    ids=[
        "short",
        "nothing left",
        "but",
        "only if",
        "in the middle",
        "a row",
        "counted",
        "brackets",
        "a formula",
        "figure",
    ],
)
def test_what_would_not_stand_by_itself_or_say_less_stays_whole(text: str) -> None:
    assert cut(text) == text


def test_what_was_asked_for_stays() -> None:
    text = "Nets are trained on a million pictures of birds; the licence of them all is open."
    assert cut(text, "How many pictures?") == "Nets are trained on a million pictures of birds"
    assert cut(text, "What licence do the pictures have?") == text


def cell(part: str, sentence: str) -> str:
    span = few_words(part, sentence)
    return sentence[slice(*span)] if span else sentence


@pytest.mark.parametrize(
    ("part", "sentence", "kept"),
    [
        ("results", "Our data suggest that the drug is active.", "suggest that"),
        ("results", "If labels are scarce, our method improves accuracy by 3 points.", "If labels are scarce"),
        ("results", "It improves accuracy by 3 points, but only on small images.", "but only on small images"),
        (
            "results",
            "Although replacement of the genome is possible, low levels can affect the result.",
            "low levels can affect the result",
        ),
        (
            "results",
            "Only when the teacher is strong, the student improves by 3 points.",
            "Only when the teacher is strong",
        ),
        ("data", "A dataset on this crisis is not available.", "is not available"),
        ("results", "We did not find that the drug improves survival.", "did not"),
        ("problem", "Most models work well, which is not yet understood.", "Most models work well"),
        ("problem", RESUMED, "not reached its potential"),
    ],
    ids=["hedged", "a condition", "taken back", "conceded", "only when", "denied", "not found", "leaning", "goes on"],
)
def test_what_a_claim_depends_on_stays_with_it(part: str, sentence: str, kept: str) -> None:
    assert kept in cell(part, sentence)


def test_brackets_and_formulas_are_not_cut() -> None:
    sentence = "We propose a loss (a sum of two terms, which we weigh), and it is $O(n, which)$ fast."
    words = cell("idea", sentence)
    assert words.count("(") == words.count(")")
    assert words.count("$") % 2 == 0


def test_the_words_are_verbatim_where_the_sentence_has_latex() -> None:
    sentence = "Moreover, GBRL reaches \\emph{84.2\\%} accuracy on Cora."
    assert cell("results", sentence) == "GBRL reaches \\emph{84.2\\%} accuracy on Cora"


@pytest.mark.parametrize(
    "sentence",
    [
        "In this paper, we show that nets learn from birds alone, which are many.",
        "Our results on six sets demonstrate that nets learn from birds alone; the code is public.",
        "Here we report that nets learn from birds alone, while earlier ones did so with flies.",
    ],
)
def test_a_cell_and_a_sentence_by_itself_begin_behind_the_same_words(sentence: str) -> None:
    alone = cut(sentence)
    assert alone.startswith("nets learn from birds alone")
    assert cell("results", sentence).startswith("nets learn from birds alone")
