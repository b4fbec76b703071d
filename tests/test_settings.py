"""Settings: where they come from, and what a wrong one says."""

from pathlib import Path

import pytest

from paperchat.errors import SettingsError
from paperchat.settings import load_settings, ollama_address

HERE = Path("/here")


def test_a_flag_wins_over_the_environment_which_wins_over_the_default() -> None:
    settings = load_settings(HERE, {"PAPERCHAT_PORT": "7000", "PAPERCHAT_PAPERS": "5"}, {"port": "8000", "model": None})
    assert (settings.port, settings.papers, settings.num_ctx, settings.data) == (8000, 5, 8192, HERE)


@pytest.mark.parametrize(
    ("environment", "flags", "says"),
    [
        ({"PAPERCHAT_PORT": "abc"}, {}, "PAPERCHAT_PORT='abc' is not allowed. Use a number from 1 to 65535."),
        ({}, {"port": "0"}, "--port='0'"),
        ({}, {"num_ctx": "10"}, "--num-ctx='10'"),
        ({"PAPERCHAT_TIMEOUT": "nan"}, {}, "PAPERCHAT_TIMEOUT='nan'"),
        ({}, {"embedder": "bert"}, "--embedder='bert' is not an embedder. Use minilm or ollama:<model>."),
        ({}, {"embedder": "ollama:"}, "is not an embedder"),
        ({"OLLAMA_HOST": "not an address"}, {}, "OLLAMA_HOST='not an address' is not an address"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(
    environment: dict[str, str], flags: dict[str, str], says: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(HERE, environment, flags)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("127.0.0.1:11434", "http://127.0.0.1:11434"),
        ("localhost", "http://localhost:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("https://gpu.example", "https://gpu.example:443"),
        ("http://gpu.example/ollama/", "http://gpu.example:80/ollama"),
        ("[::1]:5000", "http://[::1]:5000"),
    ],
)
def test_ollama_host_is_read_by_ollamas_rules(given: str, read: str) -> None:
    assert ollama_address("OLLAMA_HOST", given) == read


def test_a_store_behind_a_link_that_leads_nowhere_is_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "unmounted")
    with pytest.raises(SettingsError, match="unmounted, which is not there"):
        load_settings(tmp_path / "link", {}, {})
    assert not (tmp_path / "unmounted").exists()
