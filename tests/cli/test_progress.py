"""Progress on standard error."""

import pytest

from paperchat.cli.progress import Bar


def test_lines_go_to_standard_error_and_no_bar_is_drawn_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar("Reading", "papers") as bar:
        bar.say("Building the index.")
        bar.update(1, 3)
        bar.update(3, 3)
    out, err = capsys.readouterr()
    assert (out, err) == ("", "paperchat: Building the index.\n")
