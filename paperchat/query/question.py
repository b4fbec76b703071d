"""A question as it is typed: one printable line of a bounded length."""

from paperchat.errors import InputError
from paperchat.text.cleaning import printable

MAX_QUESTION = 10_000
"""Longest question, in characters."""


def check_question(question: str, most: int = MAX_QUESTION, what: str = "question") -> str:
    """Return the question, or `what` it is else, as one printable line; raise InputError: it is empty or too long."""
    if len(question) > most:
        raise InputError(f"The {what} has {len(question):,} characters; {most:,} is the most.", "Shorten it.")
    line = " ".join(printable(question).split())
    if not line:
        raise InputError(f"The {what} is empty.", f"Type a {what}.")
    return line
