"""When papers came into the set, as a question says it, on a day that is given."""

from datetime import date

import pytest

from paperchat.bibliography import Scope
from paperchat.errors import InputError
from paperchat.query.additions import added_at, typed_days

FRIDAY = date(2026, 11, 27)
LATEST = "2026-11-20T10:00:00+01:00"


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        (" I added today", "2026-11-27", ""),
        (" that were added yesterday", "2026-11-26", "2026-11-26"),
        (" that I have imported this week", "2026-11-23", ""),
        (" we've uploaded last week", "2026-11-16", "2026-11-22"),
        (" added since Monday", "2026-11-23", ""),
        (" added to my library since last Tuesday", "2026-11-24", ""),
        (" added on Friday", "2026-11-27", ""),
        (" I added last Friday", "2026-11-20", "2026-11-20"),
        (" added this month", "2026-11-01", ""),
        (" added last month", "2026-10-01", "2026-10-31"),
        (" I put in this year", "2026-01-01", ""),
        (" added last year", "2025-01-01", "2025-12-31"),
        (" added in the last three days", "2026-11-25", ""),
        (" imported in the past 2 weeks", "2026-11-14", ""),
        (" added since 2026-11-01", "2026-11-01", ""),
        (" added after 1 November", "2026-11-02", ""),
        (" added before 3 March 2025", "", "2025-03-02"),
        (" added until October 31, 2025", "", "2025-10-31"),
        (" imported in November", "2026-11-01", "2026-11-30"),
        (" added in December", "2025-12-01", "2025-12-31"),
        (" did I add today", "2026-11-27", ""),
        (" I added last", LATEST, ""),
        (" just added", LATEST, ""),
    ],
)
def test_what_is_said_of_an_import_is_read(words: str, since: str, until: str) -> None:
    found = added_at(f"papers{words}, and why?", len("papers"), FRIDAY, LATEST)
    assert found == (Scope(imported_since=since, imported_until=until), len(f"papers{words}"))


@pytest.mark.parametrize(
    "words",
    [
        " which add noise",
        " added",
        " on graphs added today",
        " from today",
        " that use last week's data",
        " added on 31 November",
    ],
)
def test_what_says_nothing_of_an_import_is_left(words: str) -> None:
    assert added_at(f"papers{words}", len("papers"), FRIDAY, LATEST) is None


def test_without_a_day_nothing_is_read() -> None:
    assert added_at("papers added today", len("papers"), None, LATEST) is None


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("", ("", "")),
        (" 2026-11-01 ", ("2026-11-01", "")),
        ("Monday", ("2026-11-23", "")),
        ("last week", ("2026-11-16", "")),
        ("2026-11-01 to 2026-11-05", ("2026-11-01", "2026-11-05")),
        ("to 2026-11-05", ("", "2026-11-05")),
        (LATEST, (LATEST, "")),
    ],
)
def test_days_are_typed_in_many_ways(typed: str, days: tuple[str, str]) -> None:
    assert typed_days(typed, FRIDAY) == days


@pytest.mark.parametrize("typed", ["2026-13-45", "soon", "2026-02-30", "to"])
def test_what_is_no_day_is_told(typed: str) -> None:
    with pytest.raises(InputError, match=r"is no day\. For example: 2026-11-27, or: Monday"):
        typed_days(typed, FRIDAY)
