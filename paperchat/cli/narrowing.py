"""Flags by which a command asks some of the papers alone: by author, year, venue, keyword, or chosen one by one."""

import argparse
from typing import TYPE_CHECKING

from paperchat.bibliography import Scope
from paperchat.cli.progress import say
from paperchat.errors import InputError

if TYPE_CHECKING:
    from paperchat.app import App

NAMED = (
    ("--author", "NAME", "only papers by this author; again for another one"),
    ("--venue", "NAME", "only papers of this journal or conference; again for another one"),
    ("--keyword", "WORD", "only papers with this keyword; again for another one"),
    ("--only", "PAPER", "only this paper, by id or title; again for another one"),
)

EARLIEST, LATEST = 1000, 2999


def add_narrowing(parser: argparse.ArgumentParser) -> None:
    """Give a parser the flags that choose papers."""
    for flag, value, text in NAMED:
        parser.add_argument(flag, metavar=value, action="append", default=[], help=text)
    parser.add_argument("--since", metavar="YEAR", help="only papers of this year and later")
    parser.add_argument("--until", metavar="YEAR", help="only papers of this year and earlier")
    parser.add_argument("--imported-since", metavar="DATE", help="only papers that were added on this day or later")


def read_scope(arguments: argparse.Namespace, app: "App", tell: bool = True) -> Scope | None:
    """Return which papers the flags choose, None without any; say how many, and raise InputError when there is none."""
    from paperchat.query.additions import typed_days
    from paperchat.query.scope import asking, none_of

    library = app.library
    chosen = tuple(paper.id for paper in library.find(arguments.only))
    since, until = _year("--since", arguments.since), _year("--until", arguments.until)
    if since is not None and until is not None and since > until:
        raise InputError(f"--since {since} is after --until {until}.", "Change one of them.")
    authors, venues, keywords = map(tuple, (arguments.author, arguments.venue, arguments.keyword))
    imported = typed_days(arguments.imported_since or "", library.today())
    scope = Scope(chosen, authors, venues, keywords, since, until, *imported)
    if not scope:
        return None
    part = library.narrowed(scope)
    asked, whole = len(part.papers), part.whole
    if not asked:
        raise InputError(none_of(scope, whole, part.undated), "Leave a flag out, or see: paperchat papers")
    if tell:
        line = asking(scope, asked, whole, part.undated)
        say(f"{line[0].upper()}{line[1:]}.")
    return scope


def _year(flag: str, text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isdecimal() and EARLIEST <= int(text) <= LATEST):
        raise InputError(f"{flag} {text!r} is no year.", f"For example: {flag} 2019")
    return int(text)
