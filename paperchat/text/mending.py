"""Characters that a page has by mistake are mended; those that deceive its reader are found. Pure functions."""

import re
from collections import Counter
from dataclasses import dataclass

_WINDOWS = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""What Windows means by the characters that Unicode has for control there: quotation marks, dashes, the euro."""

_MISTAKEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u2060-\u2064\u206a-\u206f\ufeff"
    "\ufff9-\ufffc\ue000-\uf8ff]"
)

_DECEIVING = re.compile(
    "[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
    "|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2}|[\u200b\u2060-\u2064\ufeff]{8}"
)
"""What shows text in another order than it is read, or hides text: a run of what is not seen can spell it."""

_KINDS = {"\u00ad": "soft hyphen", "\ufeff": "byte order mark", "\u200b": "zero-width space"}


@dataclass(frozen=True, slots=True)
class Mended:
    """A text whose mistaken characters are mended, and what they were: ("soft hyphen", 2)."""

    text: str
    kinds: tuple[tuple[str, int], ...] = ()

    @property
    def told(self) -> str:
        """What was mended, in words; empty where nothing was."""
        return ", ".join(counted(kind, count) for kind, count in self.kinds)


def counted(kind: str, count: int) -> str:
    """Return a kind of mistaken characters and how many there were, in words."""
    return f"{count:,} {kind}{'s' * (count > 1)}"


def mended(text: str) -> Mended:
    """Return a text without what is there by mistake: soft hyphens go, quotation marks of Windows are put right."""
    found = Counter(map(_kind, _MISTAKEN.findall(text)))
    return Mended(_MISTAKEN.sub(_put_right, text), tuple(sorted(found.items()))) if found else Mended(text)


def deceiving(text: str) -> re.Match[str] | None:
    """Return the first character that reorders or hides text, None where there is none."""
    return _DECEIVING.search(text)


def _put_right(found: re.Match[str]) -> str:
    character = found[0]
    if character in "\u2028\u2029\x0b\x0c":
        return " "
    return _WINDOWS.get(ord(character), "")


def _kind(character: str) -> str:
    if ord(character) in _WINDOWS:
        return f"Windows character (U+{ord(character):04X})"
    return _KINDS.get(character, f"invisible character (U+{ord(character):04X})")
