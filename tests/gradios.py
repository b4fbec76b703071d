"""The page on the lowest and the newest Gradio that pyproject.toml allows: `make test-gradio`.

Each is laid over the environment that is there, in one of its own under .venv-gradio, so that nothing else is installed
twice. What is tested is the look of every screen, and how one asks and reads.
"""

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent

OVERLAYS = ROOT / ".venv-gradio"

TESTS = ("tests/web/test_look.py", "tests/web/test_styles.py")

_RANGE = re.compile(r'"gradio(>=([\d.]+)[^"]*)"')


def allowed(project: str) -> tuple[str, str]:
    """Return the requirements of the lowest and of the newest Gradio that a pyproject.toml allows."""
    found = _RANGE.search(project)
    if not found:
        raise SystemExit("pyproject.toml names no gradio>=…")
    return f"gradio=={found[2]}", f"gradio{found[1]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Test each version that is not the one that `make test` has tested; the status is that of the worst."""
    wanted = list(arguments or allowed((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    there, status = version("gradio"), 0
    versions = dict.fromkeys(map(resolved, wanted))
    print(f"{' and '.join(wanted)}: {' and '.join(versions)}; make test has {there}.")
    for one in versions:
        if one != there:
            status = max(status, tested(one))
    if set(versions) == {there}:
        print("Nothing is left to test.")
    return status


def resolved(requirement: str) -> str:
    """Return the version that a requirement means: the installed one if it names that, else what the index has."""
    there = version("gradio")
    if "==" in requirement and there in Requirement(requirement).specifier:
        return there
    call = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet"]
    said = subprocess.run([*call, "--report", "-", requirement], check=True, capture_output=True, text=True).stdout
    return str(json.loads(said)["install"][0]["metadata"]["version"])


def tested(number: str) -> int:
    """Test the page with this version; return pytest's status."""
    place = OVERLAYS / number
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=False, symlinks=True)
        inside = sysconfig.get_path("purelib", vars={"base": str(place)})
        below = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
        (Path(inside) / "below.pth").write_text(below, encoding="utf-8")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-warn-script-location"]
    subprocess.run([*install, f"gradio=={number}"], check=True)
    print(f"With Gradio {number}:", flush=True)
    paths = {**os.environ, "PYTHONPATH": str(ROOT), "PAPERCHAT_GRADIO": number}
    return subprocess.run([python, "-m", "pytest", *TESTS], cwd=ROOT, env=paths, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
