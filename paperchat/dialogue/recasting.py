"""The last answer in another form: what of it a request asks for, and whether it asks for nothing else. Pure.

"Even shorter", "as a table, in German", "auf Deutsch bitte". What says so are few words (`lexicon/forms.txt`); a
request in other words is told by the question model (see `acts`), and is read here for what more it says.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from paperchat.text import lexicon
from paperchat.text.language_id import language_of
from paperchat.types import RECAST, Turn

Worded = Literal["shorter", "longer", "simpler", "again"]
"""What is worded anew."""

Layout = Literal["table", "points"]

WORDED: tuple[Worded, ...] = ("simpler", "longer", "shorter", "again")
"""The likeliest first, where several are asked for."""

LAYOUTS: tuple[Layout, ...] = ("table", "points")

COUNTS = {"once": 1, "twice": 2}
"""Sentences that are asked for, by the words for them."""

TERSE = 2
"""Most sentences of what is to be simpler, or in other words, and shorter too."""

ORDER = ("table", "points", *COUNTS, "simpler", "longer", "shorter", "same", "again")
"""Forms as they are looked for: what one takes is not looked at for the next."""

LONGEST = 14
"""Most words of a request that asks for another form and for nothing else."""

_LANGUAGES = {name.casefold(): language for name, language in lexicon.rows("languages", 2)}

_FORMS = {
    form: re.compile(rf"(?<![\w-]){lexicon.one_of(lexicon.words(f'forms.{form}'))}", re.IGNORECASE) for form in ORDER
}

_LANGUAGE = re.compile(
    rf"\b(?:(?P<into>in|into|to|auf|en|em|ins|na|po|på) )?(?P<name>{lexicon.one_of(map(re.escape, _LANGUAGES))})"
    r"(?: version)?(?![\w-])",
    re.IGNORECASE,
)

RECASTS = re.compile("|".join(pattern.pattern for pattern in (*_FORMS.values(), _LANGUAGE)), re.IGNORECASE)
"""The words of any form, and the names of languages."""

_VERBS = ("polish",)
"""Names of languages that are other words as well, unless "in" stands before them."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Recast:
    """How a question wants the last answer: worded anew, laid out otherwise, in another language, or several of these.

    `most` are the sentences that it is to have, where that is said; `merely` tells that nothing else is asked.
    """

    question: str
    worded: Worded | Literal[""] = ""
    layout: Layout | Literal[""] = ""
    language: str = ""
    most: int = 0
    merely: bool = False

    @property
    def act(self) -> str:
        """The act of a request that asks for nothing else (see `acts`)."""
        if not (self.worded or self.layout or self.language):
            return "last.again"
        return f"last.{self.layout or self.worded or 'translate'}"


@lru_cache(maxsize=256)
def read_recast(question: str) -> Recast | None:
    """Return what form of the last answer a question asks for by its words, None for none."""
    found, left = set[str](), question.replace("\u2019", "'")
    for form in ORDER:
        if _FORMS[form].search(left):
            found.add(form)
            left = _FORMS[form].sub(" ", left)
    language, is_led, left = _language(left)
    if not found and not language:
        return None
    most = next((COUNTS[form] for form in COUNTS if form in found), 0)
    worded: Worded | Literal[""] = next((form for form in WORDED if form in found), "shorter" if most else "")
    most = most or TERSE * (worded != "shorter" and "shorter" in found)
    layout: Layout | Literal[""] = next((form for form in LAYOUTS if form in found), "")
    around = _AROUND if found or is_led else _BESIDE
    return Recast(question, worded, layout, language, most, merely=_is_bare(left, around))


def _language(text: str) -> tuple[str, bool, str]:
    """Return the language that a text names, whether "in" or the like leads to it, and the text without it."""
    for found in _LANGUAGE.finditer(text):
        name, is_led = found["name"], found["into"] is not None
        if is_led or name not in _VERBS:
            return _LANGUAGES[name.casefold()], is_led, f"{text[: found.start()]} {text[found.end() :]}"
    return "", False, text


def _is_bare(left: str, around: frozenset[str]) -> bool:
    """Tell whether what is left of a request asks for nothing."""
    words = [word.lower() for word in _WORD.findall(left)]
    return len(words) <= LONGEST and around.issuperset(words)


_AROUND = lexicon.words("form_words")

_BESIDE = frozenset({"please", "pls", "bitte", "now", "instead", "translate", "translation"})
"""Words beside the mere name of a language: "dutch too?" asks for something else."""


def merely(question: str) -> Recast | None:
    """Return the form that a question asks for which asks for nothing else; None for any other question."""
    wanted = read_recast(question)
    return wanted if wanted and wanted.merely else None


def wanted_by(question: str, act: str) -> Recast:
    """Return the form that a question asks for which was taken for this act: its words count before that."""
    wanted = read_recast(question) or Recast(question)
    if wanted.worded in ("", "again") and not wanted.layout:
        form = next((one for one in WORDED if act == f"last.{one}"), wanted.worded)
        language = wanted.language or language_of(question) * (act == "last.translate")
        is_same = bool(_FORMS["same"].search(question)) and form == "again"
        return replace(wanted, worded="" if is_same or language else form, language=language)
    return wanted


def is_recast(turn: Turn) -> bool:
    """Tell whether a turn is the one before it in another form, and so stands in its place."""
    return turn.act in RECAST if turn.act or turn.form else merely(turn.question) is not None
