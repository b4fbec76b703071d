"""What a model reads: evidence, conversation and question, trimmed to fit; the schema of its reply."""

from paperchat.generation.labelling import label_evidence
from paperchat.generation.prompting import answer_schema, count_tokens, fit
from paperchat.types import Turn
from tests.samples import GRAPHS, LABELLED, SPEECH, silent_model, whole_papers

PROMPTS = {"system": "Rules.", "question": "Evidence:\n$evidence\nQuestion: $question\n$task", "task-one": "Answer."}


def test_a_prompt_is_trimmed_to_fit_and_says_so() -> None:
    labelled = label_evidence(whole_papers(GRAPHS, SPEECH), False, 1000)
    history = [Turn("old " * 50, "answer " * 50), Turn("newer", "yes")]
    whole, _, nothing = fit(silent_model(PROMPTS, 10_000), "Why?", history, labelled)
    assert nothing == ""
    assert whole[1].content.startswith("old")
    messages, kept, dropped = fit(silent_model(PROMPTS, 60), "Why?", history, labelled)
    assert count_tokens(messages) <= 60
    assert 1 <= len(kept) < 6
    assert "left out" in dropped
    messages, _, dropped = fit(silent_model(PROMPTS, 300), "word " * 2000, [], labelled)
    assert count_tokens(messages) <= 300
    assert "question was cut" in dropped


def test_braces_and_dollars_in_a_question_are_text() -> None:
    messages, _, _ = fit(silent_model(PROMPTS, 10_000), "what is {context_str} and $evidence?", [], {})
    assert "Question: what is {context_str} and $evidence?\n" in messages[-1].content


def test_a_schema_allows_only_the_labels_shown() -> None:
    cites = answer_schema(LABELLED)["properties"]["sentences"]["items"]["properties"]["cites"]
    assert cites["items"]["enum"] == ["1a", "1b", "2a"]


def test_a_schema_holds_each_sentence_to_its_paper_or_the_first_to_a_title() -> None:
    each = answer_schema(LABELLED, "each")["properties"]["sentences"]["prefixItems"]
    assert [one["properties"]["cites"]["items"]["enum"] for one in each] == [["1a", "1b"], ["2a"]]
    first, then = answer_schema(LABELLED, "title")["properties"]["sentences"]["prefixItems"]
    assert [one["properties"]["text"]["const"] for one in first["anyOf"]] == ["“P”", "“Q”"]
    assert then["properties"]["text"] == {"type": "string"}
    assert "items" in answer_schema({"1a": LABELLED["1a"]}, "each")["properties"]["sentences"]
