"""The names of a question that the papers found do not have, looked for in the whole set before one is denied."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from paperchat.query.reading import Reading, settled
from paperchat.query.works import subjects
from paperchat.storage.bm25 import Keywords
from paperchat.storage.store import Store
from paperchat.text.likeness import nearest_spellings
from paperchat.text.mentions import ALIKE, LONG, mentions, pieces
from paperchat.text.paper_text import PaperText
from paperchat.text.spelled_out import stands_for, versions
from paperchat.text.tokens import content_words, content_words_of
from paperchat.types import Result

SOUGHT = 8
"""Most names of a question that are looked for."""

LOOKED_AT = 12
"""Most papers that are looked at for each way in which a name may be written."""

PIECES = 6
"""Most pieces of a name that are tried parted and joined."""

SPELT_OUT = 1000
"""Papers of a set of which all are looked at for what an acronym stands for."""

SPELLINGS = 3
"""Words of the set that are tried for a name that may be misspelt."""


def with_named(store: Store, reading: Reading) -> Reading:
    """Return the reading with the papers of the set behind what was found that its names are of, or that have them.

    One is looked for that no paper found has, and one that is compared and in no title found.
    """
    demands, found = reading.demands, list(reading.texts)
    compared = subjects(reading.asked, demands) if demands.kind == "compare" else ()
    added = list[PaperText]()
    for name in demands.names[:SOUGHT] if found else ():
        held = any(mentions(text.whole, name) for text in found)
        if held and (name not in compared or any(mentions(text.title, name) for text in found)):
            continue
        known = {text.paper.id for text in found}
        one = _of(name, _candidates(store, name, known), titled=held)
        if one is not None:
            found.append(one)
            added.append(one)
    if not added:
        return reading
    last = len(reading.results)
    further = (Result(text.paper, last + n, 0.0, None, None, text.sentences[:1]) for n, text in enumerate(added, 1))
    return settled(replace(reading, results=(*reading.results, *further), texts=tuple(found)))


def _of(name: str, candidates: Iterator[PaperText], titled: bool) -> PaperText | None:
    """Return the first paper with a name in its title, or else, unless only that will do, the first one with it."""
    first = None
    for text in candidates:
        if mentions(text.title, name):
            return text
        if first is None and not titled and mentions(text.whole, name):
            first = text
    return first


def _candidates(store: Store, name: str, known: Collection[str]) -> Iterator[PaperText]:
    """Yield the papers that may have a name: by its words in all ways to part them, then spelt out, then misspelt."""
    seen = set(known)
    for ids in _places(store, name):
        fresh = [key for key in dict.fromkeys(ids) if key not in seen]
        seen.update(fresh)
        texts = store.read(fresh)
        yield from texts
        if any(mentions(text.whole, name) for text in texts):
            return


def _places(store: Store, name: str) -> Iterator[list[str]]:
    words = store.keywords
    written = [list(row) for row in dict.fromkeys(map(tuple, content_words_of(_forms(name)))) if row]
    whole = [row for row in written if all(words.frequency(word) for word in row)]
    parted = whole or [row for each in written if (row := _parted(each, words))]
    yield [key for row in parted for key in words.search(row, LOOKED_AT)]
    initials = "".join(word[0] for word in name.split())
    if len(initials) > 1 and words.frequency(initials.lower()):
        yield list(words.search(content_words(initials), LOOKED_AT))
    if name.isascii() and len(store.papers) <= SPELT_OUT:
        papers = store.papers.values()
        yield list(islice((one.id for one in papers if stands_for(f"{one.title}. {one.abstract}", name)), LOOKED_AT))
    joined = "".join(pieces(name))
    if len(joined) >= LONG:
        near = nearest_spellings(joined, words.vocabulary, ALIKE, SPELLINGS)
        yield [key for number in near for key in words.search([words.vocabulary[number]], LOOKED_AT)]


def _forms(name: str) -> list[str]:
    """Return a name with its pieces parted and joined in all ways, and with its version in other signs."""
    parts = pieces(name)[:PIECES]
    all_gaps = product((" ", ""), repeat=len(parts) - 1)
    written = ("".join(part + gap for part, gap in zip(parts, (*gaps, ""), strict=True)) for gaps in all_gaps)
    return [name, *versions(pieces(name)), *written]


def _parted(row: Sequence[str], words: Keywords) -> list[str]:
    """Return a word that no paper has as the two of the set that it is written in, or none."""
    (word, *more) = row
    at = next((at for at in range(2, len(word) - 1) if words.frequency(word[:at]) and words.frequency(word[at:])), 0)
    return [word[:at], word[at:]] if at and not more else []
