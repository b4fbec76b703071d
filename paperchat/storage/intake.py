"""From files to the papers to keep: entries read, refused or merged, and a report of what became of them."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from paperchat.errors import InputError
from paperchat.storage.duplicates import Works, free_id, merged, same
from paperchat.storage.readers.choosing import read_source
from paperchat.storage.readers.encoding import stray_zeros
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

LENT = "\0/"
"""What the name of a file begins with that is not there any more."""

FIX = "paperchat reads BibTeX, RIS, PubMed's, Zotero's and EndNote's exports, CSV, JSON, arXiv's XML and PDF."


@dataclass(frozen=True, slots=True)
class Given:
    """What was read of files: each entry with its file as it was named, what was not taken, and what was mended."""

    entries: tuple[tuple[str, Entry], ...] = ()
    rejected: tuple[Rejected, ...] = ()
    mended: tuple[tuple[str, int], ...] = ()

    def uploaded(self) -> "Given":
        """Return the same of files that were no more than lent: what remains of each is its name."""
        entries = tuple((f"{LENT}{Path(file).name}", entry) for file, entry in self.entries)
        rejected = tuple(replace(one, file=Path(one.file).name) for one in self.rejected)
        return replace(self, entries=entries, rejected=rejected)


@dataclass(frozen=True, slots=True)
class Known:
    """The papers of the set, and over them what waits to become part of it, None for one that is to go."""

    papers: Mapping[str, Paper]
    waiting: Mapping[str, Paper | None] = field(default_factory=dict)

    @property
    def there(self) -> dict[str, Paper]:
        """The papers that there will be once nothing waits."""
        return {key: paper for key, paper in {**self.papers, **self.waiting}.items() if paper}


@dataclass(frozen=True, slots=True)
class Taken:
    """What is to be kept of what was given: the papers that are new or other than before, and a report.

    `origins` are the ids of all papers that were given, by their files as they were named.
    """

    papers: tuple[Paper, ...]
    report: Report
    origins: Mapping[str, Collection[str]]


def read_files(paths: Sequence[Path], tell: Callable[[int], None] = lambda _: None) -> Given:
    """Return what files and folders hold; raises InputError when nothing of it can be read (see `gather_files`)."""
    given = gather_files(paths, tell)
    if paths and not given.entries:
        if not given.rejected:
            raise InputError(f"Cannot read {paths[0]}: there is no file in it.", FIX)
        first, more = given.rejected[0], len(given.rejected) - 1
        others = f" ({more:,} more like it)" if more else ""
        raise InputError(f"Cannot read {first}.{others}", "" if first.place else FIX)
    return given


def gather_files(paths: Sequence[Path], tell: Callable[[int], None] = lambda _: None) -> Given:
    """Return what files and folders hold, be it nothing; `tell` is called with the entries read, as they are read."""
    entries, rejected, mistaken = list[tuple[str, Entry]](), list[Rejected](), Counter[str]()
    for found in _found(paths, mistaken, lambda: tell(len(entries))):
        tell(len(entries))
        if not isinstance(found, Rejected):
            entries.append(found)
        elif len(rejected) < MOST_REJECTED:
            rejected.append(found)
    return Given(tuple(entries), tuple(rejected), tuple(sorted(mistaken.items())))


def _found(
    paths: Sequence[Path], mistaken: Counter[str], waiting: Callable[[], None]
) -> Iterator[tuple[str, Entry] | Rejected]:
    for source in sources(paths):
        if isinstance(source, tuple):
            yield Rejected(source[0], source[1].place, source[1].reason)
            continue
        source = replace(source, waiting=waiting)
        for one in read_source(source):
            entry = one if isinstance(one, Fault) else _checked(one, mistaken)
            if isinstance(entry, Fault):
                yield Rejected(source.name, entry.place, entry.reason)
            else:
                yield source.name, entry
        if "text" in vars(source) and (strays := stray_zeros(source.data)):  # it was read as text
            mistaken["zero byte"] += strays


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


def take_in(known: Known, given: Given, now: str = "", newer: Collection[str] = ()) -> Taken:
    """Return what to keep of each entry over what is `known`, new papers as imported `now`.

    The papers with the ids `newer` are replaced by what was given of them, where else the better record wins.
    """
    own, files, double = _gathered(given)
    there, touched, origins = known.there, dict[str, Paper](), defaultdict[str, set[str]](set)
    works = Works(there.values())
    for new in own:
        paper = works.find(new)
        key = paper.id if paper else free_id(new, works)
        for file in files[new.id]:
            if not file.startswith(LENT):
                origins[file].add(key)
        new = replace(new, id=key)
        if paper:
            again, renamed = key in touched, signature(paper.title) != signature(new.title)
            double += again or renamed
            follows = key in newer or (not renamed and paper.source == new.source)
            new = merged(paper, new, newer=not again and follows)
        touched[key] = replace(new, imported=paper.imported if paper else now)
        works.put(touched[key])
    fresh = tuple(paper for key, paper in touched.items() if key not in there or not same(paper, there[key]))
    return Taken(fresh, _report(known.papers, given, touched, double), origins)


def _report(known: Mapping[str, Paper], given: Given, touched: Mapping[str, Paper], double: int) -> Report:
    other = [one for one in touched.values() if one.id in known and not same(one, known[one.id])]
    added = sum(key not in known for key in touched)
    bare = sum(not paper.abstract for paper in touched.values())
    counts = (added, len(other), len(touched) - added - len(other), double, bare)
    texts = [known[one.id] for one in other if known[one.id].abstract not in ("", one.abstract)]
    replaced = tuple(" ".join(printable(plain(one.title)).split()) for one in texts)
    new = (one for one in touched.values() if one.id not in known or one in other)
    scanned = tuple(one.id for one in new if one.source.lower().endswith((".pdf", ".pdf.gz")))
    return Report(*counts, given.rejected, replaced, given.mended, pdfs=scanned)


def _gathered(given: Given) -> tuple[list[Paper], Mapping[str, Collection[str]], int]:
    """Return the works that were read, the files of each by its id, and how many entries were of one of another entry.

    By themselves: so what is read again is made up again in the same way.
    """
    works, files, double = Works(()), defaultdict[str, dict[str, None]](dict), 0
    for file, entry in given.entries:
        new = Paper("", entry.title, entry.abstract, Path(file).name, entry.details)
        paper = works.find(new)
        new = replace(new, id=paper.id if paper else free_id(new, works))
        double += paper is not None
        works.put(merged(paper, new) if paper else new)
        files[new.id][file] = None
    return works.papers(), files, double
