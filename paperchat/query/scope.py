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
    parts += [_years(scope.since, scope.until)] if scope.since is not None or scope.until is not None else []
    parts += [f"in {_either(scope.venues)}"] if scope.venues else []
    parts += [f"with the keyword {_either(scope.keywords)}"] if scope.keywords else []
    return ", ".join(parts)


def asking(scope: Scope, asked: int, papers: Mapping[str, Paper]) -> str:
    """Return how many of these papers are asked, and which; empty where all of them are."""
    return f"asking {asked:,} of {_counted(len(papers))}: {worded(scope, papers)}" if scope else ""


def none_of(scope: Scope, papers: Mapping[str, Paper]) -> str:
    """Return the line that says that no paper is in a scope."""
    return f"None of the {_counted(len(papers))} is {worded(scope, papers)}."


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
