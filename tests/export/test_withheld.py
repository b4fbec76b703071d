"""What of an answer did not pass its check is told in a line, of written sentences alone."""

from paperchat.export.markdown import conversation_markdown
from paperchat.export.withheld import doubt, failed_why, withheld_line
from paperchat.types import Answer, AnswerSentence, Citation

QUOTE = Citation("p", "A Title", "It is so.", 0, 9)


def failed(reason: str) -> AnswerSentence:
    return AnswerSentence("It is not.", (QUOTE,), "unsupported", reason)


def test_nothing_withheld_is_no_line() -> None:
    assert withheld_line(Answer("q")) == doubt(Answer("q")) == ""


def test_the_line_counts_and_says_why() -> None:
    assert withheld_line(Answer("q", withheld=(failed("No 99."),))) == "1 sentence was withheld: No 99"
    many = Answer("q", withheld=tuple(failed(reason) for reason in ("A.", "A.", "B.", "C.")))
    assert withheld_line(many) == "4 sentences were withheld: A; B; and more"
    assert failed_why(failed("No 99.")) == "No 99. It cites “A Title”."


def test_quotes_are_not_counted_among_what_was_written() -> None:
    quote = AnswerSentence("It is so.", (QUOTE,), "supported")
    unsure = AnswerSentence("It may be.", (QUOTE,), "unsure")
    answer = Answer("q", sentences=(unsure, quote), withheld=(failed("No."),))
    assert doubt(answer) == "Of 2 written sentences, 1 not surely supported by what is cited."


def test_in_markdown_what_is_withheld_or_was_thought_opens() -> None:
    text = conversation_markdown("T", [Answer("q", withheld=(failed("No <x>99</x>."),), thought="First\n*this*")], [])
    assert "<details><summary>1 sentence was withheld: No &lt;x&gt;99&lt;/x&gt;</summary>" in text
    assert "- It is not." in text
    assert "<summary>What the model thought first</summary>" in text
    assert "> First\n> \\*this\\*" in text
