"""Tell the language that a text is written in: the only place that knows py3langid."""

import re
from functools import lru_cache
from typing import Any

from paperchat.text.once import once

ENGLISH = "English"

LANGUAGES = {
    "en": ENGLISH, "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "pl": "Polish",
    "cs": "Czech", "hu": "Hungarian", "ro": "Romanian", "el": "Greek", "ru": "Russian", "uk": "Ukrainian",
    "tr": "Turkish", "ar": "Arabic", "fa": "Persian", "he": "Hebrew", "hi": "Hindi", "bn": "Bengali",
    "ta": "Tamil", "th": "Thai", "vi": "Vietnamese", "id": "Indonesian", "zh": "Chinese", "ja": "Japanese",
    "ko": "Korean",
}  # fmt: skip
"""The languages told apart, by ISO 639-1 code: each further one makes short questions harder to tell."""

SURE = 0.5
"""Least probability of a language that a text is said to be in; below it a text is taken for English."""

_ONE_PART = re.compile(r"[^:;.!?\"]+[.?]?")

_ASKS = re.compile(
    r"(?:[Ww]h(?:at|ich|y|o|ere|en)|[Hh]ow) (?!to\b)"  # "How to …" begins titles, which any language may begin with
    r"(?:[a-z]+\b|.{0,200} (?:is|are|was|were|do|does|did|has|have|can) )|[Dd]oes \w|[Cc]ompare .{0,200} with "
)
"""How only English questions begin: for one of them the model is not loaded, which takes a third of a second."""


@lru_cache(maxsize=1024)
def language_of(text: str) -> str:
    """Return the English name of a text's language; a few names or typing errors alone are taken for English."""
    if text.isascii() and _ONE_PART.fullmatch(text.strip()) and _ASKS.match(text.strip()):
        return ENGLISH
    code, probability = _identifier().classify(text.lower() if text.isupper() else text)
    return LANGUAGES[code] if probability >= SURE else ENGLISH


def is_english(text: str) -> bool:
    """Tell whether a text is in English."""
    return language_of(text) == ENGLISH


@once
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
