"""`paperchat sets`: lists the sets of papers, and makes, renames, deletes and restores them."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.beside import check_page
from paperchat.cli.options import add_command, add_json, add_settings, read_settings
from paperchat.cli.served import served_sets

if TYPE_CHECKING:
    from paperchat.cli.options import Commands
    from paperchat.storage.set_folders import SetFolder


@dataclass(frozen=True, slots=True)
class _Row:
    """A set as it is listed."""

    key: str
    name: str
    papers: int
    folder: str
    deleted: bool


def add_parser(commands: "Commands") -> None:
    """Add the command, and what it can do besides to list."""
    parser = add_command(commands, "sets", "list the sets of papers; create, rename, delete, restore one", run)
    add_json(parser)
    parser.set_defaults(act="list")
    acts = parser.add_subparsers(title="what to do with one", metavar="ACT")
    named = {"create": "make an empty set", "rename": "call a set otherwise", "delete": "move a set aside"}
    for act, text in named.items():
        one = _add_act(acts, act, text)
        one.add_argument("name", metavar="NAME")
        if act == "rename":
            one.add_argument("new", metavar="NEW_NAME")
    _add_act(acts, "restore", "put back a set that was deleted").add_argument("name", metavar="NAME", nargs="?")


def _add_act(acts: "Commands", act: str, text: str) -> argparse.ArgumentParser:
    parser = acts.add_parser(act, help=text, description=text)
    add_settings(parser)
    parser.set_defaults(act=act)
    return parser


def run(arguments: argparse.Namespace) -> int:
    """List the sets, or do what is asked with one and say where it is."""
    from paperchat.cli.terminal import show

    data = read_settings(arguments).data
    if arguments.act == "list":
        _list(data, arguments.json)
    else:
        show(_done(arguments, data))
    return 0


def _done(arguments: argparse.Namespace, data: Path) -> str:
    """Do what is asked with a set; return the line that says so."""
    from paperchat.storage.set_folders import create_set, rename_set, restore_set

    if arguments.act == "create":
        name = create_set(data, arguments.name).name
        return f"The set {name!r} is made; put papers into it with: paperchat index FILES --set {_quoted(name)}"
    if arguments.act == "rename":
        return f"The set is called {rename_set(data, arguments.name, arguments.new).name!r} now."
    if arguments.act == "delete":
        one = _deleted(data, arguments.name)
        return (
            f"The set {one.name!r} is in {one.folder} now. To put it back: paperchat sets restore {_quoted(one.name)}"
        )
    sets, name = served_sets(), arguments.name or ""
    return f"The set {(sets.restore(name) if sets else restore_set(data, name)).name!r} is back."


def _deleted(data: Path, name: str) -> "SetFolder":
    """Move a set aside; where a page has it open, that one does."""
    from paperchat.storage.set_folders import delete_set, find_set

    own = find_set(data, name)
    if sets := served_sets():
        return sets.delete(own.key)
    check_page(own.folder)
    return delete_set(data, name)


def _quoted(name: str) -> str:
    """Return a name as a shell takes it for one word."""
    from shlex import quote

    return quote(name)


def _list(data: Path, as_json: bool) -> None:
    from dataclasses import asdict

    from paperchat.cli.terminal import print_json, show
    from paperchat.storage.set_folders import deleted_sets, set_folders

    there = [_row(one) for one in set_folders(data)]
    rows = [*there, *(_row(one, deleted=True) for one in deleted_sets(data))]
    width = max((len(row.name) for row in rows), default=0)
    if not (there or as_json):
        show(NONE)
    for row in rows:
        if as_json:
            print_json(asdict(row))
        else:
            where = (
                f"deleted; to put it back: paperchat sets restore {_quoted(row.name)}" if row.deleted else row.folder
            )
            show(f"{row.name:<{width}}  {row.papers:>7,} papers  {where}")


NONE = (
    "There is no set of papers. To make one: paperchat index FILES, or paperchat sets create NAME; of the papers that "
    "come with paperchat: paperchat index --shipped"
)


def _row(one: "SetFolder", deleted: bool = False) -> _Row:
    from paperchat.storage.manifest import read_manifest

    manifest = read_manifest(one.folder)
    return _Row(one.key, one.name, manifest.papers if manifest else 0, str(one.folder), deleted)
