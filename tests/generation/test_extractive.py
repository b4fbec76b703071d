"""What answers take from the record alone: quotes beside a model's words, lists, edited comparisons."""

from pathlib import Path

from paperchat.types import Turn
from tests.conftest import NO_OLLAMA
from tests.scripted_ollama import ScriptedOllama
from tests.shipped import last, open_app, said, shown_of


def test_a_short_answer_is_filled_up_with_the_sentences_that_answer(data: Path) -> None:
    question = "How many African languages was AfroLM trained on, and how much less data did it need than others?"
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        (chosen,), labels = shown_of(app, question)
        best = labels[chosen.best.text]
        other = next(labels[one.text] for one in chosen.sentences if one is not chosen.best)
        held = "AfroLM is a multilingual language model pretrained on a smaller dataset."
        server.replies(said((held, [other])), said(*[(held, [other])] * 4))
        server.replies(said((held, [best])), said((held, [other, best])))
        answers = [last(app.ask(question)) for _ in range(4)]
    quotes = [[sentence.text for sentence in answer.sentences if sentence.is_quote] for answer in answers]
    assert len(chosen.sentences) == 2
    assert quotes[:2] == [[chosen.best.text]] * 2  # the best is never missing
    assert quotes[2:] == [[one.text for one in chosen.sentences if one is not chosen.best], []]
    assert all(answer.sentences[-1].is_quote for answer in answers[:3])


def test_when_nothing_written_holds_the_sentence_that_answers_best_is_quoted(data: Path) -> None:
    question = "How fast is SSAMBA in batch inference?"
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        (chosen,), labels = shown_of(app, question)
        own = [labels[sentence.text] for sentence in chosen.sentences]
        server.replies(said(("It was trained on 4,711 whales by Rembrandt.", own)))
        wrong, quote = last(app.ask(question)).sentences
    assert (wrong.verdict, quote.is_quote, quote.text) == ("unsupported", True, chosen.best.text)


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
