"""What a scope is called by readers: "by Ogden, since 2019", "asking 14 of 2,310 papers". Pure."""

from collections.abc import Mapping, Sequence

from paperchat.bibliography import Scope
from paperchat.text.cleaning import clean
from paperchat.types import Paper

SHOWN = 3
"""Most names of a kind that are told."""


def worded(scope: Scope, papers: Mapping[str, Paper]) -> str:
    """Return which papers a scope has, in words; `papers` are those of the set by their ids."""
    parts = [_chosen([clean(papers[key].title) for key in scope.papers if key in papers])] if scope.papers else []
    parts += [f"by {_either(scope.authors)}"] if scope.authors else []
    parts += [_years(scope.since, scope.until)] if scope.has_years else []
    parts += [f"in {_either(scope.venues)}"] if scope.venues else []
    parts += [f"with the keyword {_either(scope.keywords)}"] if scope.keywords else []
    parts += [_imported(_day(scope.imported_since), _day(scope.imported_until))]
    return ", ".join(filter(None, parts))


def asking(scope: Scope, asked: int, papers: Mapping[str, Paper], undated: int) -> str:
    """Return how many of these papers are asked, and which; empty where all of them are.

    Those are told, too, that are left out for nothing but that their year is not known (`Catalogue.undated`).
    """
    if not scope:
        return ""
    return f"asking {asked:,} of {_counted(len(papers))}: {worded(scope, papers)}{_without_year(undated)}"


def none_of(scope: Scope, papers: Mapping[str, Paper], undated: int) -> str:
    """Return the line that says that no paper is in a scope, and likewise of those without a year."""
    return f"None of the {_counted(len(papers))} is {worded(scope, papers)}{_without_year(undated)}."


def _without_year(count: int) -> str:
    return f" ({count:,} without a year {'was' if count == 1 else 'were'} not asked)" if count else ""


def _imported(since: str, until: str) -> str:
    if not until:
        return f"added since {since}" if since else ""
    if since == until:
        return f"added on {since}"
    return f"added from {since} to {until}" if since else f"added until {until}"


def _day(time: str) -> str:
    """Return a day as it is, a time to the minute."""
    return time.replace("T", " ")[:16]


def _chosen(titles: Sequence[str]) -> str:
    return f"“{titles[0]}”" if len(titles) == 1 else f"{len(titles):,} chosen ones"


def _years(since: int | None, until: int | None) -> str:
    if since is None:
        return f"until {until}"
    if until is None:
        return f"since {since}"
    return f"from {since}" if since == until else f"from {since} to {until}"


def _either(names: Sequence[str]) -> str:
    shown = [*names[:SHOWN], *[f"{len(names) - SHOWN} more"] * (len(names) > SHOWN)]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _counted(papers: int) -> str:
    return f"{papers:,} paper{'s' * (papers != 1)}"
