"""The works that a question names side by side, as "X, Y and Z" does, and the papers found that they are of. Pure."""

import re
from collections.abc import Sequence

from paperchat.query.intent import Demands
from paperchat.text.mentions import mentions, pieces
from paperchat.text.paper_text import PaperText

_BESIDE = re.compile(
    r"(?:'s|s')?(?: [a-z-]{1,20})?\s?(?:[,&/+\u3001\u548c\u4e0e\u8ddf\u53ca\u3068]"
    r"|(?:, ?)?\b(?:and|or|vs\.?|versus|und|oder|et|ou|y|e|en|och|og|\u0438|\u0438\u043b\u0438)\b)"
    r"(?: (?:the|a|an|also|both))?\s?"
)
"""Between two names that stand side by side; of "and" and "or" also those of some other languages."""

_COMPARED = re.compile(
    r"(?:'s|s')?(?: [a-z-]{1,20}){0,3} (?:with|to|from|than|against|over|between)(?: (?:the|a|an|that of|those of))?\s?"
)


def beside(question: str, demands: Demands) -> tuple[tuple[str, ...], ...]:
    """Return the names that stand side by side in a question, those of a comparison also as in "X differs from Y"."""
    groups: list[list[str]] = []
    small, last, end = question.lower(), "", 0
    for name in demands.names:
        start = small.find(name.lower(), end)
        if start < 0:
            continue
        between = question[end:start]
        joined = _BESIDE.fullmatch(between) or (demands.kind == "compare" and _COMPARED.fullmatch(between))
        if last and joined:
            groups[-1].append(name)
        else:
            groups.append([name])
        last, end = name, start + len(name)
    return tuple(tuple(group) for group in groups if len(group) > 1)


def subjects(question: str, demands: Demands) -> tuple[str, ...]:
    """Return the names of the works that a question compares: the most that stand side by side."""
    return max(beside(question, demands), key=len, default=()) if demands.kind == "compare" else ()


def are_several(question: str, demands: Demands, texts: Sequence[PaperText]) -> bool:
    """Tell whether a question names works of several papers: "What do Mugs and SimCLR report?" asks each of its own.

    No paper has all of its names. Those side by side are of several when one is in a title and no paper has them all.
    """
    for group in beside(question, demands):
        titled = any(mentions(text.title, name) for text in texts for name in group)
        if titled and len({home(name, texts) for name in group} - {None}) > 1 and not hold_all(texts, group):
            return True
    homes = [{place for place, text in enumerate(texts) if mentions(text.title, name)} for name in demands.names]
    homes = [home for home in homes if home]
    return len(homes) > 1 and not set.intersection(*homes)


def hold_all(texts: Sequence[PaperText], names: Sequence[str]) -> bool:
    """Tell whether one of these papers has all of these names."""
    return any(all(mentions(text.whole, name) for name in names) for text in texts)


def home(name: str, texts: Sequence[PaperText]) -> int | None:
    """Return the place of the paper that a name is of: called so, else with it in its title, else most often in it."""
    held = [place for place, text in enumerate(texts) if mentions(text.whole, name)]
    return max(held, key=lambda place: (*_closeness(name, texts[place]), -place), default=None)


def _closeness(name: str, text: PaperText) -> tuple[bool, bool, int]:
    titled = mentions(text.title, name)
    return is_called(text, name), titled, 0 if titled else sum(mentions(sentence, name) for sentence in text.cleaned)


def is_called(text: PaperText, name: str) -> bool:
    """Tell whether a name is what the title of a paper calls its work, before its colon."""
    work, colon, _ = text.title.partition(":")
    return bool(colon) and "".join(pieces(work)) == "".join(pieces(name)) != ""


def namesakes(names: Sequence[str], texts: Sequence[PaperText]) -> tuple[int, ...]:
    """Return the places of the papers, two or more, whose works have one and the same of these names."""
    for name in names:
        called = [place for place, text in enumerate(texts) if is_called(text, name)]
        if len(called) > 1:
            return tuple(called)
    return ()
