"""The program that reads a PDF's first pages says what stands where, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

from paperchat.storage.readers import pdf_pages
from tests.storage.readers.pages import column, pdf


def run(data: bytes) -> dict[str, object]:
    command = [sys.executable, "-I", str(Path(pdf_pages.__file__))]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_each_line_has_its_text_its_size_and_its_place() -> None:
    found = run(pdf(column(["A title"], 700, 20), column(["more"], 700), [], column(["never"], 700), title="T"))
    lines = found["lines"]
    assert isinstance(lines, list)
    assert [(line["text"], line["page"]) for line in lines] == [("A title", 0), ("more", 1)]
    assert lines[0]["size"] > 1.5 * lines[1]["size"]
    assert 0 < lines[0]["top"] < 0.2
    assert found["pages"] == 4


def test_a_file_that_is_none_is_said_to_be_broken() -> None:
    assert run(b"%PDF-1.4 nothing") == {"fault": "broken"}
