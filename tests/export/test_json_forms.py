"""The JSON forms that the README documents."""

from dataclasses import replace

from paperchat.bibliography import Details, Person
from paperchat.export.json_forms import answer_json, check_json, result_json, suggestion_json, traced_json
from paperchat.types import Answer, AnswerSentence, Backing, Check, Fault, Suggestion, Traced
from tests.fake_app import cite, make_result, make_table
from tests.samples import GRAPHS, SPEECH

FOUND = (make_result(GRAPHS, 1), make_result(SPEECH, 3))


def test_an_answer_has_its_sentences_with_what_they_cite() -> None:
    sentence = AnswerSentence("99 fall.", (cite(FOUND[1]),), "unsupported", "No 99.", (Fault(0, 2, "number"),))
    answer = Answer("What falls?", FOUND, (sentence,), stage="done", model="m", timings={"total": 1.23456})
    row = answer_json(answer)
    assert (row["question"], row["text"], row["stage"], row["model"]) == ("What falls?", "99 fall.", "done", "m")
    (said,) = row["sentences"]
    assert (said["verdict"], said["reason"], said["faults"]) == (
        "unsupported", "No 99.", [{"start": 0, "end": 2, "kind": "number"}],
    )  # fmt: skip
    (cited,) = said["citations"]
    assert SPEECH.abstract[cited["start"] : cited["end"]] == cited["quote"]
    assert (row["cited"], row["retrieved"]) == ([SPEECH.title], [GRAPHS.title, SPEECH.title])
    assert row["sources"] == [{"id": SPEECH.id, "title": SPEECH.title, "authors": [], "year": None, "doi": None}]
    assert (row["table"], row["timings"]) == (None, {"total": 1.235})


def test_a_request_says_its_act_and_its_lines() -> None:
    row = answer_json(Answer("all", FOUND, (AnswerSentence("All:"),), lines=("One", "Two"), act="set.list"))
    assert (row["act"], row["lines"], row["text"], row["cited"]) == ("set.list", ["One", "Two"], "All:\nOne\nTwo", [])
    assert answer_json(Answer("q"))["act"] == ""


def test_a_table_has_a_cell_for_each_paper_and_none_where_nothing_is_stated() -> None:
    table = answer_json(Answer("q", FOUND, table=make_table(FOUND)))["table"]
    assert table["aspects"] == ["idea", "data"]
    assert [paper["id"] for paper in table["papers"]] == [GRAPHS.id, SPEECH.id]
    assert table["cells"][1][0]["text"] == "Images."
    assert table["cells"][1][1] is None


def test_a_result_says_which_retriever_found_it() -> None:
    both, dense = map(result_json, FOUND)
    assert (both["dense"], both["keyword"]) == ({"rank": 1, "score": 0.8}, {"rank": 2, "score": 12.345})
    assert (dense["rank"], dense["score"], dense["keyword"]) == (3, 0.6667, None)
    assert [set(sentence) for sentence in both["sentences"]] == [{"text", "start", "end"}] * 2


def test_checks_suggestions_and_drafts_have_their_forms() -> None:
    sentence = FOUND[0].sentences[0]
    assert check_json(Check("unsure", 0.5, "Near.", "q", ((0, 2),))) == {
        "verdict": "unsure", "score": 0.5, "reason": "Near.", "quote": "q",
    }  # fmt: skip
    assert suggestion_json(Suggestion(GRAPHS, "its name", None))["sentence"] is None
    told = replace(GRAPHS, details=Details(authors=(Person("Doe", "Ann"),), date=(2019,)))
    row = suggestion_json(Suggestion(told, "its author"))
    assert (row["authors"], row["year"], row["doi"]) == (["Ann Doe"], 2019, None)
    assert (result_json(FOUND[0])["authors"], result_json(FOUND[0])["year"]) == ([], None)
    assert suggestion_json(Suggestion(GRAPHS, "a sentence says it", sentence))["sentence"] == sentence.text
    row = traced_json(Traced("It is so.", (Backing(GRAPHS, sentence, "supports", 0.9),), 0, 9))
    assert (row["text"], row["found"][0]["stance"], row["found"][0]["quote"]) == (
        "It is so.",
        "supports",
        sentence.text,
    )
