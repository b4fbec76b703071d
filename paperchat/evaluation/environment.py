"""What this runs on, for reports: figures only, no name of a machine, a user or a folder."""

import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any


def describe_machine() -> dict[str, Any]:
    """Return the cores this process may use, the memory in GB (None where it is not told), system and Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        memory = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1)
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        memory = None
    system = f"{platform.system()} {platform.machine()}"
    return {"cores": cores, "memory_gb": memory, "system": system, "python": platform.python_version()}


def describe_commit(checkout: Path) -> str:
    """Return the checkout's commit, with `+` and a digest of what was changed since, or "installed" outside of one."""
    git = shutil.which("git")
    if git is None or not (checkout / ".git").exists():
        return "installed"

    def run(*arguments: str) -> bytes:
        return subprocess.run([git, "-C", str(checkout), *arguments], capture_output=True, check=False).stdout  # noqa: S603 -- fixed arguments

    commit, changes = run("rev-parse", "--short", "HEAD").decode().strip(), run("diff", "HEAD")
    return f"{commit or 'unknown'}{f'+{hashlib.sha256(changes).hexdigest()[:8]}' if changes else ''}"
