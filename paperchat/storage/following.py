"""Which papers leave a set with the files and folders that it follows. Pure: no file is looked at.

What cannot be read, or looks as if it had been emptied, takes no paper away unless that was said to be meant.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FEW = 5
"""Papers that may leave a source at once whatever share of it they are."""

SURE = "--yes removes them"

Files = Mapping[str, Collection[str]]
"""The ids of papers, by the whole path of their file."""


@dataclass(frozen=True, slots=True)
class Following:
    """The files and folders that are followed, and whether it is meant that papers go, however many they are."""

    paths: tuple[Path, ...]
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """The papers that go, the files that papers have left, and lines on those that stay all the same."""

    papers: tuple[str, ...]
    files: Files
    stayed: tuple[str, ...]


def left(following: Following, before: Files, now: Files, faulty: Collection[str]) -> Left:
    """Return what leaves the set: papers that came from what is followed, are no longer in it and from nowhere else.

    `before` tells where papers came from so far, `now` what was read, `faulty` the files that were not read whole.
    """
    files, stayed = defaultdict[str, set[str]](set), list[str]()
    for path in following.paths:
        own = {file: set(keys) for file, keys in before.items() if within(file, [path])}
        found = set[str]().union(*(keys for file, keys in now.items() if within(file, [path])))
        missing = {file: keys - found for file, keys in own.items()}
        count = len(set[str]().union(*missing.values()))
        if count and not following.sure:
            if line := _doubt(path, count, len(set[str]().union(*own.values())), bool(found)):
                stayed.append(line)
                continue
            stayed += _whole(missing, faulty)
            missing = {file: keys for file, keys in missing.items() if not _is_faulty(file, faulty)}
        for file, keys in missing.items():
            files[file] |= keys
    elsewhere = set[str]().union(
        *(set(keys) - files.get(file, set()) for file, keys in [*before.items(), *now.items()])
    )
    gone = dict.fromkeys(key for keys in files.values() for key in sorted(keys) if key not in elsewhere)
    return Left(tuple(gone), files, tuple(stayed))


def within(file: str, paths: Sequence[Path]) -> bool:
    """Tell whether a file is one of these, or in one of these folders."""
    return any(Path(file) == path or path in Path(file).parents for path in paths)


def _is_faulty(file: str, faulty: Collection[str]) -> bool:
    """Tell whether a file, or a folder that it is in, was not read whole."""
    return any(within(file, [Path(one)]) for one in faulty)


def _doubt(path: Path, missing: int, papers: int, has_any: bool) -> str:
    """Return the line that says why papers that a source no longer has stay, or an empty string."""
    if not has_any:
        return f"Nothing was read of {path}: its {_papers(papers)} {'stays' if papers == 1 else 'stay'} ({SURE})."
    if missing > FEW and 2 * missing > papers:
        return f"{missing:,} of the {_papers(papers)} of {path} are no longer in it: they stay ({SURE})."
    return ""


def _whole(missing: Files, faulty: Collection[str]) -> Iterator[str]:
    for file, keys in missing.items():
        if keys and _is_faulty(file, faulty):
            stay = "stays" if len(keys) == 1 else "stay"
            yield f"{file} was not read whole: {_papers(len(keys))} not found in it {stay} ({SURE})."


def _papers(count: int) -> str:
    return f"{count:,} {'paper' if count == 1 else 'papers'}"


def resolved(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return whole paths, so that a source is the same from wherever it is named."""
    return tuple(path.resolve() for path in paths)
