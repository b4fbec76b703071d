"""Commands beside a page that has their set open: the page runs them, and they print what they print alone."""

import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import httpx
import pytest

from paperchat.cli.beside import TOKEN, packed, page_of, unpacked
from paperchat.cli.main import main
from paperchat.storage.address import Address, read_address, write_address
from tests.cli.test_main import BIB, PAGE
from tests.cli.test_stopping import started, until
from tests.conftest import NO_OLLAMA
from tests.ports import free_port
from tests.raw_server import RawServer

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Run:
    """What a command did."""

    code: int
    out: str
    err: str


def command(*arguments: str) -> Run:
    """Run a command in this process."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = main(arguments)
    return Run(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module", autouse=True)
def no_ollama() -> Iterator[None]:
    """As in `plain_environment`, for the page that all tests of this file share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OLLAMA_HOST", NO_OLLAMA)
        yield


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beside")
    (folder / "page.txt").write_text(PAGE)
    assert main(["index", str(folder / "page.txt"), "--data", str(folder / "store")]) == 0
    assert main(["sets", "create", "Other", "--data", str(folder / "store")]) == 0
    return folder / "store"


COMMANDS = {
    "ask": ["ask", "What does frobnication lower?"],
    "ask of some": ["ask", "What does frobnication lower?", "--only", "Grommets at Scale"],
    "search": ["search", "frobnication error", "-k", "1", "--json"],
    "find": ["find", "frob"],
    "papers": ["papers", "--json"],
    "cite": ["cite", "--all", "--format", "apa"],
    "export": ["export", "--format", "ris"],
    "trace": ["trace", "Frobnication lowers the error by 13 points on WidgetBench."],
    "an unknown paper": ["cite", "No such paper"],
    "an empty question": ["ask", ""],
    "no paper by": ["papers", "--author", "Nobody"],
    "no question": ["ask"],
}


@pytest.fixture(scope="module")
def alone(store: Path) -> dict[str, Run]:
    """What each command does alone."""
    return {name: command(*arguments, "--data", str(store)) for name, arguments in COMMANDS.items()}


@pytest.fixture(scope="module")
def address(store: Path, alone: object) -> Iterator[Address]:  # noqa: ARG001  # it has the store first
    """A page that has the store open."""
    port = free_port()
    with started("-m", "paperchat", "web", "--no-browser", "--port", str(port), "--data", str(store)) as process:
        until(lambda: page_of(store), process)
        found = read_address(store)
        assert found
        yield found
        process.terminate()
        process.communicate()
    assert read_address(store) is None


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_beside_a_page_what_it_prints_alone(
    name: str, store: Path, alone: dict[str, Run], address: Address
) -> None:
    assert page_of(store) == address
    assert command(*COMMANDS[name], "--data", str(store)) == alone[name]


def test_another_process_asks_the_page_and_reads_its_answer(
    store: Path, alone: dict[str, Run], address: Address
) -> None:
    assert page_of(store) == address
    asked = [sys.executable, "-m", "paperchat", *COMMANDS["ask"], "--data", str(store)]
    run = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert Run(run.returncode, run.stdout, run.stderr) == alone["ask"]


def test_files_are_those_of_who_asks_and_a_flag_counts(
    store: Path, address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page_of(store) == address
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q.jsonl").write_text(json.dumps({"id": "a", "question": "frobnication?"}) + "\n")
    run = command("ask", "--questions", "q.jsonl", "--json", "--data", str(store))
    assert json.loads(run.out)["id"] == "a"
    run = command("ask", "Frobnication?", "--receipt", "r.json", "--papers", "1", "--data", str(store))
    receipt = json.loads((tmp_path / "r.json").read_text())
    assert run.err == f"paperchat: The receipt is in {tmp_path / 'r.json'}.\n"
    assert receipt["settings"]["papers"] == 1
    run = command("replay", "r.json", "--data", str(store))
    assert (run.code, run.out.splitlines()[-1]) == (0, "The receipt holds.")
    run = command("ask", "Frobnication?", "--embedder", "ollama:x", "--data", str(store))
    assert run.code == 1
    assert "uses --embedder 'minilm', not 'ollama:x'. Stop the page, or leave that out." in run.err


def test_another_set_is_asked_alone_and_doctor_names_the_page(store: Path, address: Address) -> None:
    run = command("papers", "--set", "other", "--data", str(store))
    assert (run.code, run.out) == (0, "")
    run = command("doctor", "--data", str(store))
    assert run.code == 0
    assert f"ok       page: open at {address.url}, process {address.process}" in run.out
    assert "ok       store: 2 papers" in run.out
    assert "ok       sets: 'First set', 'Other'" in run.out
    run = command("web", "--no-browser", "--port", str(address.port + 1), "--data", str(store))
    assert f"Another paperchat is using {store}. Its page is {address.url}." in run.err


def test_only_its_user_can_read_where_the_page_is(store: Path, address: Address) -> None:
    assert stat.S_IMODE((store / "page.json").stat().st_mode) == 0o600
    assert len(address.token) >= 32


@pytest.mark.parametrize("name", ["ping", "run", "other"])
def test_without_its_secret_the_door_for_commands_is_shut(name: str, address: Address) -> None:
    good = {TOKEN: address.token}
    with httpx.Client(base_url=address.url, trust_env=False) as client:
        assert client.post("/shell/ping", json={}, headers=good).json() == {"process": address.process}
        for bad in (
            {},
            {TOKEN: ""},
            {TOKEN: address.token[:-1]},
            {TOKEN: f"{address.token}x"},
            {**good, "origin": address.url},
        ):
            assert client.post(f"/shell/{name}", json={}, headers=bad).status_code == 404
        assert client.get(f"/shell/{name}", headers=good).status_code == 404
        assert client.post(f"/shell/{name}", json={}, headers={**good, "host": "evil.example"}).status_code == 400


def test_a_set_that_the_page_has_open_is_indexed_and_deleted_by_it(
    store: Path, address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, data = store / "sets" / "other", ["--set", "Other", "--data", str(store)]
    with httpx.Client(base_url=address.url, trust_env=False, timeout=60) as client:
        assert client.post("/page/conversations", json={"set": "other"}).json() == {"conversations": []}
        assert page_of(other) == address
        monkeypatch.chdir(tmp_path)
        Path("a.bib").write_text(BIB)
        run = command("index", "a.bib", "--json", *data)
        (fault,) = json.loads(run.out)["rejected"]
        assert (json.loads(run.out)["added"], fault["file"]) == (1, str(tmp_path / "a.bib"))
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(BIB.encode())))
        run = command("index", "-", *data)
        assert (run.code, run.out.splitlines()[0]) == (0, "0 papers added, 0 changed, 1 unchanged.")
        assert "  standard input, line 2 (b): " in run.out
        assert command("index", "none.bib", *data).err.startswith(f"paperchat: Cannot read {tmp_path / 'none.bib'}: No")
        assert "Soil and Water" in command("papers", *data).out
        assert client.post("/page/suggest", json={"set": "other", "text": "Soil"}).json()["papers"]
    assert "is in" in command("sets", "delete", "other", "--data", str(store)).out
    assert not other.exists()
    assert command("sets", "restore", "--data", str(store)).code == 0
    assert page_of(other) is None


def test_a_page_that_breaks_off_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    store = ["--data", str(tmp_path / "store")]
    assert command("index", str(tmp_path / "page.txt"), *store).code == 0
    ping, begun = b'{"process": 7}', b'{"out": "One"}\n'
    ok = b"HTTP/1.0 200 OK\r\n\r\n"
    with RawServer(lambda path: ok + (ping if path.endswith("ping") else begun)) as server:
        host, _, port = server.url.removeprefix("http://").partition(":")
        write_address(tmp_path / "store", Address(host, int(port), "secret", 7))
        run = command("papers", *store)
    assert (run.code, run.out) == (1, "One")
    assert run.err.count("\n") == 1
    assert "broke off. See whether it still runs, and ask again." in run.err


def test_a_page_that_is_gone_is_not_heeded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    store = ["--data", str(tmp_path / "store")]
    assert main(["index", str(tmp_path / "page.txt"), *store]) == 0
    write_address(tmp_path / "store", Address("127.0.0.1", free_port(), "x" * 43, 1))
    assert main(["papers", *store]) == 0
    assert "Grommets at Scale" in capsys.readouterr().out


def test_what_the_command_line_gives_comes_over_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = {
        "file": Path("a.bib"),
        "files": [Path("/b"), Path("c")],
        "only": ["x", "y"],
        "k": 3,
        "json": True,
        "no": None,
    }
    sent = json.loads(json.dumps({name: packed(value) for name, value in given.items()}))
    assert {name: unpacked(value) for name, value in sent.items()} == {
        **given, "file": tmp_path / "a.bib", "files": [Path("/b"), tmp_path / "c"],
    }  # fmt: skip
