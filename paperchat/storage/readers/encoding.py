"""From bytes to text: UTF-8 and UTF-16 as they are marked, what is neither by what it looks like."""

import codecs
import re

SAMPLE = 50_000
"""Bytes, from the first that is not ASCII on, by which an encoding is told."""

FEW = 10
"""Of so many characters beyond ASCII one may be no UTF-8 in a file that is: it was put together from several."""

RARE = 20
"""Of so many bytes of a text one may be zero, and one another that no text has."""

ENCODINGS = ["cp1251", "koi8_r", "cp1253", "gb18030", "big5", "shift_jis", "euc_jp", "cp949"]
"""What text without Latin letters may be in beyond UTF-8 and UTF-16, in Python's names."""

ALONE = 1.5
"""Most bytes beyond ASCII side by side, on average, in a text of Latin letters: accents stand among plain ones."""

_BEYOND = re.compile(rb"[\x80-\xff]+")

_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f]")

_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes, whole: bool = True) -> str:
    """Return bytes as text; what is not `whole` may end within a character. Raises ValueError for what is no text."""
    if stray_zeros(data):
        data = data.replace(b"\0", b"")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="strict" if whole else "ignore")
    if b"\0" in data[:SAMPLE]:
        return _unmarked_utf_16(data, whole)
    if b"\0" in data:
        raise ValueError(f"is a binary file (a zero byte at {data.index(0):,})")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not whole and error.end == len(data):
            return data[: error.start].decode("utf-8")
        return _guessed(data, error.start)


def stray_zeros(data: bytes) -> int:
    """Return how many zero bytes a text has by mistake; none of what is UTF-16, or no text at all."""
    zeros = data.count(0)
    if not zeros or zeros * RARE > len(data) or data.startswith(_WIDE):
        return 0
    return zeros if len(_CONTROL.findall(data)) * RARE <= len(data) else 0


def _unmarked_utf_16(data: bytes, whole: bool) -> str:
    """Return UTF-16 without a mark at its beginning: of Latin text every second byte is zero."""
    sample = data[:SAMPLE]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[start::2].count(0) > 0.7 * len(sample[start::2]) and sample[1 - start :: 2].count(0) == 0:
            return data.decode(name, errors="strict" if whole else "ignore")
    raise ValueError(f"is a binary file (a zero byte at {data.index(0):,})")


def _guessed(data: bytes, first: int) -> str:
    """Return text that is not UTF-8 from this byte on: UTF-8 with a few other bytes, or another encoding."""
    text = data.decode("utf-8", errors="replace")
    bad, others = text.count("\ufffd"), sum(1 for character in text if character > "\x7f")
    if bad * FEW < others:
        return data.decode("utf-8", errors=_MENDING)
    start = max(0, first - 200)
    name = _encoding(data[start : start + SAMPLE])
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _encoding(sample: bytes) -> str:
    """Return the name of the encoding that text has which is neither UTF-8 nor UTF-16."""
    from charset_normalizer import from_bytes

    runs = _BEYOND.findall(sample)
    if sum(map(len, runs)) < ALONE * len(runs):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=ENCODINGS).best()
    return best.encoding if best else "cp1252"


_MENDING = "paperchat-cp1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows has them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_MENDING, _as_windows)
