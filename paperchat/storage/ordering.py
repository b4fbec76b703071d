"""What a store is opened for, carried out: files taken in, what it follows looked at, what waits gone on with."""

from collections.abc import Callable

from paperchat.errors import InputError
from paperchat.storage.following import Following, resolved
from paperchat.storage.incoming import Incoming, Order
from paperchat.storage.intake import gather_files, read_files
from paperchat.storage.readers.listing import SHIPPED, read_page
from paperchat.storage.report import Report
from paperchat.storage.store import Say, Store


def carry_out(order: Order, open_store: Callable[[], Store], say: Say, ships: bool = True) -> tuple[Store, Report]:
    """Return a store that is opened and indexed with what the order asks for, and what became of that.

    A new store gets the shipped papers without an order, if it `ships`. Files that cannot be read are told before it is
    opened.
    """
    given = None if order.following else read_files(order.files)
    store = open_store()
    try:
        incoming, report = store.incoming, Report()
        if order.following:
            report = followed(store.incoming, order.following)
        elif given and given.entries:
            report = incoming.take_in(given)
        if report.papers:
            say(f"{report.added + report.changed:,} new or changed papers of {report.papers:,}.")
        if incoming.count() and (order or not store.holds_papers()):
            incoming.embed()
            incoming.settle()
        elif waiting := incoming.count():
            say(f"{waiting:,} papers were taken in and wait to be indexed: paperchat index goes on with them.")
        elif ships and not store.holds_papers():
            store.add(read_page(SHIPPED))
        store.refresh(fewer=bool(report.removed))
    except BaseException:
        store.close()
        raise
    return store, report


def followed(incoming: Incoming, following: Following) -> Report:
    """Take in what has become of the files and folders that are followed, or of all that were before."""
    paths = resolved(following.paths) or incoming.followed()
    if not paths:
        raise InputError("This set follows no file or folder yet.", "Name one: paperchat index --sync FOLDER")
    given = gather_files(paths)
    report = incoming.take_in(given, Following(paths, following.sure))
    if not given.entries and not following.sure:
        first = (
            report.stayed[0] if report.stayed else f"Cannot read {given.rejected[0] if given.rejected else paths[0]}."
        )
        raise InputError(first, "" if report.stayed else "Name a file or folder with papers in it.")
    return report
