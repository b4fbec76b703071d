"""What answers take from the record alone: quotes beside a model's words, lists, edited comparisons."""

from pathlib import Path

import pytest

from paperchat.app import App
from paperchat.dialogue.rewriting import Understood
from paperchat.generation.extractive import Grounds, completed, listed, unranked
from paperchat.query.answerability import Judgement
from paperchat.retrieval.stages import Rest
from paperchat.retrieval.survey import Listing
from paperchat.types import Answer, AnswerSentence, Citation, Turn
from tests.conftest import NO_OLLAMA
from tests.samples import GRAPHS, IMAGES, SPEECH, TREES, reading, whole_papers
from tests.scripted_ollama import ScriptedOllama
from tests.shipped import last, open_app, said, shown_of

NUMBER = "GraphMAE reaches 84.2\\% accuracy on Cora."
"""What GRAPHS says of its accuracy."""


def test_a_short_answer_is_filled_up_with_the_sentences_that_answer_as_well(data: Path) -> None:
    question = "How many African languages was AfroLM trained on, and how much less data did it need than others?"
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        (chosen,), labels = shown_of(app, question)
        other = next(one.text for one in chosen.sentences if one is not chosen.best and "23 African" in one.text)
        held = "AfroLM is a multilingual language model pretrained from scratch on 23 African languages."
        server.replies(said((held, [labels[other]])), said(*[(held, [labels[other]])] * 4))
        short, long = (last(app.ask(question)) for _ in range(2))
    quotes, most = [[one.text for one in answer.sentences if one.is_quote] for answer in (short, long)], 3
    left = [one.text for one in chosen.sentences if one.text != other and one in chosen.as_good]
    assert quotes[0] == left[: most - 1]
    assert quotes[1] == [chosen.best.text]  # the best is never missing
    assert all(answer.sentences[-1].is_quote for answer in (short, long))


@pytest.mark.parametrize(
    "question",
    ["Everything about tuberculosis, please.", "which papers are about the Bayh-Dole act?", "Whose mice were fasted?"],
)
def test_what_no_paper_is_about_has_no_list(data: Path, question: str) -> None:
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask(question))
        found = last(app.ask("Which papers are about graphs?"))
    assert (answer.abstained, answer.cited) == (True, ())
    assert " The nearest " in answer.text
    assert len(found.cited) > 1


@pytest.mark.parametrize(
    ("question", "text", "first"),
    [
        ("What accuracy does GraphMAE reach on Cora?", "GraphMAE does well on Cora.", NUMBER),
        (
            "What accuracy does GraphMAE reach on Cora?",
            "GraphMAE reaches 84.2% on Cora.",
            "GraphMAE reaches 84.2% on Cora.",
        ),
        ("Does GraphMAE do well on Cora?", "GraphMAE does well on Cora.", "GraphMAE does well on Cora."),
    ],
    ids=["asked for and missing", "asked for and there", "not asked for"],
)
def test_a_number_that_is_asked_for_and_not_written_stands_first(question: str, text: str, first: str) -> None:
    (chosen,) = whole_papers(GRAPHS)
    grounds = Grounds(Understood(reading(question, (GRAPHS, 1.0)), Judgement(True, 1.0)), (chosen,))
    citation = Citation(GRAPHS.id, GRAPHS.title, chosen.best.text, chosen.best.start, chosen.best.end)
    answer = completed(Answer(question, sentences=(AnswerSentence(text, (citation,)),)), grounds, 1)
    assert answer.sentences[0].text == first
    assert text in [sentence.text for sentence in answer.sentences]


def test_when_nothing_written_holds_the_sentence_that_answers_best_is_quoted(data: Path) -> None:
    question = "How fast is SSAMBA in batch inference?"
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        (chosen,), labels = shown_of(app, question)
        own = [labels[sentence.text] for sentence in chosen.sentences]
        server.replies(said(("It was trained on 4,711 whales by Rembrandt.", own)))
        answer = last(app.ask(question))
    assert [(quote.is_quote, quote.text) for quote in answer.sentences] == [(True, chosen.best.text)]
    assert [(wrong.verdict, wrong.is_quote) for wrong in answer.withheld] == [("unsupported", False)]


def test_a_comparison_quotes_the_best_sentence_of_each_paper_that_is_not_cited(data: Path) -> None:
    question = "compare GraphMAE with D-SLA"
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        (one, other), labels = shown_of(app, question)
        server.replies(said((one.best.text, [labels[one.best.text]])))
        answer = last(app.ask(question))
    assert [sentence.text for sentence in answer.sentences] == [one.best.text, other.best.text]
    assert answer.cited == (one.text.paper, other.text.paper)


def test_a_comparison_is_edited_by_what_follows(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        first = last(app.ask("compare GraphMAE with D-SLA"))
        turn = Turn(first.question, first.text, tuple(one.title for one in first.cited))
        added = last(app.ask("add GenView", [turn]))
        assert added.table is not None
        assert [one.title.split(":")[0] for one in added.table.papers][-1] == "GenView"
        turn = Turn("add GenView", added.text, tuple(one.title for one in added.table.papers))
        fewer = last(app.ask("drop the first one", [turn]))
        assert fewer.table is not None
        assert fewer.table.papers == added.table.papers[1:]
        results_alone = last(app.ask("only the results", [turn]))
        assert results_alone.table is not None
        assert results_alone.table.aspects == ("results",)


def test_a_list_is_of_the_whole_set_and_counted(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask("how many work on proteins?"))
    assert answer.lead == f"{len(answer.cited)} of 118 papers:"
    assert {"Evaluating Protein Transfer Learning with TAPE"} < {one.title for one in answer.cited}
    assert all(sentence.is_quote for sentence in answer.sentences)
    assert all(one.title in answer.text for one in answer.cited)


def asked(app: App, *questions: str) -> list[Answer]:
    """Return the answers of a conversation without a model, each remembered as the page remembers it."""
    turns: list[Turn] = []
    answers = []
    for question in questions:
        answers.append(answer := last(app.ask(question, turns)))
        turns.append(Turn(question, answer.text, tuple(one.title for one in answer.cited), answer.form))
    return answers


def columns(answer: Answer) -> list[str]:
    return [paper.title.split(":")[0] for paper in answer.table.papers] if answer.table else []


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("add the numbers", "numbers"),
        ("include their accuracy on ImageNet", "accuracy on ImageNet"),
        ("add a column for the datasets", "datasets"),
    ],
)
def test_what_is_asked_to_be_told_is_a_row_more_and_no_paper(data: Path, change: str, row: str) -> None:
    with open_app(data, NO_OLLAMA) as app:
        first, changed = asked(app, "Compare Mugs with Barlow Twins", change)
    assert changed.table is not None
    assert changed.table.aspects[0] == row
    assert columns(changed) == columns(first) == ["Mugs", "Barlow Twins"]


def test_a_paper_is_dropped_from_a_list_by_its_place(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        first, fewer, none = asked(app, "which papers work on graphs?", "drop the third one", "drop the twelfth one")
    assert [paper for paper in first.cited if paper not in fewer.cited] == [first.cited[2]]
    assert fewer.table is None
    assert fewer.lead.startswith(f"{len(first.cited) - 1} of 118 papers")
    assert (none.abstained, none.text) == (True, "There is no twelfth one above. It stays as it is.")


@pytest.mark.parametrize("change", ["only the results of CroCo", "just give me the accuracy of the first one"])
def test_a_change_that_names_one_of_the_papers_asks_that_one(data: Path, change: str) -> None:
    with open_app(data, NO_OLLAMA) as app:
        _, answer = asked(app, "Compare CroCo and SiT", change)
    assert answer.table is None
    assert [paper.title.split(":")[0] for paper in answer.cited] == ["CroCo"]


def test_a_paper_is_dropped_from_a_table_though_one_of_its_papers_was_asked_about_since(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        *_, fewer = asked(app, "Compare CroCo, SiT and GenView", "only the results of CroCo", "drop the second one")
        *_, one = asked(app, "Compare CroCo and SiT", "only the results of CroCo", "drop the second one")
    assert len(columns(fewer)) == 2
    assert [paper.title.split(":")[0] for paper in one.cited] == ["CroCo"]


def test_a_row_of_numbers_holds_what_is_measured_alone(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        _, changed = asked(app, "Compare GraphMAE and D-SLA", "add the numbers")
    assert changed.table is not None
    cells = changed.table.cells[changed.table.aspects.index("numbers")]
    assert [cell is None or any(c.isdigit() for c in cell.text) for cell in cells] == [True, True]
    assert any(cells)


def test_what_cannot_be_changed_is_said_and_the_table_still_stands(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        first, none, unknown, results = asked(
            app, "compare GraphMAE with GenView", "drop the fifth one", "add Quixotron-9", "only the results"
        )
    assert (none.abstained, unknown.abstained) == (True, True)
    assert "Quixotron-9" in unknown.text
    assert columns(results) == columns(first)


def test_one_sentence_that_declines_leaves_the_papers_of_an_answer(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        graphmae, d_sla = (app.library.search(name).results[0].paper.title for name in ("GraphMAE", "D-SLA"))
        turn = Turn("compare them", "GraphMAE masks. The abstract does not mention depth.", (graphmae, d_sla))
        answer = last(app.ask("What data was the second one evaluated on?", [turn]))
    assert [paper.title for paper in answer.cited] == [d_sla]


@pytest.mark.parametrize(
    ("question", "papers"),
    [
        ("What ImageNet accuracy do Mugs and Barlow Twins report?", ["Mugs", "Barlow Twins"]),
        ("Compare GraphMAE, GraphGPT and GenView", ["GraphMAE", "GraphGPT", "GenView"]),
    ],
)
def test_each_paper_that_a_question_names_is_compared(data: Path, question: str, papers: list[str]) -> None:
    with open_app(data, NO_OLLAMA) as app:
        assert sorted(columns(last(app.ask(question)))) == sorted(papers)


@pytest.mark.parametrize(
    ("question", "cited", "notices"),
    [
        ("Compare SimCLR v2 with Barlow Twins", ["Big Self-Supervised", "Barlow Twins"], ()),
        ("What is the difference between TIP and TIPS?", ["TIP:", "TIPS:"], ()),
        ("What does TIP pretrain on?", ["TIP:"], ()),
        ("Compare M2 CLIP, AD CLIP and GOPro", ["M2-CLIP", "AD-CLIP", "GOPro"], ()),
        ("Compare Graph MAE with DSLA", ["GraphMAE", "Graph Self-supervised"], ()),
        ("What accuracy do Mugs and SimCLRv2 reach on ImageNet?", ["Mugs", "Big Self-Supervised"], ()),
        ("Compare Mugs and FooNet", ["Mugs"], ("The abstracts do not mention FooNet.",)),
        ("Compare FooNet, Mugs and OBoW", ["Mugs", "OBoW"], ("The abstracts do not mention FooNet.",)),
        (
            "What ImageNet accuracy do Mugs and Barlow Twins report?",
            ["Mugs", "Barlow Twins"],
            ("Barlow Twins: no figure in the abstract.",),
        ),
    ],
)
def test_what_the_set_has_is_answered_and_what_it_has_not_is_named(
    data: Path, question: str, cited: list[str], notices: tuple[str, ...]
) -> None:
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask(question))
    own = [paper.title for paper in answer.cited]
    assert len(own) == len(cited)
    assert all(any(title.startswith(name) for title in own) for name in cited)
    assert tuple(notice for notice in answer.notices if "abstract" in notice) == notices


@pytest.mark.parametrize("name", ["SAM", "CON", "MET", "GIN", "LoRA"])
def test_a_short_name_that_no_paper_has_is_declined(data: Path, name: str) -> None:
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask(f"What accuracy does {name} report on COCO?"))
    assert answer.abstained
    assert f"do not mention {name}" in answer.text


def test_a_relation_between_things_compares_no_papers(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask("How does GraphMAE learn the relation between nodes?"))
    assert answer.table is None
    assert [paper.title.split(":")[0] for paper in answer.cited] == ["GraphMAE"]


@pytest.mark.parametrize("question", ["Give me 3 papers on graphs", "the top three papers on graphs"])
def test_of_more_papers_than_are_asked_for_the_likeliest_are_listed(data: Path, question: str) -> None:
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask(question))
    assert answer.lead.startswith("3 of the ")
    assert len(answer.cited) == 3
    assert not [notice for notice in answer.notices if notice.startswith("Perhaps")]


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (Rest(400, 0, 0), "; the last 400 had none."),
        (Rest(400, 1, 0), "; the last 400 had 1."),
        (Rest(400, 12, 18), "; the last 400 had 12, so about 18 more may be among the others."),
    ],
    ids=["none", "hardly any", "more"],
)
def test_a_list_of_a_large_set_says_how_much_was_looked_at_and_how_complete_it_is(rest: Rest, told: str) -> None:
    answer = listed(Answer("Which papers use hue?"), Listing((), 3_200, 20_000, rest=rest))
    assert answer.notices == (f"Looked at 3,200 of 20,000 papers, the likeliest first{told}",)
    assert answer.lead == "At least 0 of 20,000 papers:"


def test_of_more_than_are_asked_for_it_is_said_how_many_there_are_at_least() -> None:
    found = Listing(unranked((GRAPHS, SPEECH, IMAGES)), 3_200, 20_000, (TREES,), "labels")
    answer = listed(Answer("Give me 2 papers on hue but not labels"), found)
    assert answer.lead == (
        "2 of the at least 3 papers found, of 20,000; those found for \u201clabels\u201d are left out:"
    )
    assert [result.paper for result in answer.results] == [GRAPHS, SPEECH]
    assert not answer.notices
