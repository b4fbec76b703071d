"""What a question says of when papers came into the set: "the papers I added this week", "imported since Monday". Pure.

The day that it is is given: nothing here knows a clock.
"""

import re

from paperchat.bibliography import Scope
from paperchat.errors import InputError
from paperchat.protocols import Day
from paperchat.text import lexicon

_MONTHS, _WEEKDAYS = lexicon.values("calendar", "month"), lexicon.values("calendar", "weekday")

_COUNTS = {word: int(value) for word, value in lexicon.values("numerals", "unit").items()}

_MONTH, _WEEKDAY, _COUNT = (lexicon.one_of(words) for words in (_MONTHS, _WEEKDAYS, _COUNTS))

_ADDED = re.compile(
    r"(?:\s{1,2}(?:that|which))?(?:\s{1,2}did)?(?:\s{1,2}(?:I|we|you|they))?(?:\s?['\u2019]ve|\s{1,2}(?:have|has|were|was|had|been)){0,2}"
    rf"\s{{1,2}}(?:(?P<lately>{lexicon.any_of('narrowing.lately')})\s{{1,2}})?{lexicon.any_of('narrowing.added')}\b"
    r"(?:\s{1,2}(?:here|to (?:the|this|my|our) (?:set|library)))?",
    re.IGNORECASE,
)

_LATELY = re.compile(rf"\s{{1,2}}{lexicon.any_of('narrowing.lately')}\b", re.IGNORECASE)

_DATE = (
    r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)|"
    rf"(?:the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>20\d\d))?|"
    rf"(?P<month2>{_MONTH})(?: (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?)?(?:,? (?P<year2>20\d\d))?"
)

_WHEN = re.compile(
    rf"\s{{1,2}}(?:(?P<how>since|after|before|until|till|from|on|in|of)\s{{1,2}})?"
    rf"(?:(?P<word>today|yesterday)|(?P<which>this|last|the last|the past|past) (?P<unit>week|month|year|{_WEEKDAY})|"
    rf"(?P<weekday>{_WEEKDAY})|(?:the )?(?:last|past) (?P<count>\d{{1,3}}|{_COUNT}) (?P<units>day|week|month)s|"
    rf"{_DATE})\b",
    re.IGNORECASE,
)

_TYPED = re.compile(
    r"(?P<since>\d{4}-\d\d-\d\d(?:T[\d:.+-]{5,25}Z?)?)?(?:\s{0,3}\bto (?P<until>\d{4}-\d\d-\d\d))?", re.IGNORECASE
)

_DAYS = {"day": 1, "week": 7, "month": 30}


def added_at(text: str, at: int, today: Day | None, latest: str) -> tuple[Scope, int] | None:
    """Return when papers that are named before a place came into the set, and where the words that say so end.

    None where nothing is said of it. `latest` is the time of the last import.
    """
    added = _ADDED.match(text, at)
    if not added or today is None:
        return None
    lately = _LATELY.match(text, added.end())
    if when := _WHEN.match(text, added.end()):
        span = _span(when, today)
        return (_meant(span, (when["how"] or "").lower(), today), when.end()) if span else None
    if added["lately"] or lately:
        return Scope(imported_since=latest), (lately or added).end()
    return None


def typed_days(text: str, today: Day | None) -> tuple[str, str]:
    """Return since when, and until when ("": now) papers came in by what is typed: a day, "Monday", two with "to".

    Raises InputError for what is none.
    """
    text = " ".join(text.split())
    if not text or today is None:
        return "", ""
    if found := _TYPED.fullmatch(text):
        days = (found["since"] or "", found["until"] or "")
        if all(not day or _number(today, *map(int, day[:10].split("-"))) for day in days):
            return days
    when = _WHEN.fullmatch(f" since {text}")
    if span := _span(when, today) if when else None:
        return today.fromordinal(span[0]).isoformat(), ""
    raise InputError(f"{text[:40]!r} is no day.", f"For example: {today.isoformat()}, or: Monday")


def _span(when: re.Match[str], today: Day) -> tuple[int, int] | None:
    """Return the first and the last day of what is named, as numbers; None for a day that no month has."""
    number = today.toordinal()
    weekday = (number - 1) % 7
    if word := when["word"]:
        day = number - (word.lower() == "yesterday")
        return day, day
    if name := when["weekday"] or (when["unit"] if when["unit"] and when["unit"].lower() in _WEEKDAYS else None):
        back = (weekday - int(_WEEKDAYS[name.lower()])) % 7
        day = number - (back or 7 * bool(when["which"] and "last" in when["which"].lower()))
        return day, day
    if count := when["count"]:
        days = (_COUNTS.get(count.lower()) or int(count)) * _DAYS[when["units"].lower()]
        return number - days + 1, number
    if unit := when["unit"]:
        return _whole(unit.lower(), when["which"].lower() == "this", today)
    return _dated(when, today)


def _whole(unit: str, this: bool, today: Day) -> tuple[int, int]:
    """Return the days of this week, month or year up to now, or of the one before."""
    number = today.toordinal()
    if unit == "week":
        first = number - (number - 1) % 7
        return (first, number) if this else (first - 7, first - 1)
    year, month = (today.year, today.month) if unit == "month" else (today.year, 1)
    first = _number(today, year, month, 1) or number
    if this:
        return first, number
    before = (year - 1, 12 if unit == "month" else 1) if month == 1 else (year, month - 1)
    return _number(today, *before, 1) or first, first - 1


def _dated(when: re.Match[str], today: Day) -> tuple[int, int] | None:
    """Return the days of a date; one without a year is the last one that was."""
    if when["iso"]:
        year, month, day = map(int, when["iso"].split("-"))
        first = _number(today, year, month, day)
        return (first, first) if first else None
    name, said = when["month"] or when["month2"], when["day"] or when["day2"]
    month, year = int(_MONTHS[name.lower()]), int(when["year"] or when["year2"] or 0)
    first = _number(today, year or today.year, month, int(said or 1))
    if first and not year and first > today.toordinal():
        year = today.year - 1
        first = _number(today, year, month, int(said or 1))
    if not first:
        return None
    year, after = year or today.year, month % 12 + 1
    last = first if said else (_number(today, year + (after == 1), after, 1) or first) - 1
    return first, last


def _number(today: Day, year: int, month: int, day: int) -> int | None:
    """Return the number of a day, None where no month has it."""
    try:
        return today.replace(year, month, day).toordinal()
    except ValueError:
        return None


def _meant(span: tuple[int, int], how: str, today: Day) -> Scope:
    first, last = (today.fromordinal(number).isoformat() for number in span)
    if how in ("since", "from") and not (how == "from" and span[0] != span[1]):
        return Scope(imported_since=first)
    if how == "after":
        return Scope(imported_since=today.fromordinal(span[1] + 1).isoformat())
    if how == "before":
        return Scope(imported_until=today.fromordinal(span[0] - 1).isoformat())
    if how in ("until", "till"):
        return Scope(imported_until=last)
    return Scope(imported_since=first, imported_until="" if span[1] == today.toordinal() else last)
