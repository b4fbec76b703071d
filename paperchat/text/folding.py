"""Letters without their accents, so that what is typed without them finds what is written with them. Pure."""

import unicodedata

_LETTERS = {"ß": "ss", "ẞ": "SS", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
            "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ħ": "h", "Ħ": "H", "\u0131": "i",
            "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T", "ĸ": "k"}  # fmt: skip

_TABLE = str.maketrans(_LETTERS)
"""Letters that Unicode does not take apart."""


def folded(text: str) -> str:
    """Return the text without accents: "café" is "cafe", "Łódź" "Lodz", "Straße" "Strasse".

    The vowel signs of Indic scripts and others that are no accents stay.
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_TABLE))
    kept = "".join(character for character in decomposed if not unicodedata.combining(character))
    return unicodedata.normalize("NFC", kept)
