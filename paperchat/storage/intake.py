"""From files to the papers to keep: entries read, refused or merged, and a report of what became of them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paperchat.errors import InputError
from paperchat.storage.duplicates import Works, free_id, merged, same
from paperchat.storage.readers.choosing import read_source
from paperchat.storage.readers.entry import Entry, Fault
from paperchat.storage.readers.files import sources
from paperchat.storage.readers.listing import MAX_ABSTRACT, MAX_TITLE
from paperchat.storage.report import Rejected, Report
from paperchat.text.cleaning import printable
from paperchat.text.mending import deceiving, mended
from paperchat.text.plain import plain
from paperchat.text.titles import signature
from paperchat.types import Paper

MOST_REJECTED = 10_000
"""Faults that are kept of an import."""

NOTHING = re.compile(r"\[?(?:no abstract|abstract not|not) (?:is )?available\.?\]?|n/?a", re.IGNORECASE)
"""What databases write where there is no abstract."""

_STOP = re.compile(r"(?<=[^\W\d_]{4})\.")

FIX = "paperchat reads BibTeX, RIS, PubMed's, Zotero's and EndNote's exports, CSV, JSON, arXiv's XML and PDF."


@dataclass(frozen=True, slots=True)
class Given:
    """What was read of files: each entry with the name of its file, what was not taken, and what was mended."""

    entries: tuple[tuple[str, Entry], ...] = ()
    rejected: tuple[Rejected, ...] = ()
    mended: tuple[tuple[str, int], ...] = ()


def read_files(paths: Sequence[Path]) -> Given:
    """Return what files and folders hold; raises InputError when nothing of it can be read."""
    entries, rejected, mistaken = list[tuple[str, Entry]](), list[Rejected](), Counter[str]()
    for found in _found(paths, mistaken):
        if not isinstance(found, Rejected):
            entries.append(found)
        elif len(rejected) < MOST_REJECTED:
            rejected.append(found)
    if paths and not entries:
        if not rejected:
            raise InputError(f"Cannot read {paths[0]}: there is no file in it.", FIX)
        more = f" ({len(rejected) - 1:,} more like it)" if len(rejected) > 1 else ""
        raise InputError(f"Cannot read {rejected[0]}.{more}", FIX if not rejected[0].place else "")
    return Given(tuple(entries), tuple(rejected), tuple(sorted(mistaken.items())))


def _found(paths: Sequence[Path], mistaken: Counter[str]) -> Iterator[tuple[str, Entry] | Rejected]:
    for source in sources(paths):
        if isinstance(source, tuple):
            yield Rejected(source[0], source[1].place, source[1].reason)
            continue
        for one in read_source(source):
            entry = one if isinstance(one, Fault) else _checked(one, mistaken)
            if isinstance(entry, Fault):
                yield Rejected(source.name, entry.place, entry.reason)
            else:
                yield Path(source.name).name, entry


def _checked(entry: Entry, mistaken: Counter[str]) -> Entry | Fault:
    """Return an entry as it is kept; a fault for one that cannot be a paper, or deceives.

    Characters that are there by mistake are mended, and counted.
    """
    title, abstract = mended(entry.title), mended(entry.abstract)
    mistaken.update(dict(title.kinds))
    mistaken.update(dict(abstract.kinds))
    return _taken(entry, title.text.strip(), abstract.text.strip())


def _taken(entry: Entry, title: str, abstract: str) -> Entry | Fault:
    if entry.details.kind and title.count(".") == 1 and title.endswith(".") and _STOP.search(title):
        title = title[:-1]  # some programs end a title as a sentence
    abstract = "" if NOTHING.fullmatch(abstract) else abstract
    if not title:
        return Fault(entry.place, "has no title")
    for name, text, most in (("title", title, MAX_TITLE), ("abstract", abstract, MAX_ABSTRACT)):
        if len(text) > most:
            return Fault(entry.place, f"its {name} has {len(text):,} characters; {most:,} is the most")
        if found := deceiving(text):
            return Fault(entry.place, f"its {name} has U+{ord(found[0][0]):04X}, which hides or reorders text")
    return Entry(entry.place, title, abstract, entry.details)


def take_in(known: Mapping[str, Paper], given: Given) -> tuple[list[Paper], Report]:
    """Return the papers to keep, and what became of each entry, over the papers that are `known`."""
    own, double = _gathered(given)
    works, touched = Works(known.values()), dict[str, Paper]()
    for new in own:
        paper = works.find(new)
        key = paper.id if paper else free_id(new, works)
        new = replace(new, id=key)
        if paper:
            again, renamed = key in touched, signature(paper.title) != signature(new.title)
            double += again or renamed
            new = merged(paper, new, newer=not again and not renamed and paper.source == new.source)
        touched[key] = new
        works.put(new)
    fresh = [paper for key, paper in touched.items() if key not in known or not same(paper, known[key])]
    added = sum(paper.id not in known for paper in fresh)
    bare = sum(not paper.abstract for paper in touched.values())
    counts = (added, len(fresh) - added, len(touched) - len(fresh), double, bare)
    texts = [known[one.id] for one in fresh if one.id in known and known[one.id].abstract not in ("", one.abstract)]
    replaced = tuple(" ".join(printable(plain(one.title)).split()) for one in texts)
    return fresh, Report(*counts, given.rejected, replaced, given.mended)


def _gathered(given: Given) -> tuple[list[Paper], int]:
    """Return the works that were read, and how many entries were of one that another is of: by themselves.

    So what is read again is made up again in the same way.
    """
    works, double = Works(()), 0
    for file, entry in given.entries:
        new = Paper("", entry.title, entry.abstract, file, entry.details)
        paper = works.find(new)
        new = replace(new, id=paper.id if paper else free_id(new, works))
        double += paper is not None
        works.put(merged(paper, new) if paper else new)
    return works.papers(), double
