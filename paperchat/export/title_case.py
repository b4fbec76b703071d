"""Titles as styles of references ask for them: capitals, and quotation marks within others. Pure functions."""

import re
from collections.abc import Iterator

from paperchat.export.csl import read_line
from paperchat.export.formulas import Aside
from paperchat.text import lexicon
from paperchat.text.cleaning import clean
from paperchat.text.language_id import is_english
from paperchat.types import Paper

_SMALL = lexicon.words("title_words.small")

_ORDINARY = lexicon.words("title_words.ordinary") | _SMALL

_WORD = re.compile(r"\S+")

_CORE = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")

_PART = re.compile(r"[^\W\d_]+")

_BEGINS = (":", "?", "!", ".", "\u2014")
"""What a part of a title ends with before another begins."""

_OPENING = "\u201c\u2018\u00ab\"'([\u00bf\u00a1"

_CLOSING = "\u201d\u2019\u00bb\"')],.;:?!\u2026"

_SINGLE, _DOUBLE = ("\u2018", "\u2019"), ("\u201c", "\u201d")

_MARK = re.compile("[\u201c\u201d\"]|(?<![^\\W_])[\u2018']|[\u2019'](?![^\\W_])")
"""Marks that may be quotation marks; within a word they are apostrophes."""

_OPENERS, _STRAIGHT = "\u201c\u2018", "\"'"

_PARTNERS = {"\u201d": "\u201c", "\u2019": "\u2018"}

_BEFORE = " ([{\u201c\u2018\u2014-\"'"
"""What may stand before a straight mark that opens."""

_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
"""A word with a capital though no sentence begins."""

_LOWER = re.compile(r"(?<![\w-])[a-z]+")

_LEAST = 0.6
"""Of the longer words of a title in title case so many have a capital."""

_LONG = 4
"""Letters of a longer word."""


def styled_title(paper: Paper, case: str) -> str:
    """Return the title of a paper as it is read, in "title" or "sentence" case where it is English and can bear it."""
    if not case or not _is_english(paper):
        return read_line(paper.title)
    aside = Aside()
    title = " ".join(clean(aside.without_formulas(paper.title)).split())
    title = _in_title_case(title) if case == "title" else _in_sentence_case(title, paper.abstract)
    return aside.back(title, read_line)


def _is_english(paper: Paper) -> bool:
    language = paper.details.language
    return language[:2].lower() == "en" if language else is_english(read_line(paper.title))


def _in_title_case(title: str) -> str:
    if title.isupper():
        return title
    end = len(title.rstrip(_CLOSING))
    cores = []
    for start, core, begins in _words(title):
        past = start + len(core)
        is_small = core in _SMALL and not begins and past < end
        is_work = start == 0 and title[past : past + 1] == ":" and core not in _ORDINARY
        cores.append(core if is_small or is_work else _capital(core))
    return _joined(title, cores)


def _capital(core: str) -> str:
    """Return a word with a capital; what has capitals already, and "k-means", stay."""
    parts = core.split("-")
    if not core.islower() or (core != "a" and any(len(part) == 1 for part in parts)):
        return core
    first, *more = parts
    return "-".join([first[0].upper() + first[1:], *(p if p in _SMALL else p[0].upper() + p[1:] for p in more)])


def _in_sentence_case(title: str, abstract: str) -> str:
    """Return a title with a capital where it or a part of it begins, and no others but those of names.

    Where one word of a title in title case may be a name or not, all of them keep their capitals.
    """
    words = list(_words(title))
    long = [core for _, core, begins in words if len(core) >= _LONG and not begins]
    capitals = sum(core[0].isupper() for core in long)
    if title.isupper():
        return title
    names, said = set(_INSIDE.findall(abstract)), set(_LOWER.findall(abstract))
    cores = [core for _, core, _ in words]
    if capitals >= max(2, _LEAST * len(long)):
        made = [_lowered(core, said, names, first=begins) for _, core, begins in words]
        cores = cores if None in made else [core for core in made if core]
    firsts = [begins and core in _ORDINARY for (_, _, begins), core in zip(words, cores, strict=True)]
    return _joined(title, [_capital(core) if first else core for core, first in zip(cores, firsts, strict=True)])


def _lowered(core: str, said: set[str], names: set[str], *, first: bool) -> str | None:
    """Return a word in small letters where it is surely no name, as it is where it surely is one, None where unsure."""
    made = []
    for place, part in enumerate(_PART.findall(core)):
        small = part.lower()
        if (first and place == 0) or not (part.istitle() and len(part) > 1):
            made.append("a" if part == "A" and not first else part)
        elif part in names and not (small in said and small in _ORDINARY):
            return None
        elif small in _ORDINARY or _is_said(small, said):
            made.append(small)
        else:
            return None
    rest = iter(made)
    return _PART.sub(lambda _: next(rest), core)


def _is_said(word: str, said: set[str]) -> bool:
    return bool({word, f"{word}s", word.removesuffix("s"), f"{word.removesuffix('ies')}y"} & said)


def _words(title: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the words of a title that are letters alone: where they stand, and whether the title or a part begins."""
    begins = True
    for found in _WORD.finditer(title):
        opened = found[0].lstrip(_OPENING)
        core = opened.rstrip(_CLOSING)
        if _CORE.fullmatch(core):
            yield found.end() - len(opened), core, begins
        if core or found[0] in _BEGINS:
            begins = found[0].endswith(_BEGINS) and not (found[0][-1] == "." and (core in _SMALL or len(core) == 1))


def _joined(title: str, cores: list[str]) -> str:
    """Return a title with its words as these."""
    made, past = [], 0
    for (start, core, _), new in zip(list(_words(title)), cores, strict=True):
        made += [title[past:start], new]
        past = start + len(core)
    return "".join([*made, title[past:]])


def quoted_within(text: str) -> str:
    """Return text as it stands in quotation marks: its own turn to single ones, those within them to double ones."""
    marks = dict(_pairs(text))
    made, depth = [], 0
    for place, character in enumerate(text):
        if place not in marks:
            made.append(character)
            continue
        depth += marks[place] == "open"
        opening, closing = _SINGLE if depth % 2 else _DOUBLE
        made.append(opening if marks[place] == "open" else closing)
        depth -= marks[place] == "close"
    return "".join(made)


def ends_quoted(text: str) -> int:
    """Return how many quotation marks at the end of a text close what they have a partner for."""
    closing = {place for place, side in _pairs(text) if side == "close"}
    count = 0
    while len(text) - 1 - count in closing:
        count += 1
    return count


def _pairs(text: str) -> Iterator[tuple[int, str]]:
    """Yield where quotation marks of a text stand that have a partner, each as "open" or "close"."""
    opened: list[tuple[int, str]] = []
    for found in _MARK.finditer(text):
        mark, place = found[0], found.start()
        if mark in _OPENERS or (mark in _STRAIGHT and (place == 0 or text[place - 1] in _BEFORE)):
            opened.append((place, mark))
            continue
        partner = _PARTNERS.get(mark, mark)
        while any(one == partner for _, one in opened):
            begun, one = opened.pop()
            if one == partner:
                yield begun, "open"
                yield place, "close"
                break
