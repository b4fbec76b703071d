"""Which papers of a conversation words such as "[2]", "the other one", "the one about graphs" or "it" mean. Pure."""

import re
from collections.abc import Callable, Sequence

from paperchat.demands import kind_of, mentions, read_demands
from paperchat.text import clean, whole, work_name
from paperchat.types import Paper, Result

_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NUMBER = re.compile(
    r"\[(?P<mark>\d{1,2})\]"
    rf"|(?:\bpaper|\bnumber|\bno\.|\bnr\.?|#) ?(?P<said>\d{{1,2}}|{'|'.join(_COUNTED)})\b(?![.%]\d)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:the|that|those) other (?:(?:two|three|four)\b"
    r"|(?:one|paper|method|work|approach|study|model)s?\b|(?=[?.,]|$))"
    r"|\bthe others\b",
    re.IGNORECASE,
)
_THIS = re.compile(r"\b(?:this|that) (?:one|paper|work|study)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\bthe (?:one|paper|work)s? (?:about|on|for|with|using|from|that (?:uses?|is about|works on|does)) (?:the |an? )?"
    r"(?P<topic>[\w-]+)",
    re.IGNORECASE,
)
_LEADING = (
    r"(?:and|but|so|ok(?:ay)?|then|also|,|what|which|how|why|where|when|on|in|by|for|with|about|many|much|long|well|else"
    r"|exactly|kind|sort|type|of|are|is|was|were|the|tell|me|show|explain|summari[sz]e|describe|list)"
)
_NOUN = (
    r"(?:data|datasets?|data sets?|tasks?|benchmarks?|labels?|models?"
    r"|losse?s?|accurac(?:y|ies)|numbers?|results?|metrics?"
    r"|backbones?|architectures?|encoders?|baselines?|methods?|domains?|languages?|modalit(?:y|ies)|images?|gains?)"
)
_VERB = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|would|will)(?:n['\u2019]t)?"
_SUBJECT = re.compile(
    rf"^(?:{_LEADING}[ ,]+)*(?:{_NOUN} )?(?:{_VERB} (?P<one>it|they|these|those)\b(?! (?:true|possible|known|clear|easy"
    rf"|hard|worth|better|necessary|important|common|mean)\b)|(?P<own>its|their)\b|{_NOUN} of (?:it|them)\b"
    r"|(?:compare|contrast) (?:it|this|them|these|those)\b)",
    re.IGNORECASE,
)


def by_number(question: str, order: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return the papers that a question means by citation number; `order` is that of first use."""
    numbers = []
    for found in _NUMBER.finditer(question):
        said = (found["mark"] or found["said"]).lower()
        numbers.append(_COUNTED.index(said) + 1 if said in _COUNTED else int(said))
    return tuple(dict.fromkeys(order[number - 1] for number in numbers if 0 < number <= len(order)))


def others(question: str, asked: Sequence[str], turns: Sequence[Sequence[Paper]]) -> tuple[Paper, ...]:
    """Return the papers of the last turn with several that were not meant last; none if the question means no others.

    `asked` and `turns` are the questions of the conversation and the papers of their answers, in order. Papers were
    meant by an answer of fewer papers, or by a question that names them.
    """
    if not _OTHER.search(question):
        return ()
    place = next((place for place in range(len(turns) - 1, -1, -1) if len(turns[place]) > 1), None)
    if place is None:
        return ()
    later = [paper for papers in turns[place + 1 :][-1:] for paper in papers]
    last = [paper for paper in turns[place] if paper in later or (not later and _names(asked[place], paper))]
    left = tuple(paper for paper in turns[place] if paper not in last)
    return left if last else ()


def _names(question: str, paper: Paper) -> bool:
    name = work_name(paper.title)
    return bool(name) and mentions(question, name)


def described(question: str, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return the one of these papers that "the one about graphs" means: the only one whose title or abstract has it."""
    found = _ABOUT.search(question)
    for texts in ([paper.title for paper in papers], [f"{paper.title} {paper.abstract}" for paper in papers]):
        held = [p for p, text in zip(papers, texts, strict=True) if found and mentions(clean(text), found["topic"])]
        if held:
            return tuple(held) if len(held) == 1 else ()
    return ()


def pronoun(question: str, last: Sequence[Paper], search: Callable[[str], Sequence[Result]]) -> tuple[Paper, ...]:
    """Return the papers of the last answer if they are the subject of a question, as in "do they need labels?".

    "How does it differ from D-SLA?" and "compare it with D-SLA" mean the paper of that name too. A question that
    otherwise names a work that they do not, has a subject of its own or asks for a list means none of them.
    """
    if _THIS.search(question) and len(last) == 1:
        return tuple(last)
    kind = kind_of(question)
    if kind == "list" or not _SUBJECT.search(question):
        return ()
    held = [whole(paper.title, paper.abstract) for paper in last]
    named = [name for name in read_demands(question, held).names if not any(mentions(text, name) for text in held)]
    if not named:
        return tuple(last)
    found = [result.paper for result in search(question)] if kind == "compare" else []
    further = [
        next((paper for paper in found if mentions(whole(paper.title, paper.abstract), name)), None) for name in named
    ]
    return tuple(dict.fromkeys((*last, *(paper for paper in further if paper)))) if all(further) else ()


def is_numbered(question: str) -> bool:
    """Tell whether a question names a paper by its number, as the other one, or by its topic."""
    return any(pattern.search(question) for pattern in (_NUMBER, _OTHER, _ABOUT))
