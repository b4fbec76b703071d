"""What the numbers of a sentence are bound to."""

from paperchat.text.numbers import quantities
from paperchat.text.words import words
from paperchat.verification.number_binding import Bound, bind, misbound
from paperchat.verification.rules import MISBOUND


def bound(text: str) -> tuple[Bound, ...]:
    return bind(text, words(text), quantities(text), {})


def test_respectively_binds_each_number_to_its_item() -> None:
    first, second = bound("It gains 5% and 8% on Cora and Reddit, respectively.")
    assert first.terms["cora"] > second.terms.get("cora", 0)
    assert second.terms["reddit"] > first.terms.get("reddit", 0)


def test_the_list_beside_the_numbers_is_theirs() -> None:
    text = "We get 22.1%, 27.9% and 25.5% gain on Vox-O, Vox-E and Vox-H sets, with fewer, smaller, and simpler steps."
    rows = bound(text)
    assert [max(("o", "e", "h"), key=lambda term: row.terms.get(term, 0)) for row in rows] == ["o", "e", "h"]
    assert len({row.terms["gain"] for row in rows}) == 1  # all three are gains, the last no more than the others


def test_an_exchanged_number_fits_another_one_better() -> None:
    stated = [(one, 1.0) for one in bound("Accuracy is 70.1 on Cora and 60.5 on Reddit.")]
    right = misbound(bound("On Reddit accuracy is 60.5."), stated, {}, 1.0)
    wrong = misbound(bound("On Reddit accuracy is 70.1."), stated, {}, 1.0)
    assert [gap for *_, gap in right] == [0]
    assert wrong[0][2] > MISBOUND
    assert wrong[0][1].quantity.value == 60.5
