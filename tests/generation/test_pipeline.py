"""Answers: evidence first, a model's words next, and something useful whatever breaks."""

import json
from pathlib import Path

import pytest

from paperchat.evaluation.questions import read_questions
from paperchat.export.withheld import doubt
from paperchat.settings import WITHOUT_MODEL, Choice
from paperchat.storage.readers.listing import SHIPPED, read_page
from paperchat.text.cleaning import clean
from paperchat.types import Turn
from tests.conftest import NO_OLLAMA
from tests.scripted_ollama import Model, Reply, ScriptedOllama
from tests.shipped import QUESTION, last, open_app, said, shown_of


def test_without_a_model_the_answer_is_verbatim_evidence_and_how_to_get_more(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        first, answer = app.ask(QUESTION)
        assert first.stage == "evidence"
        assert not first.sentences
    abstracts = {paper.id: paper.abstract for paper in read_page(SHIPPED)}
    assert answer.model is None
    assert answer.stage == "done"
    assert any("85.3\\%" in sentence.text for sentence in answer.sentences)
    for sentence in answer.sentences:
        (citation,) = sentence.citations
        assert abstracts[citation.paper_id][citation.start : citation.end] == citation.quote == sentence.text
    assert "ollama.com/download" in answer.notices[0]


def test_a_models_sentences_cite_the_records_sentences(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        quotes, labels = [*shown_of(app, QUESTION)[1]], shown_of(app, QUESTION)[1]
        server.replies(said((quotes[0], [labels[quotes[0]]]), (quotes[1], [labels[quotes[1]]])))
        answers = list(app.ask(QUESTION))
        sent = server.bodies("/api/chat")[0]
    stages = [*dict.fromkeys(answer.stage for answer in answers)]  # in silence a stage is told again
    assert stages[:2] == ["evidence", "writing"]
    assert answers[0].results
    answer = answers[-1]
    first = answer.results[0].paper
    assert [sentence.text for sentence in answer.sentences[:2]] == quotes[:2]
    assert [c.title for c in answer.sentences[0].citations] == [first.title]
    assert answer.cited == (first,)
    assert sent["options"]["num_ctx"] <= 8192
    assert "1a" in json.dumps(sent["format"])
    times = [answer.timings[name] for name in ("evidence", "first_token", "checking", "total")]
    assert times == sorted(times)
    assert answer.prompt_tokens is not None
    assert [one.quote for one in answer.shown] == quotes
    assert all(clean(one.quote) in sent["messages"][-1]["content"] for one in answer.shown)


def test_an_answer_is_made_as_its_reader_chose_and_the_next_as_before(data: Path) -> None:
    thinker = Model("thinker:4b", "4B", capabilities=("completion", "thinking"))
    with ScriptedOllama(models=[Model(), thinker]) as server, open_app(data, server.url, form="free") as app:
        server.default = Reply(said(("A vanilla Swin-B backbone reaches an accuracy of 85.3% on ImageNet-1K.", ["1a"])))
        own = last(app.ask(QUESTION, choice=Choice("scripted:1b", papers=3, max_tokens=100, num_ctx=2048)))
        asked = [(body["model"], body["options"]["num_ctx"]) for body in server.bodies("/api/chat")]
        usual = last(app.ask(QUESTION))
        again = server.bodies("/api/chat")[len(asked) :]
    assert set(asked) == {("scripted:1b", 2048)}  # what checks the answer too: with another context it is loaded anew
    assert {(body["model"], body["options"]["num_ctx"]) for body in again} == {("thinker:4b", 8192)}
    assert len(asked) > 1
    assert (own.model, len(own.results), usual.model, len(usual.results)) == ("scripted:1b", 3, "thinker:4b", 8)
    assert [own.settings[name] for name in ("papers", "max_tokens", "num_ctx", "form")] == [3, 100, 2048, "free"]
    assert [usual.settings[name] for name in ("papers", "max_tokens", "num_ctx", "form")] == [8, 512, 8192, "free"]


def test_text_only_grows_while_it_streams(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(said(("A first sentence.", ["1a"]), ("A second.", ["1b"])))
        texts = [answer.text for answer in app.ask(QUESTION) if answer.stage in ("evidence", "writing")]
    assert len(texts) > 2
    assert all(after.startswith(before) for before, after in zip(texts, texts[1:], strict=False))


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(said(("Kept.", ["1a"])), ending="cut"), "broke off"),
        (Reply(said(("Kept.", ["1a"])), ending="early"), "incomplete"),
        (Reply(said(("Kept.", ["1a"])), ending="the runner crashed"), "the runner crashed"),
    ],
    ids=["connection cut", "no done", "error line"],
)
def test_what_was_written_is_kept_when_the_model_breaks_off(data: Path, reply: Reply, says: str) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(reply)
        answer = last(app.ask(QUESTION))
    assert answer.stage == "failed"
    assert answer.text == "Kept."
    assert says in answer.notices[-1]


def test_a_refused_question_still_has_its_evidence(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(Reply([], status=500, body='{"error": "model requires more system memory"}'))
        answer = last(app.ask(QUESTION))
    assert answer.stage == "failed"
    assert answer.sentences
    assert "memory" in answer.notices[-1]


def test_a_context_that_was_cut_is_noticed(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url, num_ctx=2048) as app:
        server.replies(Reply(said(("Fine.", ["1a"])), prompt_tokens=2048))
        assert "context was cut" in last(app.ask(QUESTION)).notices[-1]


def test_a_long_conversation_is_trimmed_before_it_is_sent(data: Path) -> None:
    history = [Turn("what is deep learning? " * 100, "many layers " * 300)] * 5
    with ScriptedOllama() as server, open_app(data, server.url, num_ctx=2048) as app:
        server.replies(said(("Fine.", ["1a"])))
        answer = last(app.ask(QUESTION, history))
        sent = server.bodies("/api/chat")[0]
    assert "left out" in answer.notices[0]
    assert QUESTION in sent["messages"][-1]["content"]
    assert sum(len(message["content"]) for message in sent["messages"]) < 2048 * 4


def test_a_reply_that_cannot_be_read_gives_the_evidence(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(['{"sentences": []}'])
        answer = last(app.ask(QUESTION))
    assert answer.sentences
    assert "wrote nothing" in answer.notices[-1]


def test_a_wrong_number_is_marked_and_a_right_one_is_not(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        _, labels = shown_of(app, QUESTION)
        label = next(label for quote, label in labels.items() if "85.3" in quote)
        server.replies(
            said(
                ("A vanilla Swin-B backbone reaches 85.3% top-1 accuracy on ImageNet-1K.", [label]),
                ("A vanilla Swin-B backbone reaches 86.9% top-1 accuracy on ImageNet-1K.", [label]),
            )
        )
        *growing, answer = app.ask(QUESTION)
    assert "checking" in {one.stage for one in growing}
    right, (wrong,) = answer.sentences[0], answer.withheld
    assert (right.verdict, right.is_quote) == ("supported", False)
    assert wrong.verdict == "unsupported"
    assert [wrong.text[fault.start : fault.end].strip(" %") for fault in wrong.faults] == ["86.9"]
    assert wrong not in answer.sentences
    assert not doubt(answer)


def test_what_says_that_nothing_answers_cites_nothing(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(said(("The evidence does not mention this.", ["1a"])))
        answer = last(app.ask(QUESTION))
    assert answer.abstained
    assert not answer.cited
    assert "Nearest in the set" in answer.notices[-1]


def test_a_question_that_names_another_paper_changes_the_subject(data: Path) -> None:
    asked = "Barlow Twins or OBoW: which one needs a teacher?"
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask(asked, [Turn(QUESTION, "85.3%.")]))
    assert not answer.abstained
    assert {"Barlow Twins", "OBoW"} <= {paper.title.split(":")[0] for paper in answer.cited}


def test_what_no_abstract_mentions_is_named_and_no_model_is_asked(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        answer = last(app.ask("What BLEU score does Barlow Twins reach on How2Sign?"))
        assert not server.chats
    assert answer.abstained
    assert "How2Sign" in answer.text
    assert answer.model is None
    assert not answer.cited


@pytest.mark.parametrize("word", ["the", "of the and"])
def test_a_question_without_a_word_to_search_finds_nothing(data: Path, word: str) -> None:
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask(word))
    assert answer.abstained or answer.act
    assert not answer.results
    (sentence,) = answer.sentences
    assert (sentence.citations, sentence.verdict) == ((), "")


@pytest.mark.parametrize("question", ["C++", "R", "x" * 10_000, "self-supervised " * 600])
def test_odd_questions_are_answered(data: Path, question: str) -> None:
    with open_app(data, NO_OLLAMA) as app:
        assert last(app.ask(question)).stage == "done"


def test_without_a_model_the_dev_questions_are_answered_or_declined_as_they_should(data: Path, shared: Path) -> None:
    """Unanswerable: declined, or for a false premise its gold paper alone is cited; no more than 6 % of others are."""
    with open_app(data, NO_OLLAMA) as app:
        questions = read_questions(shared / "questions" / "dev.jsonl", [paper.title for paper in app.library.papers])
        asked = [(one, last(app.ask(one.question, one.history, choice=WITHOUT_MODEL))) for one in questions]
    handled = [
        answer.abstained if not one.gold else {paper.title for paper in answer.cited} == set(one.gold)
        for one, answer in asked
        if one.type == "abstain"
    ]
    wrong = [answer.abstained for one, answer in asked if one.type != "abstain"]
    assert sum(handled) / len(handled) >= 0.75
    assert sum(wrong) / len(wrong) <= 0.06
    facts = [answer for one, answer in asked if one.type == "fact"]
    assert sum(len(answer.sentences) for answer in facts) / len(facts) <= 3


def test_what_is_missing_is_named_and_nothing_is_cited_without_a_model(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask("GFSLT-VLP BLEU-4 on How2Sign?"))
    assert answer.abstained
    assert answer.stage == "done"
    assert not answer.cited
    assert answer.results
    assert "do not mention How2Sign" in answer.text
    assert "Gloss-free Sign Language Translation" in answer.text


@pytest.mark.ollama
def test_a_real_model_answers_with_cited_titles(data: Path, real_ollama: str) -> None:
    with open_app(data, real_ollama, num_ctx=4096) as app:
        answer = last(app.ask(QUESTION))
    assert answer.stage == "done"
    assert answer.model
    assert answer.abstained or all(sentence.citations and sentence.verdict for sentence in answer.sentences)
    assert {paper.title for paper in answer.cited} <= {result.paper.title for result in answer.results}
