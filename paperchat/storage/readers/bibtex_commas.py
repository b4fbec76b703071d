"""Commas that are missing in BibTeX: behind a key, and between fields, where the parser takes two for one. Pure."""

import re
from collections.abc import Iterator

MOST = 100
"""Fields that are taken apart of one."""

_NO_COMMA = re.compile(
    r"(@[a-z]{2,30}[ \t]{0,5}[{(][ \t]{0,9}[^\s,{}()=\"#%@']{1,100})([ \t]{0,20}\n\s{0,20}[a-z][\w-]{0,40}[ \t]{0,9}=)",
    re.IGNORECASE,
)

_NEXT = re.compile(r"\s{1,100}([A-Za-z][\w-]{0,40})\s{0,20}=\s{0,20}(?=\S)")

_BARE = re.compile(r"[^\s{}\"#=,]{1,100}")

_MARK = re.compile(r"[\"{}]|\\.", re.DOTALL)


def with_commas(text: str) -> str:
    """Return a file with the comma behind each key that a field follows on the next line."""
    return _NO_COMMA.sub(r"\1,\2", text)


def apart(name: str, raw: str) -> Iterator[tuple[str, str]]:
    """Yield a field, and those that it swallowed because the comma between them is missing."""
    for _ in range(MOST):
        end = _end(raw) if "=" in raw else 0
        following = _NEXT.match(raw, end)
        if not end or not following:
            break
        yield name, raw[:end]
        name, raw = following[1].lower(), raw[following.end() :]
    yield name, raw


def _end(raw: str) -> int:
    """Return where the first part of a value ends, 0 where it does not."""
    if raw[:1] not in ('"', "{"):
        found = _BARE.match(raw)
        return found.end() if found else 0
    depth = 0
    for mark in _MARK.finditer(raw, 0 if raw[0] == "{" else 1):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if depth == 0 and mark[0] == ("}" if raw[0] == "{" else '"'):
            return mark.end()
    return 0
