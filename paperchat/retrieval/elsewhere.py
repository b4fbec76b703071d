"""The names of a question that the papers found do not have, looked for in the whole set before one is denied."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from paperchat.query.reading import Reading, settled
from paperchat.query.works import subjects
from paperchat.storage.bm25 import Keywords
from paperchat.storage.store import Store
from paperchat.text.likeness import nearest_spellings
from paperchat.text.mentions import ALIKE, LONG, is_written, may_mention, mentions, pieces
from paperchat.text.paper_text import PaperText
from paperchat.text.spelled_out import versions
from paperchat.text.tokens import content_words, content_words_of
from paperchat.types import Result

SOUGHT = 8
"""Most names of a question that are looked for."""

LOOKED_AT = 12
"""Most papers that are looked at for each way in which a name may be written."""

PIECES = 6
"""Most pieces of a name that are tried parted and joined."""

SMALL = 1000
"""Papers of a set of which all are looked at for a name in other spacing, and for what an acronym stands for."""

LONGEST = 30
"""Letters up to which a name may be parted anywhere."""

SPELLINGS = 3
"""Words of the set that are tried for a name that may be misspelt."""


_BEFORE, _BEHIND = re.compile(r"(?<![^\W_])([^\W_]{1,20}) $"), re.compile(r" ([^\W_]{1,20})(?![^\W_])")

_REACH = 22
"""Characters before a name in which its neighbour stands."""


def with_named(store: Store, reading: Reading) -> Reading:
    """Return the reading with the papers of the set behind what was found that its names are of, or that have them.

    One is looked for that no paper found has, and one that is compared and in no title found.
    """
    if not reading.texts:
        return reading
    reading = _joined(store, reading)
    demands, found = reading.demands, list(reading.texts)
    compared = subjects(reading.asked, demands) if demands.kind == "compare" else ()
    added = list[PaperText]()
    for name in demands.names[:SOUGHT]:
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


def _joined(store: Store, reading: Reading) -> Reading:
    """Return the reading with each two neighbours as one name that the papers write in one: "Sim CLR" is SimCLR.

    Both are names by themselves, or the one that is stands nowhere.
    """
    names = list(reading.demands.names)
    for name in reading.demands.names[:SOUGHT]:
        for phrase, other in _neighbours(reading.asked, name) if name in names else ():
            alone = other not in reading.demands.names and any(mentions(text.whole, name) for text in reading.texts)
            if not alone and _is_word(store, phrase):
                names = [phrase if own == name else own for own in names if own != other]
                break
    if tuple(names) == reading.demands.names:
        return reading
    return replace(reading, demands=replace(reading.demands, names=tuple(names)))


def _neighbours(question: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield a name of a question with the word before and with that behind it, and that word."""
    start = question.find(name)
    end = start + len(name)
    if start > 0 and (before := _BEFORE.search(question, max(0, start - _REACH), start)):
        yield question[before.start(1) : end], before[1]
    if start >= 0 and (behind := _BEHIND.match(question, end)):
        yield question[start : behind.end()], behind[1]


def _is_word(store: Store, phrase: str) -> bool:
    """Tell whether a paper of the set writes two words in one, or with a hyphen."""
    rows = content_words_of(["".join(pieces(phrase)), phrase])
    ids = list(dict.fromkeys(_with_words(rows, store.keywords)))[: 2 * SPELLINGS]
    return any(is_written(text.whole, phrase) for text in store.read(ids))


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
    words, joined = store.keywords, "".join(pieces(name))
    yield _with_words(content_words_of(_forms(name)), words)
    cuts = [f"{joined[:at]} {joined[at:]}" for at in range(1, min(len(joined), LONGEST))]
    begun = [[word] for word in words.vocabulary.values() if word.startswith(joined) and word != joined]
    yield _with_words([*content_words_of(cuts), *begun[:LOOKED_AT]], words)
    initials = "".join(word[0] for word in name.split())
    yield _with_words([content_words(initials)] if len(initials) > 1 else [], words)
    if len(store.papers) <= SMALL:
        whole = ((one.id, f"{one.title}. {one.abstract}") for one in store.papers.values())
        yield list(islice((key for key, text in whole if may_mention(text, name)), LOOKED_AT))
    if len(joined) >= LONG:
        near = nearest_spellings(joined, words.vocabulary, ALIKE, SPELLINGS)
        yield _with_words([[words.vocabulary[number]] for number in near], words)


def _with_words(rows: Iterable[Sequence[str]], words: Keywords) -> list[str]:
    """Return the papers that are best for each of these rows of words, as far as the set has all of its words."""
    known = (row for row in dict.fromkeys(map(tuple, rows)) if row and all(map(words.frequency, row)))
    return [key for row in known for key in words.search(row, LOOKED_AT)]


def _forms(name: str) -> list[str]:
    """Return a name with its pieces parted and joined in all ways, and with its version in other signs."""
    parts = pieces(name)[:PIECES]
    all_gaps = product((" ", ""), repeat=len(parts) - 1)
    written = ("".join(part + gap for part, gap in zip(parts, (*gaps, ""), strict=True)) for gaps in all_gaps)
    found = [name, *versions(pieces(name)), *written]
    return [form for one in found for form in (one, one.removesuffix("s"))]
