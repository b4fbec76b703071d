"""Files that are whole or not there."""

from pathlib import Path

from paperchat.storage.atomic import Journal


def test_a_line_cut_by_a_kill_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with Journal(path, {"model": "m"}, fresh=False) as journal:
        journal.append({"id": "a"})
        journal.append({"id": "b"})
    path.write_text(path.read_text()[:-5])
    with Journal(path, {"model": "m"}, fresh=False) as journal:
        assert (journal.rows, journal.changed) == ([{"id": "a"}], [])
        journal.append({"id": "c"})
    with Journal(path, {"model": "m"}, fresh=False) as journal:
        assert journal.rows == [{"id": "a"}, {"id": "c"}]
