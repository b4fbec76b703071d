"""Whether a number bears out another."""

import pytest

from paperchat.text.number_agreement import covers, same_value, turned_bound
from paperchat.text.numbers import quantities


@pytest.mark.parametrize(
    ("claimed", "stated", "same"),
    [
        ("72 hours", "3 days", True),
        ("0.3 kg", "300 g", True),
        ("12 months", "1 year", True),
        ("5 mg", "5 g", False),
        ("48 hours", "48 minutes", False),
        ("10 °F", "10 °C", False),
        ("2 GB", "2 MB", False),
        ("6 months", "6 years", False),
        ("0.89", ".89", True),
        ("89%", ".89", True),
        ("89", ".89", False),
        ("5mg daily", "5 mg a day", True),
        ("16kHz audio", "16,000 Hz audio", True),
        ("1000 mice", "1,000 mice", True),
        ("1 000 mice", "1,000 mice", True),
        ("5 \u00d7 10\u00b3 cells", "5,000 cells", True),
        ("1.5e-3", "0.0015", True),
        ("10^8", "100 million", True),
        ("reads 40 a second", "reads 40 MB", True),
    ],
)
def test_equal_quantities_agree_in_any_unit(claimed: str, stated: str, same: bool) -> None:
    (one,), (other,) = quantities(claimed), quantities(stated)
    assert same_value(one, other) is same


@pytest.mark.parametrize(
    ("claimed", "stated", "borne_out"),
    [
        ("66 tasks", "50 of one and 16 of another", True),
        ("It tripled.", "It rose from 2% to 6%.", True),
        ("It doubled.", "It rose from 2% to 6%.", False),
        ("It uses a quarter.", "It uses 2 GB, not 8 GB.", True),
        ("It takes 3 weeks.", "It takes 3 days.", False),
        ("It reaches 99.9%.", "It reaches 82.1%, 1.1% more.", False),
        ("It fell by 33%.", "It fell from 6% to 4%.", True),
        ("It fell by 33.9%.", "It fell from 6% to 4%.", False),
        ("It took 3,100 mice.", "It took 3,000 mice and 120 rats.", True),
    ],
)
def test_what_follows_by_arithmetic_is_borne_out(claimed: str, stated: str, borne_out: bool) -> None:
    found = quantities(claimed)
    assert all(covers(one, [quantities(stated)]) for one in found) is borne_out


@pytest.mark.parametrize(
    ("claimed", "stated", "turned"),
    [
        ("above 10 °C", "below 10 °C", True),
        ("at most 48 hours", "at least 48 hours", True),
        ("It fell to 7.", "It fell from 7 to 4.", True),
        ("It fell to 4.", "It fell from 7 to 4.", False),
        ("It fell from 4 to 7.", "It fell from 7 to 4.", True),
        ("over 10", "10", False),
        ("above 10", "below 10, and above 10", False),
    ],
)
def test_a_bound_turned_round_is_found(claimed: str, stated: str, turned: bool) -> None:
    found = [turned_bound(one, quantities(stated)) for one in quantities(claimed)]
    assert any(found) is turned
