"""The machine and the commit that an evaluation names."""

import subprocess
from pathlib import Path

from paperchat.evaluation.environment import describe_commit, describe_machine


def test_machine_and_commit_are_described(tmp_path: Path) -> None:
    assert set(describe_machine()) == {"cores", "memory_gb", "system", "python"}
    assert describe_commit(tmp_path) == "installed"
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        (tmp_path / "f").write_text("1")
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@y.z", *arguments], cwd=tmp_path, check=True)
    clean = describe_commit(tmp_path)
    (tmp_path / "f").write_text("2")
    assert describe_commit(tmp_path).startswith(f"{clean}+")
