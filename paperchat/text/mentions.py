"""Whether a text mentions a name, in any spacing, case or spelling; and which words of a question are names."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from paperchat.text.language_id import is_english

ALIKE = 0.84
"""Least likeness of two spellings of one long name: twice the letters in common, in order, to those of both."""

PREFIX = 3
"""Letters from which on a name also stands for longer ones that begin with it: `ViT-B` for `ViT-Base`."""

SLIPS = 2
"""Letters that a misspelling may add or drop."""

LONG = 5
"""Letters from which on a name may be misspelt or cut; a shorter one must be whole."""

_NAME = re.compile(r"[^\W_]+(?:[-\u2013.][^\W_]+)*")

_WORD = re.compile(r"[^\W_]+")

_BEGINS = re.compile(r"(?:^|[.!?:;]\s+|[\"\u201c\u2018(¿¡/-]\s*)$")

_QUANTITY = re.compile(r"\d+(?:\.\d+)?(?:st|nd|rd|th|s|k|x|m|b|d|h)?", re.IGNORECASE)


def spelt_as_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that these texts only ever spell like names, in lower case."""
    tokens = {token for text in texts for token in _NAME.findall(text)}
    return frozenset(token.lower() for token in tokens if _is_shaped(token) and token.lower() not in tokens)


def names_in(question: str, spelt: frozenset[str], aspects: Sequence[str]) -> Iterable[str]:
    """Return the names in a question, as typed: tokens shaped like names, or `spelt` like them by the papers."""
    if question.isupper():
        question = question.lower()
    taken = {word for aspect in aspects for word in aspect.lower().split()}
    english, found, last = is_english(question), dict[str, str](), -2
    for match in _NAME.finditer(question):
        token = match[0]
        plain = english and len(token) > 1 and token.istitle() and token not in _WRITTEN_LARGE
        joins = question[last : match.start()] == " " and bool(found)
        if joins and (_VERSION.fullmatch(token) or (plain and list(found.values())[-1].istitle())):
            key = list(found)[-1]
            found[key], last = f"{found[key]} {token}", match.end()
            continue
        named = _is_shaped(token) or (plain and not _BEGINS.search(question[: match.start()]))
        named = named or (token.lower() in spelt and len(token) > PREFIX - 1)
        if named and token.lower() not in taken and not _FIELD.fullmatch(token):
            found.setdefault(token.lower(), token)
            last = match.end()
    return found.values()


_VERSION = re.compile(r"[vV]\d+(?:\.\d+)?|I{2,3}|IV|\d(?:\.\d+)?")

_FIELD = re.compile(
    r"(?:convnet|ai|asr|cnn|cv|dl|gan|gnn|gpu|ir|kd|llm|lm|ml|mlp|nlp|nn|plm|qa|rl|rnn|rgb|ssl|tts|vit|vlm|3d|2d)s?",
    re.IGNORECASE,
)
"""Short forms of the field that an abstract may spell out; they name no work."""

_WRITTEN_LARGE = frozenset(
    (
        "OK",
        "Ok",
        "English",
        "Thanks",
        "Please",
        "Tiny",
        "Small",
        "Base",
        "Large",
        "Huge",
        "TL",
        "DR",
        "FAQ",
        "PDF",
        "URL",
        "USA",
    )
)

_UNIT = re.compile(r"\d+-?[a-zA-Z]{1,2}")

_USUAL = re.compile(r"[A-Z]?[a-z]+-[A-Z][a-z]+|(?:[Tt]op|\d+)-?[a-z0-9]+")

_SHAPED = re.compile(
    r"[^\W\d_].*[A-Z].*"  # a capital inside
    r"|(?=.*\d)[A-Z][\w.-]*|(?=.*\d)(?=.*[A-Za-z].*[A-Za-z]).*"  # letters with digits
    r"|\d+.*[A-Z].*"
)


def _is_shaped(token: str) -> bool:
    """Tell whether a token looks like a name: capitals inside, capitals only, or letters with digits."""
    if _QUANTITY.fullmatch(token) or _UNIT.fullmatch(token) or _USUAL.fullmatch(token) or token in _WRITTEN_LARGE:
        return False
    short = sum(letter.isalpha() for letter in token) < FEW and not any(digit.isdigit() for digit in token)
    return bool(_SHAPED.fullmatch(token)) and not short


FEW = 2
"""A token of fewer letters is no name."""


@lru_cache(maxsize=256)
def _terms(text: str) -> frozenset[str]:
    """Return the words of a text, and up to four neighbours joined: `swin b` is found as `swinb`."""
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset("".join(words[i : i + n]) for n in (1, 2, 3, 4) for i in range(len(words) - n + 1))


@lru_cache(maxsize=4096)
def mentions(text: str, name: str) -> bool:
    """Tell whether a text holds a name, in any spacing or case, cut, as a plural, or misspelt when it is long."""
    whole = "".join(_WORD.findall(name)).removesuffix("s").lower()
    joined = _terms(text)
    if _held(whole, joined):
        return True
    parts = [part for part in re.split(r"[-\u2013. ]", name) if len(part) > 1]
    shaped = [part for part in parts if not part.islower()] or parts
    if " " in name:  # the words of one name stand together
        return False
    return len(parts) > 1 and all(_held(part.lower(), joined) for part in shaped)


def _held(singular: str, joined: frozenset[str]) -> bool:
    if {singular, f"{singular}s"} & joined:
        return True
    if len(singular) >= PREFIX and any(word.startswith(singular) for word in joined):
        return True
    return len(singular) >= LONG and any(_alike(singular, word) for word in joined)


def _alike(one: str, other: str) -> bool:
    """Tell whether two long words are spellings of one; digits must be the same in both."""
    if abs(len(one) - len(other)) > SLIPS or one[0] != other[0] or re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    return Indel.normalized_similarity(one, other) >= ALIKE
