"""What is there, what is not, and how to mend it. Nothing is changed: not even a damaged index is rebuilt."""

import os
from collections.abc import Collection
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from paperchat.errors import ModelError, StoreError, UnreachableError, UnwritableError
from paperchat.models.ollama import OllamaServer
from paperchat.models.recommended import fitting, memory_at, why
from paperchat.settings import Settings
from paperchat.storage.address import Address
from paperchat.storage.conversations import History
from paperchat.storage.folder import CONVERSATIONS, LOCK, RECORD, lock_folder, open_record, traces
from paperchat.storage.manifest import read_manifest
from paperchat.storage.records import Record
from paperchat.storage.seal import check_seals
from paperchat.storage.set_folders import deleted_sets, set_folders

REBUILT = "The next start builds it from the record; no paper is embedded again."


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was found, whether that is good, and the fix when not."""

    what: str
    found: str
    good: bool
    fix: str = ""
    optional: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the finding as a JSON object."""
        return asdict(self)


def examine(settings: Settings, page: Address | None = None, flags: str = "") -> list[Finding]:
    """Return what is found of store, conversations, Ollama and model; Ollama is optional.

    Where a `page` has the store open, it is only counted: what the page writes just now is not held against it. With
    these `flags` a command is about the same store.
    """
    store = _store(settings, flags) if page is None else _served(settings.data, page, flags)
    return [*store, *_vectors(settings), *_conversations(settings.data / CONVERSATIONS), *_ollama(settings)]


def examine_sets(data: Path) -> list[Finding]:
    """Return which sets there are, where there are several or one was deleted."""
    named, gone = ([repr(one.name) for one in sets] for sets in (set_folders(data), deleted_sets(data)))
    if len(named) == 1 and not gone:
        return []
    deleted = f"; deleted: {', '.join(gone)} (paperchat sets restore NAME)" if gone else ""
    return [Finding("sets", f"{', '.join(named) or 'none'}{deleted}", True)]


def _store(settings: Settings, flags: str) -> list[Finding]:
    folder = settings.data
    if not folder.exists() or not (os.path.lexists(folder / RECORD) or traces(folder)):
        return [Finding("store", f"none yet in {folder}", True, "The next command that needs one makes it.")]
    try:
        findings = _is_writable(folder)
        with closing(open_record(folder, writable=False)) as record:
            count, waiting = len(record.papers()), _waiting(record, f"Go on with: paperchat index{flags}")
        indexed = _index(settings, count) if count or not waiting else []
        return [Finding("store", f"{count:,} papers in {folder}", True), *findings, *waiting, *indexed]
    except StoreError as error:
        return [Finding("store", error.message, False, error.fix)]


def _waiting(record: Record, fix: str) -> list[Finding]:
    """Return what an import left that was stopped: papers that were taken in and are not yet part of the set."""
    count = record.waiting.count()
    if not count:
        return []
    gone = len(record.waiting.gone())
    found = (
        [f"{count - gone:,} papers wait, of which {record.waiting.embedded():,} are embedded"] if count > gone else []
    )
    found += [f"{gone:,} are to go"] if gone else []
    return [Finding("import", f"not at its end: {', and '.join(found)}", False, fix, optional=True)]


def _served(folder: Path, page: Address, flags: str) -> list[Finding]:
    found = Finding("page", f"open at {page.url}, process {page.process}: commands are asked of it", True)
    try:
        with closing(open_record(folder, writable=False)) as record:
            fix = f"If the page does not go on with it just now, its screen Add papers does, or: paperchat index{flags}"
            store = Finding("store", f"{len(record.papers()):,} papers in {folder}", True)
            return [store, *_waiting(record, fix), found]
    except StoreError as error:
        return [Finding("store", error.message, False, error.fix), found]


def _is_writable(folder: Path) -> list[Finding]:
    try:
        if os.path.lexists(folder / LOCK):
            lock_folder(folder).release()
    except UnwritableError as error:
        return [Finding("folder", error.message, False, f"{error.fix} Answers are given meanwhile.", optional=True)]
    return []


def _index(settings: Settings, count: int) -> list[Finding]:
    folder = settings.data
    manifest, wrong = read_manifest(folder), ""
    if manifest is None:
        wrong = "there is none that can be used"
    elif count != manifest.papers:
        wrong = f"it is of {manifest.papers:,} papers, the record holds {count:,}"
    elif manifest.server != settings.chroma:
        wrong = f"its vectors are {_where(manifest.server)}, not {_where(settings.chroma)}"
    elif manifest.files:
        try:
            check_seals(folder / manifest.folder, manifest.files)
        except (StoreError, OSError) as error:
            wrong = str(error)
    return [Finding("index", wrong or "as it was left", not wrong, REBUILT if wrong else "", optional=True)]


def _where(server: str) -> str:
    return f"in the Chroma server at {server}" if server else "in its folder"


def _vectors(settings: Settings) -> list[Finding]:
    """Return whether the Chroma server answers that is to hold the vectors, and has them; nothing without one."""
    if not settings.chroma:
        return []
    from paperchat.storage.chroma_server import count_at

    manifest = read_manifest(settings.data)
    own = manifest if manifest and manifest.server == settings.chroma else None
    try:
        held = count_at(settings.chroma, settings.data / own.folder if own else None)
    except UnreachableError as error:
        return [Finding("Chroma server", error.message, False, error.fix)]
    except StoreError as error:
        return [Finding("Chroma server", error.message, False, REBUILT, optional=True)]
    found, whole = f"answers at {settings.chroma}", own is None or held == own.chunks
    told = f"{found}, holds {held:,} of {own.chunks:,} chunks of the index" if own else f"{found}, holds no index yet"
    return [Finding("Chroma server", told, whole, "" if whole else REBUILT, optional=True)]


def _conversations(path: Path) -> list[Finding]:
    if not os.path.lexists(path):
        return []
    try:
        History(path, writable=False).close()
    except StoreError as error:
        return [Finding("conversations", error.message, False, error.fix, optional=True)]
    return []


def _ollama(settings: Settings) -> list[Finding]:
    server = OllamaServer(settings.ollama_host, settings.model, settings.num_ctx, settings.timeout)
    try:
        findings = [Finding("Ollama", f"version {server.version()} at {settings.ollama_host}", True)]
    except ModelError as error:
        missing = Finding("Ollama", error.message, False, error.fix, optional=True)
        return [missing, _recommended(settings.ollama_host, ())]
    installed: Collection[str] = ()
    try:
        installed = {model.name for model in server.models()}
        model = server.choose()
        chat = Finding("chat model", f"{model.name} ({server.context(model):,} tokens of context)", True)
    except ModelError as error:
        chat = Finding("chat model", error.message, False, error.fix, optional=True)
    return [*findings, chat, _recommended(settings.ollama_host, installed)]


def _recommended(host: str, installed: Collection[str]) -> Finding:
    """Return which model suits the machine, with the line that installs it where it is not; any other is as good."""
    memory = memory_at(host)
    best = fitting(memory)[0]
    return Finding("recommended", why(memory, best), True, "" if best.name in installed else f"Run: {best.command}")
