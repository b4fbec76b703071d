"""The names of authors and editors, parted into family and given names as far as their source tells."""

import re
from collections.abc import Iterable

from paperchat.bibliography import OTHERS, Person
from paperchat.storage.readers.fields import one_line
from paperchat.text import lexicon

MOST = 6_000
"""Most people that are kept of an entry: collaborations have thousands."""

LONGEST = 300
"""Characters of a name; what is longer is no name."""

LONGEST_LIST = 200_000
"""Characters of a list of people that are read."""

_NUMBER = re.compile(r"\s?\(\d{5,15}\)")  # of an author, in Scopus

_BETWEEN = re.compile(r",\sand\s|,\s|\sand\s|\s&\s")

_AND = re.compile(r"\sand\s|\s&\s")

_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,5}")

_COLLECTIVE = re.compile(rf"\b{lexicon.any_of('collectives')}\b", re.IGNORECASE)

_MORE = re.compile(r"(?:and )?(?:et\.? al|others)\.?", re.IGNORECASE)

_NOBODY = re.compile(r"\[?no author (?:name|id) (?:is )?available\]?|\[no authors? listed\]", re.IGNORECASE)
"""What databases write where there is no author."""

SUFFIX = re.compile(r"(?:jr|sr|[ivx]{2,4})\.?", re.IGNORECASE)


def people(names: Iterable[Person | None]) -> tuple[Person, ...]:
    """Return people as they are kept: those that have a name, in their order, each once; "et al." is OTHERS."""
    named = (one for one in names if one and 0 < len(one.name) <= LONGEST and not _NOBODY.fullmatch(one.name))
    found = dict.fromkeys(OTHERS if _MORE.fullmatch(one.name) else one for one in named)
    return tuple(found)[:MOST]


def inverted(text: str) -> Person:
    """Return the person whose name is written "Family, Given" or "Family, Given, Jr"; without a comma all is family."""
    family, _, given = one_line(text).partition(",")
    given, _, suffix = given.partition(",")
    return Person(one_line(f"{family} {suffix}"), given.strip())


def with_initials(text: str) -> Person:
    """Return the person whose name is written "Family AB" or "Family A.B."; one without initials is a family alone."""
    text = one_line(text)
    if "," in text:
        return inverted(text)
    family, _, last = text.rpartition(" ")
    if family and _INITIALS.fullmatch(last):
        return Person(family, last)
    return Person(text)


def natural(text: str) -> Person:
    """Return the person whose name is written as it is said, "Jan van der Berg"; a group is a family alone."""
    text = one_line(text)
    if "," in text:
        return inverted(text)
    if _COLLECTIVE.search(text) or len(text) > LONGEST:
        return Person(text)
    words = text.split()
    suffix = words.pop() if words[2:] and SUFFIX.fullmatch(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():  # "van", "de la"
        start -= 1
    return Person(" ".join([*words[max(start, 0) :], *filter(None, [suffix])]), " ".join(words[: max(start, 0)]))


def listed(text: str) -> list[Person]:
    """Return the people of a list that is one text, whatever parts them: "A. Doe; B. Roe", "Doe A, Roe B"."""
    text = one_line(_NUMBER.sub("", text[:LONGEST_LIST]))
    if ";" in text:
        return [inverted(one) if "," in one else with_initials(one) for one in text.split(";") if one.strip()]
    parts = [one for one in _BETWEEN.split(text) if one.strip()]
    if len(parts) > 1 and all(" " in one.strip() for one in parts):  # each a whole name
        return [_either(one) for one in parts]
    pairs = [one for one in _AND.split(text) if one.strip()]
    return [_either(one) if "," not in one else inverted(one) for one in pairs]


def _either(text: str) -> Person:
    """Return a person whose initials may stand behind the name, or the given name before it."""
    person = with_initials(text.strip().removesuffix("."))
    return with_initials(text) if person.given else natural(text)
