"""A question as it is typed: one printable line of a bounded length."""

from paperchat.errors import InputError
from paperchat.text.cleaning import printable

MAX_QUESTION = 10_000
"""Longest question, in characters."""


def check_question(question: str) -> str:
    """Return the question as one printable line; raise InputError when it is empty or too long."""
    if len(question) > MAX_QUESTION:
        raise InputError(f"The question has {len(question):,} characters; {MAX_QUESTION:,} is the most.", "Shorten it.")
    line = " ".join(printable(question).split())
    if not line:
        raise InputError("The question is empty.", "Type a question.")
    return line
