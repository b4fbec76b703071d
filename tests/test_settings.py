"""Settings: where they come from, and what a wrong one says."""

from pathlib import Path

import pytest

from paperchat.errors import SettingsError
from paperchat.settings import AS_STARTED, Choice, Settings, load_settings, ollama_address

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
        ({"PAPERCHAT_CHROMA": "not an address"}, {}, "PAPERCHAT_CHROMA='not an address' is not an address. Use for"),
        ({}, {"chroma": "localhost:1/path"}, "--chroma='localhost:1/path' has a path, which Chroma servers do not."),
        ({"OLLAMA_HOST": "not an address"}, {}, "OLLAMA_HOST='not an address' is not an address"),
        ({}, {"num_ctx": "1024", "max_tokens": "600"}, "An answer of 600 tokens is too long for a context of 1,024."),
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


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("localhost", "http://localhost:8000"),
        ("[::1]:8001", "http://[::1]:8001"),
        ("https://chroma.example", "https://chroma.example:443"),
    ],
)
def test_the_address_of_a_chroma_server_is_read_by_the_same_rules(given: str, read: str) -> None:
    assert load_settings(HERE, {"PAPERCHAT_CHROMA": given}, {}).chroma == read
    assert load_settings(HERE, {}, {"chroma": given}).chroma == read


def test_a_store_behind_a_link_that_leads_nowhere_is_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "unmounted")
    with pytest.raises(SettingsError, match="unmounted, which is not there"):
        load_settings(tmp_path / "link", {}, {})
    assert not (tmp_path / "unmounted").exists()


STARTED = Settings(HERE, papers=6, form="strict")


@pytest.mark.parametrize(
    ("name", "text", "changed"),
    [
        ("papers", " 12 ", Choice(papers=12)),
        ("papers", "6", AS_STARTED),
        ("papers", "", AS_STARTED),
        ("form", "free", Choice(form="free")),
        ("form", "strict", AS_STARTED),
        ("model", "qwen3:8b", Choice("qwen3:8b")),
        ("think", "no", AS_STARTED),
    ],
)
def test_a_reader_changes_a_setting_and_what_is_so_anyway_is_no_change(name: str, text: str, changed: Choice) -> None:
    assert AS_STARTED.changed(name, text, STARTED, "It") == changed
    assert changed.over(STARTED) == AS_STARTED.changed(name, text, STARTED, "It").over(STARTED)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("papers", "99", "It: '99' is not allowed. Use a number from 1 to 50."),
        ("papers", "many", "It: 'many' is not allowed. Use a number from 1 to 50."),
        ("form", "prose", "It: 'prose' is not allowed. Use strict or free."),
        ("max_tokens", "5000", "An answer of 5,000 tokens is too long for a context of 8,192. It may take half of it"),
        ("num_ctx", "1000", "It: '1000' is not allowed."),
    ],
)
def test_what_a_reader_may_not_choose_names_the_value_and_the_limits(name: str, text: str, says: str) -> None:
    with pytest.raises(SettingsError) as raised:
        AS_STARTED.changed(name, text, STARTED, "It")
    assert str(raised.value).startswith(says)


def test_a_choice_keeps_what_was_changed_before_and_leaves_the_rest_as_started() -> None:
    choice = Choice(papers=3).changed("think", "yes", STARTED, "It")
    assert choice.over(STARTED) == Settings(HERE, papers=3, form="strict", think="yes")
