"""Settings: one frozen value, read once from the environment and the command line; and what a reader changes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from paperchat.errors import SettingsError

DEFAULT_OLLAMA = "http://127.0.0.1:11434"

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user can choose. Each field is the environment variable PAPERCHAT_<FIELD> and a flag of its name."""

    data: Path
    """Folder of the store: papers, vectors and the Chroma index."""
    set: str = ""
    """Name of the set of papers in it; empty: the first one."""
    model: str = ""
    """Ollama chat model; empty: the best one installed."""
    embedder: str = "minilm"
    """`minilm` (in this process) or `ollama:<model>`."""
    chroma: str = ""
    """Address of the Chroma server that holds the vector index; empty: it is in the folder of the store."""
    ollama_host: str = DEFAULT_OLLAMA
    """Address of the Ollama server, from OLLAMA_HOST."""
    num_ctx: int = 8192
    """Context asked of the model, in tokens; never more than the model has."""
    max_tokens: int = 512
    """Longest answer, in tokens."""
    evidence_tokens: int = 0
    """Most evidence shown to the model, in tokens; 0: by its size (see models/sizes.py), as are the next two."""
    evidence_papers: int = 0
    """Most papers that an answer from several is written from."""
    form: str = ""
    """`strict`: one sentence on each paper, in order; `free`: the model orders and joins them itself."""
    think: str = "no"
    """`yes` lets a model that can think do so first; it then takes longer."""
    papers: int = 8
    """Papers retrieved for a question."""
    timeout: float = 300.0
    """Longest silence of the model server, in seconds; loading a large model takes minutes."""
    host: str = "127.0.0.1"
    """Address that the page is served on."""
    port: int = 7860
    """Port that the page is served on."""


NO_MODEL = "-"
"""In the place of a model's name: none is to write, and an answer is the evidence."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one reader, or one question, changes of the settings of these names; empty or 0 leaves one as it is."""

    model: str = ""
    papers: int = 0
    evidence_tokens: int = 0
    evidence_papers: int = 0
    form: str = ""
    think: str = ""
    max_tokens: int = 0
    num_ctx: int = 0

    def over(self, settings: Settings) -> Settings:
        """Return the settings as they are changed."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(settings, **{name: value for name, value in given.items() if value})

    def changed(self, name: str, text: str, settings: Settings, title: str) -> "Choice":
        """Return this with a setting as it was typed, under its `title`; an empty text, or what it is anyway, is none.

        Raises SettingsError for what is not allowed over these settings.
        """
        value = _parse(name, f"{title}: ", text.strip()) if text.strip() else getattr(AS_STARTED, name)
        changed: Mapping[str, Any] = {name: getattr(AS_STARTED, name) if value == getattr(settings, name) else value}
        own = replace(self, **changed)
        _check_room(own.over(settings))
        return own


AS_STARTED = Choice()

WITHOUT_MODEL = Choice(NO_MODEL)

_MOUNT = "Mount or make it, or choose another with --data."

CHOICES: Mapping[str, tuple[str, ...]] = {"form": ("strict", "free"), "think": ("yes", "no")}

LIMITS: Mapping[str, tuple[float, float]] = {
    "num_ctx": (1024, 1_048_576),
    "max_tokens": (32, 8192),
    "evidence_tokens": (100, 100_000),
    "evidence_papers": (1, 50),
    "papers": (1, 50),
    "timeout": (1, 3600),
    "port": (1, 65535),
}


def load_settings(default_data: Path, environment: Mapping[str, str], flags: Mapping[str, str | None]) -> Settings:
    """Return the settings: a flag wins over PAPERCHAT_<NAME>, which wins over the default.

    Raises SettingsError naming the setting, its value and what is allowed.
    """
    given: dict[str, tuple[str, str]] = {}
    for field in fields(Settings):
        variable = "OLLAMA_HOST" if field.name == "ollama_host" else f"PAPERCHAT_{field.name.upper()}"
        if environment.get(variable):
            given[field.name] = (f"{variable}=", environment[variable])
        flag = flags.get(field.name)
        if flag is not None:
            given[field.name] = (f"--{field.name.replace('_', '-')}=", flag)
    values: dict[str, Any] = {name: _parse(name, origin, text) for name, (origin, text) in given.items()}
    settings = replace(Settings(data=default_data), **values)
    _check_room(settings)
    return replace(settings, data=_resolved(settings.data))


def _check_room(settings: Settings) -> None:
    """Raise SettingsError where an answer may be so long that the context has no room for what it is made from."""
    if 2 * settings.max_tokens > settings.num_ctx:
        problem = f"An answer of {settings.max_tokens:,} tokens is too long for a context of {settings.num_ctx:,}."
        raise SettingsError(problem, "It may take half of it: make the context larger, or the longest answer shorter.")


def _resolved(data: Path) -> Path:
    """Return the folder of the store as an absolute path; raise SettingsError for a link whose goal is not there."""
    try:
        folder = data.expanduser()
        if folder.is_symlink() and not folder.exists():
            raise SettingsError(f"data={str(data)!r} is a link to {folder.readlink()}, which is not there.", _MOUNT)
        return folder.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise SettingsError(f"data={str(data)!r} is not a folder: {error}.", "Choose another with --data.") from None


def _parse(name: str, origin: str, text: str) -> Path | str | int | float:
    if name == "data":
        return Path(text)
    if name in LIMITS:
        return _number(name, origin, text)
    if name == "embedder" and text != "minilm" and not (text.startswith("ollama:") and text != "ollama:"):
        raise SettingsError(f"{origin}{text!r} is not an embedder.", "Use minilm or ollama:<model>.")
    if name in CHOICES and text not in CHOICES[name]:
        raise SettingsError(f"{origin}{text!r} is not allowed.", f"Use {' or '.join(CHOICES[name])}.")
    if name == "chroma":
        return chroma_address(origin.rstrip("="), text)
    if name == "ollama_host":
        return ollama_address(origin.rstrip("="), text)
    return text.strip()


def _number(name: str, origin: str, text: str) -> int | float:
    low, high = LIMITS[name]
    try:
        value = float(text) if name == "timeout" else int(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise SettingsError(f"{origin}{text!r} is not allowed.", f"Use a number from {low} to {high}.")
    return value


def ollama_address(origin: str, text: str) -> str:
    """Return OLLAMA_HOST as a URL, by Ollama's own rules: scheme and port may be left out, 0.0.0.0 is this machine."""
    return _address(origin, text, 11434)


def chroma_address(origin: str, text: str) -> str:
    """Return the address of a Chroma server as a URL, by the same rules; raises SettingsError for one with a path."""
    address = _address(origin, text, 8000)
    if urlsplit(address).path:
        raise SettingsError(f"{origin}={text!r} has a path, which Chroma servers do not.", "Leave it out.")
    return address


def _address(origin: str, text: str, usual: int) -> str:
    """Return an address as a URL with its port, the `usual` one where neither port nor scheme is given."""
    wrong = SettingsError(f"{origin}={text!r} is not an address.", f"Use for example 127.0.0.1:{usual}.")
    address = text.strip().strip("\"'")
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in address:
        raise wrong
    if port is None:
        port = {"http": 80, "https": 443}[parts.scheme] if "://" in address else usual
    host = "127.0.0.1" if parts.hostname in ("0.0.0.0", "::") else parts.hostname
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}{parts.path.rstrip('/')}"
