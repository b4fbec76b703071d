"""What stands beside a noun for papers and says which are meant: year, author, venue, keyword, import. Pure.

Names count where the record has them, years where it tells any.
"""

import re
from dataclasses import dataclass, replace

from paperchat.bibliography import ALL, Scope
from paperchat.query.additions import added_at
from paperchat.query.catalogue import Catalogue
from paperchat.text import lexicon

YEAR = r"(?:1[89]|20)\d\d"

_YEARS = tuple(
    (kind, re.compile(rf"(?:{words})\b(?![%-])", re.IGNORECASE))
    for kind, words in (
        ("both", rf"between (?P<year>{YEAR}) and (?P<last>{YEAR})"),
        (
            "both",
            rf"(?:from|in|of|during) (?P<year>{YEAR}) ?(?:to|until|till|through|and|or|[-\u2013]) ?(?P<last>{YEAR})",
        ),
        ("decade", r"(?:from|in|of|during) the (?P<year>(?:1[89]|20)\d0)['\u2019]?s"),
        ("since", rf"from (?P<year>{YEAR})(?: on(?:wards?)?| and later| or later)"),
        ("since", rf"since (?P<year>{YEAR})"),
        ("after", rf"(?:from )?(?:after|newer than|later than|more recent than) (?P<year>{YEAR})"),
        ("before", rf"(?:from )?(?:before|prior to|older than|earlier than) (?P<year>{YEAR})"),
        ("until", rf"(?:from )?(?:until|till|up to|through) (?P<year>{YEAR})"),
        ("in", rf"(?:from|in|of|during|dated|for) (?:the year )?(?P<year>{YEAR})"),
        ("in", rf"(?P<year>{YEAR})"),
    )
)

_BETWEEN = re.compile(
    r"[\s,]{1,3}(?:(?:and|but|that|which|are|is|was|were|have|has|been|came|only|either|all|both)[\s,]{1,3}){0,4}"
    rf"(?:{lexicon.any_of('narrowing.out')}\s{{1,3}})?",
    re.IGNORECASE,
)

_BY = re.compile(r"(?:by|of|from)\s{1,3}", re.IGNORECASE)

_IN = re.compile(r"(?:in|at|from|of|by)\s{1,3}(?:the\s{1,3})?", re.IGNORECASE)

_TAGGED = re.compile(
    r"(?:tagged|with (?:the )?(?:keywords?|tags?)|under (?:the )?(?:keyword|tag))(?: (?:as|of|with))?\s{1,3}",
    re.IGNORECASE,
)

_WORD = re.compile(r"[^\W_](?:[\w.'\u2019&/-]{0,40}[^\W_])?\.?")

_SPACE = re.compile(r",?\s{1,2}")

_ALSO = re.compile(r"(?:,? (?P<joined>and|&) |,? or )", re.IGNORECASE)

_QUOTES = re.compile('["\u201c\u201d]?')

_OTHERS = re.compile(r"(?:,? et al\b\.?|,? and (?:colleagues|co-?workers|others)\b)", re.IGNORECASE)

_SAME = re.compile(rf"{lexicon.any_of('narrowing.same')}\b", re.IGNORECASE)

_PLURAL = re.compile(r"(?:s|people)$", re.IGNORECASE)

TELLS = lexicon.any_of("narrowing.tells")

_ENDS = re.compile(
    r"\s?(?:$|[,;.:?!()]"
    rf"|(?:and|or|but|that|which|who|since|from|in|at|about|on|use|before|after|et al|{TELLS})\b)",
    re.IGNORECASE,
)

_VOLUME = re.compile(rf",? {YEAR}\b")

LONGEST = 8
"""Most words of a name."""

SHORTEST = 3
"""Letters of the shortest name that is taken in small letters."""

_SMALL = lexicon.words("stop_words.searching") | lexicon.words("stop_words.asking")

_FIELDS = lexicon.words("field_names")


@dataclass(frozen=True, slots=True)
class Qualified:
    """The papers that are meant, and where the words that say so end; `same` names the author of papers spoken of."""

    scope: Scope
    end: int
    same: str = ""


def merged(scope: Scope, other: Scope) -> Scope:
    """Return a scope with what another one gives put in its place, kind by kind."""
    imported = other if other.imported_since or other.imported_until else scope
    years = other if other.has_years else scope
    return Scope(
        other.papers or scope.papers,
        other.authors or scope.authors,
        other.venues or scope.venues,
        other.keywords or scope.keywords,
        years.since,
        years.until,
        imported.imported_since,
        imported.imported_until,
        other.once,
    )


def qualified(text: str, at: int, catalogue: Catalogue) -> Qualified | None:
    """Return what is said, one after the other, from a place on; None when nothing is."""
    scope, end, same = ALL, at, ""
    while True:
        between = _BETWEEN.match(text, end)
        start = between.end() if between else end
        found = _of_import(text, end, catalogue) or _of_years(text, start, catalogue)
        found = found or _of_author(text, start, catalogue)
        found = found or _of_venue(text, start, catalogue) or _of_keyword(text, start, catalogue)
        if found is None:
            return Qualified(scope, end, same) if scope or same else None
        scope, end, same = merged(scope, found.scope), found.end, found.same or same


def _of_import(text: str, at: int, catalogue: Catalogue) -> Qualified | None:
    """Return when they came into the set, as far as the record tells that of any."""
    found = added_at(text, at, catalogue.today, catalogue.latest) if catalogue.latest else None
    return Qualified(*found) if found else None


def _of_years(text: str, at: int, catalogue: Catalogue) -> Qualified | None:
    """Return the years that are said, as far as most papers have one, or some have one of these."""
    for kind, pattern in _YEARS:
        if found := pattern.match(text, at):
            scope = years_of(kind, int(found["year"]), int(found.groupdict().get("last") or 0))
            known = catalogue.is_dated or catalogue.from_years(scope.since, scope.until)
            return Qualified(scope, found.end()) if known else None
    return None


def years_of(kind: str, year: int, last: int = 0) -> Scope:
    """Return the years that a kind of words means."""
    if kind == "both":
        return Scope(since=min(year, last), until=max(year, last))
    if kind == "decade":
        return Scope(since=year, until=year + 9)
    since = {"since": year, "after": year + 1, "in": year}.get(kind)
    return Scope(since=since, until={"before": year - 1, "until": year, "in": year}.get(kind))


def _of_author(text: str, at: int, catalogue: Catalogue) -> Qualified | None:
    by = _BY.match(text, at)
    if not by:
        return None
    if same := _SAME.match(text, by.end()):
        return (
            Qualified(ALL, same.end(), "all" if _PLURAL.search(same[0]) else "one") if catalogue.has_authors else None
        )
    found = authors_at(text, by.end(), catalogue)
    return Qualified(Scope(authors=found[0]), found[1]) if found else None


def authors_at(text: str, at: int, catalogue: Catalogue) -> tuple[tuple[str, ...], int] | None:
    """Return the authors of the record that stand at a place, those of one paper as "Ogden & Li", and where they end.

    "Et al." and the like are of them.
    """
    first = author_at(text, at, catalogue)
    if not first:
        return None
    names, end, together = [first[0]], first[1], True
    while (also := _ALSO.match(text, end)) and (other := author_at(text, also.end(), catalogue)):
        names, end, together = [*names, other[0]], other[1], together and bool(also["joined"])
    if others := _OTHERS.match(text, end):
        end = others.end()
    both = " & ".join(names)
    return (both,) if together and catalogue.by_author(both) else tuple(names), end


def author_at(text: str, at: int, catalogue: Catalogue) -> tuple[str, int] | None:
    """Return the longest name of an author of the record that stands at a place, and where it ends."""
    for name, end in _names_at(text, at):
        if name.islower() and (len(name) < SHORTEST or name in _SMALL or not _ENDS.match(text, end)):
            continue
        if not name.isdigit() and catalogue.by_author(name):
            return catalogue.written(name.rstrip(".")), end
    return None


def _of_venue(text: str, at: int, catalogue: Catalogue) -> Qualified | None:
    start = _IN.match(text, at)
    found = venue_at(text, start.end(), catalogue) if start else None
    if not found:
        return None
    scope, end = Scope(venues=(found[0],)), found[1]
    year = _VOLUME.match(text, end)
    if year and catalogue.years:
        number = int(year[0][-4:])
        return Qualified(replace(scope, since=number, until=number), year.end())
    return Qualified(scope, end)


def venue_at(text: str, at: int, catalogue: Catalogue) -> tuple[str, int] | None:
    """Return the longest name of a venue of the record that stands at a place, and where it ends."""
    return next(((name, end) for name, end in _names_at(text, at) if is_venue(name, catalogue)), None)


def is_venue(name: str, catalogue: Catalogue) -> bool:
    """Tell whether words are the name of a venue of the record, one word of it with its capital; no field's letters."""
    if name.lower() in _FIELDS or not catalogue.named_venue(name):
        return False
    return " " in name or not name.islower()


def _of_keyword(text: str, at: int, catalogue: Catalogue) -> Qualified | None:
    start = _TAGGED.match(text, at)
    if not start:
        return None
    for name, end in _names_at(text, _QUOTES.match(text, start.end()).end()):  # type: ignore[union-attr]  # it may be empty
        if catalogue.with_keyword(name):
            return Qualified(Scope(keywords=(name,)), _QUOTES.match(text, end).end())  # type: ignore[union-attr]
    return None


def _names_at(text: str, at: int) -> list[tuple[str, int]]:
    """Return the runs of words that begin at a place, the longest first, each with its end."""
    found: list[tuple[str, int]] = []
    word = _WORD.match(text, at)
    while word and len(found) < LONGEST:
        end = word.end()
        found.append((text[at:end], end))
        if text[end - 1] == "." and len(text[at:end].rsplit(maxsplit=1)[-1]) > 2:  # noqa: PLR2004  # no initial: a sentence ends
            found.append((text[at : end - 1], end - 1))
            break
        space = _SPACE.match(text, end)
        word = _WORD.match(text, space.end()) if space else None
    return found[::-1]
