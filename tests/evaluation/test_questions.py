"""Questions of an evaluation: what is wrong with a file, and the examples."""

import json
from pathlib import Path

import pytest

from paperchat.errors import InputError
from paperchat.evaluation.questions import EXAMPLES, read_questions, read_rows
from paperchat.storage.readers.listing import SHIPPED, read_page
from tests.evaluation.test_runner import QUESTIONS, write_questions
from tests.samples import PAPERS


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2 is not JSON"),
        ("[1]", "line 2: no id or question"),
        ('{"id": "x"}', "line 2: no id or question"),
        ('{"id": "x", "question": " "}', "line 2: The question is empty"),
        (json.dumps({"id": "x", "question": "x" * 10_001}), "line 2: The question has 10,001 characters"),
        ('{"id": "x", "question": "?", "gold": "T"}', "line 2: gold is 'T'. Use a list of strings"),
        ('{"id": "x", "question": "?", "type": 1}', "line 2: the type is 1"),
        ('{"id": "x", "question": "?", "gold": ["No Such"]}', "line 2: no paper has the title 'No Such'"),
        ('{"id": "x", "question": "?", "history": [1]}', "line 2: history has '1'"),
        ('{"id": "x", "question": "?", "evidence": 5}', "line 2: evidence is '5'"),
        ('{"id": "x", "question": "?", "evidence": [{"title": "x"}]}', "line 2: evidence has"),
        ('{"id": "a", "question": "?"}', "has the id 'a' twice"),
    ],
)
def test_a_bad_question_names_its_line_and_its_fault(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "q.jsonl").write_text(json.dumps(QUESTIONS[0]) + "\n" + line + "\n")
    with pytest.raises(InputError) as error:
        read_questions(tmp_path / "q.jsonl", [paper.title for paper in PAPERS])
    assert says in str(error.value)


def test_an_empty_file_has_no_questions(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no questions"):
        read_questions(write_questions(tmp_path / "q.jsonl", []), [])


def test_the_examples_name_shipped_papers_and_quote_them() -> None:
    abstracts = {paper.title: paper.abstract for paper in read_page(SHIPPED)}
    questions = read_questions(EXAMPLES, list(abstracts))
    kinds = {"fact", "lookup", "compare", "list", "followup", "abstain", "crosslingual"}
    assert {question.type for question in questions} == kinds
    assert all(question.history for question in questions if question.type == "followup")
    for _, row in read_rows(EXAMPLES):
        assert all(title in abstracts for title in (*row["gold"], *row["acceptable"]))
        assert {quote["title"] for quote in row["evidence"]} <= set(row["gold"])
        assert all(quote["quote"] in abstracts[quote["title"]] for quote in row["evidence"])
        assert bool(row["evidence"]) == (row["type"] != "abstain")
        assert set(row["must_include"]) == set(row["must_include"]) - {""}
