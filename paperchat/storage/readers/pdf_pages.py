"""The text of a PDF's first pages as JSON: a program of its own, so that no PDF can crash or hold up another.

It reads the PDF from standard input, and imports nothing of ours: `pdf.py` runs it by its path.
"""

import ctypes
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

PAGES = 3
"""Pages on which title and abstract are looked for."""

MOST = 30_000
"""Characters of a page that are read."""

MEMORY = 3_000_000_000

SECONDS = 20

_LINE_END = "\r\n"

_HYPHEN = "\x02"
"""What PDFium has for a hyphen that parts a word at the end of a line."""


def main() -> None:
    """Write what was found, or why nothing was."""
    _limit()
    print(json.dumps(_read(sys.stdin.buffer.read())))  # noqa: T201 -- what the program is for


def _limit() -> None:
    """Give this process so much memory and time, where the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _read(data: bytes) -> dict[str, Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"fault": "locked" if "password" in str(error).lower() else "broken"}
    pages = min(len(document), PAGES)
    lines = [line for number in range(pages) for line in _lines(document[number], number)]
    return {"metadata": document.get_metadata_dict(), "pages": len(document), "lines": lines}


def _lines(page: Any, number: int) -> Iterator[dict[str, Any]]:
    """Yield the lines of a page as they stand in its text: each with the height of its letters, and where it begins."""
    from pypdfium2 import raw

    text = page.get_textpage()
    height = float(page.get_height()) or 1.0
    own, heights, place = list[str](), list[float](), (0.0, 0.0)
    box = raw.FS_RECTF()
    for index in range(min(text.count_chars(), MOST)):
        sign = chr(raw.FPDFText_GetUnicode(text, index))
        if sign == _HYPHEN:
            own.append(_HYPHEN)
        elif sign in _LINE_END:
            if own:
                yield _line(own, heights, place, number)
            own, heights = [], []
        else:
            if raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)) and not sign.isspace():
                if not heights:
                    place = (box.left, 1 - box.top / height)
                heights.append(abs(box.top - box.bottom))
            own.append(sign)
    if own:
        yield _line(own, heights, place, number)


def _line(own: list[str], heights: list[float], place: tuple[float, float], page: int) -> dict[str, Any]:
    middle = sorted(heights)[len(heights) // 2] if heights else 0.0
    return {"text": "".join(own), "size": round(middle, 1), "left": round(place[0], 1), "top": place[1], "page": page}


if __name__ == "__main__":
    main()
