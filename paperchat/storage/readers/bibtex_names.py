"""The people of a field of BibTeX or BibLaTeX, parted by the rules of these."""

import re
from collections.abc import Mapping

from paperchat.bibliography import OTHERS, Person
from paperchat.storage.readers.people import SUFFIX, people
from paperchat.storage.readers.plain import brace_depth, ungrouped

DEEPEST = 9
"""Braces within braces from which on a field has no names."""

_MACRO = re.compile(r"(?i:(?<=\sand\s))\\")

_PART = re.compile(
    r"\s{0,9}(family|given|prefix|suffix|useprefix|given-i|family-i|prefix-i|suffix-i|id|hash)\s{0,9}=\s{0,9}"
    r"(\{[^{}]{0,300}\}|\"[^\"]{0,300}\"|(?:\{[^{}]{0,300}\}|[^,{}]){0,300})\s{0,9}(?:,|\Z)",
    re.IGNORECASE,
)
"""A part of a name as BibLaTeX has it: `family=Berg, given=Jan, prefix=van der, useprefix=true`."""


def named_people(field: str) -> tuple[Person, ...]:
    """Return the people of a field; "and others" is one of them, for it says that there are more."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    text = " ".join(field.split())
    if not text or brace_depth(text) > DEEPEST:
        return ()
    # bibtexparser takes the stroke of an accent behind "and" away: an empty group keeps it
    return people(map(_person, split_multiple_persons_names(_MACRO.sub(r"{}\\", text))))


def _person(written: str) -> Person:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if told := _told(written):
        return told
    parts = parse_single_name_into_parts(written, strict=False)
    first, junior = " ".join(parts.first), " ".join(parts.jr)
    if SUFFIX.fullmatch(first) and junior and not SUFFIX.fullmatch(junior):
        first, junior = junior, first  # "Doe, Jane, Jr.", as other formats have it
    family = ungrouped(" ".join(filter(None, [*parts.von, *parts.last, junior])))
    return OTHERS if family.lower() == OTHERS.family and not first else Person(family, ungrouped(first))


def _told(written: str) -> Person | None:
    """Return the person whose parts are named, None where they are not."""
    parts: dict[str, str] = {}
    place = 0
    while found := _PART.match(written, place):
        parts.setdefault(found[1].lower(), ungrouped(found[2].strip().strip('"')))
        place = found.end()
        if place >= len(written):
            break
    if place < len(written) or not parts.get("family", parts.get("given")):
        return None
    return Person(_family(parts), parts.get("given", "")) if parts.get("family") else Person(parts["given"])


def _family(parts: Mapping[str, str]) -> str:
    return " ".join(parts[name] for name in ("prefix", "family", "suffix") if parts.get(name))
