"""`paperchat export`: writes the whole set out again, abstracts included."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.files import check_place, write_file
from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, read_settings
from paperchat.errors import InputError
from paperchat.export.references import ENDINGS, SET_FORMATS, format_set

if TYPE_CHECKING:
    from paperchat.cli.options import Commands


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(commands, "export", "write the whole set out again, abstracts included", run)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=f"{', '.join(ENDINGS)}; none: it is printed")
    parser.add_argument("--format", choices=SET_FORMATS, help="by the ending of FILE where it is not named, or jsonl")


def run(arguments: argparse.Namespace) -> int:
    """Write the set to the file, or print it."""
    from paperchat.cli.terminal import show

    form = arguments.format or _by_ending(arguments.file)
    if arguments.file:
        check_place(arguments.file)
    with open_app(read_settings(arguments), once=True) as app:
        papers = app.library.papers
    text = format_set(papers, form)
    if arguments.file:
        write_file(arguments.file, text, f"set of {len(papers):,} papers")
    else:
        show(text, end="")
    return 0


def _by_ending(file: Path | None) -> str:
    """Return the format that the ending of a file asks for."""
    if file is None:
        return "jsonl"
    if file.suffix.lower() not in ENDINGS:
        raise InputError(f"{file} has no ending of a format.", f"End it in {', '.join(ENDINGS)}, or give --format.")
    return ENDINGS[file.suffix.lower()]
