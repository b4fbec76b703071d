"""Names of methods, datasets, metrics and people: the one place that tells what a name is. Pure functions.

Questions and claims are read over the same tokens, by the same form (`is_shaped`, `is_capital`). They differ in what
they leave out. A question may use short forms that an abstract spells out (`field_names`), or words that only look like
names (`written_large`), and its writer may leave out capitals; of a claim, "English" and "GAN" must be in its paper.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from paperchat.text import lexicon
from paperchat.text.language_id import is_english

MOST_NAMES = 40
"""Most names of a question that are looked for; the rest of a longer list is left to the search."""

FEW = 2
"""A token of fewer letters is no name; one of so many only if it has capitals: "da" is not the DA of a paper."""

_REACH = 40
"""Characters before a word in which a sentence may have ended."""

_TOKEN = re.compile(r"[^\W_]+(?:[-\u2013.&][^\W_]+)*[+#]*")

_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"

_UNSPACED = re.compile(f"[{_CJK}]")

_PARTS = re.compile(f"[{_CJK}]+|[^{_CJK}]+")

_BEGINS = re.compile(r"(?:^|[.!?:;]\s+|[\"\u201c\u2018(¿¡/-]\s*)$")

_VERSION = re.compile(r"[vV]\d+(?:\.\d+)?|I{2,3}|IV|\d(?:\.\d+)?")

_QUANTITY = re.compile(rf"\d+(?:\.\d+)?{lexicon.any_of('number_endings')}?", re.IGNORECASE)

_UNIT = re.compile(r"\d{1,40}-?[a-zA-Z]{1,2}")

_USUAL = re.compile(r"[A-Z]?[a-z]{1,40}-[A-Z][a-z]{1,40}|(?:[Tt]op|\d{1,40})-?[a-z0-9]{1,40}")

_FIELD = re.compile(rf"{lexicon.any_of('field_names')}s?", re.IGNORECASE)

_WRITTEN_LARGE = lexicon.words("written_large")

_SMALL = lexicon.words("stop_words.searching") | lexicon.words("stop_words.asking")

_COMMON_CAPITALS = lexicon.words("common_capitals")


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each token of a text begins, and the token; an apostrophe parts two: "d'Italia", "GAN's".

    So does another script that is written without spaces, as Chinese beside a name is.
    """
    for match in _TOKEN.finditer(text):
        if match[0].isascii() or not _UNSPACED.search(match[0]):
            yield match.start(), match[0]
        else:
            yield from ((match.start() + part.start(), part[0]) for part in _PARTS.finditer(match[0]))


def is_shaped(token: str) -> bool:
    """Tell whether a token looks like a name: capitals inside, capitals only, or letters with digits."""
    if _QUANTITY.fullmatch(token) or _UNIT.fullmatch(token) or _USUAL.fullmatch(token):
        return False
    digits = any(character.isdecimal() for character in token)
    if not digits and _letters(token) < FEW:
        return False
    latin = sum(letter.isascii() and letter.isalpha() for letter in token)
    begins = token[0].isascii() and token[0].isupper() and "\u2013" not in token
    return (digits and (begins or latin >= FEW)) or any(letter.isascii() and letter.isupper() for letter in token[1:])


def is_capital(token: str, text: str, start: int) -> bool:
    """Tell whether a token, which stands in an English text from `start`, has a capital though no sentence begins."""
    capital = token[0].isupper() and _letters(token) >= FEW
    return capital and not _BEGINS.search(text, max(0, start - _REACH), start)


def _letters(token: str) -> int:
    return sum(letter.isalpha() for letter in token)


def names(sentence: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each name in a sentence that is English."""
    return tuple(
        (start, start + len(token))
        for start, token in _tokens(sentence)
        if (is_shaped(token) or is_capital(token, sentence, start)) and token not in _COMMON_CAPITALS
    )


def spelt_as_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that these texts only ever spell like names, in lower case."""
    tokens = {token for text in texts for _, token in _tokens(text)}
    shaped = (token for token in tokens - _WRITTEN_LARGE if is_shaped(token))
    return frozenset(token.lower() for token in shaped if token.lower() not in tokens)


def _own_part(token: str) -> str:
    """Return of a word that another language compounds with a name that name: TensorFlow of TensorFlow-Bibliothek."""
    first, *more = token.split("-")
    return first if more and is_shaped(first) and all(part.istitle() and len(part) > FEW for part in more) else token


def names_in(question: str, spelt: frozenset[str], aspects: Sequence[str], titles: Iterable[str] = ()) -> Iterable[str]:
    """Return the names in a question, as typed; a token may also be `spelt` like a name, or a work called so in titles.

    Words that ask for an aspect are none. A capital word or a version right behind a name is part of it.
    """
    question = question.lower() if question.isupper() else question
    taken = {word for aspect in aspects for word in aspect.lower().split()}
    english, found, last = is_english(question), dict[str, str](), -2
    for start, token in _tokens(question):
        if token in _WRITTEN_LARGE or (token.isupper() and token.lower() in _SMALL):
            continue
        before = next(reversed(found)) if found and question[last:start] == " " else ""
        title = english and _letters(token) >= FEW and token.istitle()
        if before and (_VERSION.fullmatch(token) or (title and found[before].istitle())):
            found[before], last = f"{found[before]} {token}", start + len(token)
            continue
        token = token if english else _own_part(token)
        named = is_shaped(token) or (title and is_capital(token, question, start))
        named = named or (token.lower() in spelt and len(token) > FEW)
        if named and token.lower() not in taken and not _FIELD.fullmatch(token):
            found.setdefault(token.lower(), token)
            last = start + len(token)
    return _with_works(question, titles, list(islice(found.values(), MOST_NAMES)))


def _with_works(question: str, titles: Iterable[str], names: Sequence[str]) -> list[str]:
    """Return these names and the works that a question names in small letters, in its order.

    The name of a work stands before the colon of a title, in few words, each with a capital.
    """
    small = " ".join(token for _, token in _tokens(question.lower()))
    found = {name: question.find(name) for name in names}
    for title in titles:
        work, colon, _ = title.partition(":")
        words = [token for _, token in _tokens(work)]
        own = " ".join(words).lower()
        named = colon and 0 < len(words) <= MOST_WORDS and all(word[0].isupper() for word in words)
        if named and f" {own} " in f" {small} " and own in question and not any(own in n.lower() for n in found):
            found = {name: place for name, place in found.items() if name.lower() not in own.split()}
            found[own] = question.find(own)
    return sorted(found, key=lambda name: found[name])


MOST_WORDS = 3
"""Most words of a work's name that is known in small letters."""
