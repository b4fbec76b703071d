"""Requests to drop the papers, and questions that only sound like them."""

import pytest

from paperchat.query.injection import stays


@pytest.mark.parametrize(
    "question",
    ["Which agents forget earlier tasks?", "Do models ignore long context?", "what prompts does GOPro learn"],
)
def test_questions_about_forgetting_and_prompts_are_questions(question: str) -> None:
    assert stays(question) == question
