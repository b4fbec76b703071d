"""Understand a follow-up by the papers of its conversation: "the second one", "compare it to the first". Pure.

The papers of a turn are those it cited, in that order; where that is not known, those that its answer names.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from paperchat.query.intent import kind_of, read_demands
from paperchat.text.cleaning import clean, normalised, whole, work_name
from paperchat.text.mentions import mentions
from paperchat.text.refusals import declines
from paperchat.types import Paper, Result, Turn

_THING = r"(?:one|paper|method|work|approach|study|model|option|system|framework)s?"

_PLACE = re.compile(
    r"\bthe (?P<place>first|second|third|fourth|fifth|sixth|[1-6](?:st|nd|rd|th)|last|former|latter)"
    rf"(?: {_THING}\b| of (?:them|these|those|the two)\b"
    r"|(?=\s*(?:[?.,;!]|$))|(?= (?:do|does|did|was|is|were|has|have|use|need|also|evaluated|tested|trained)\b))",
    re.IGNORECASE,
)

_ORDINALS = (
    ("first", "1st", "former"),
    ("second", "2nd"),
    ("third", "3rd"),
    ("fourth", "4th"),
    ("fifth", "5th"),
    ("sixth", "6th"),
)

_PLACES = {word: place for place, words in enumerate(_ORDINALS) for word in words} | {"latter": -1, "last": -1}

_COUNTS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}

_RUN = re.compile(rf"\bthe (?P<end>first|last) (?P<count>{'|'.join(_COUNTS)})\b", re.IGNORECASE)

_ALL = re.compile(
    rf"\b(?:these|those|they|them|both|each|all (?:of them|three|two)|the (?:two|three))(?: {_THING})?\b", re.IGNORECASE
)

_WHICH = re.compile(r"^(?:and |so |ok(?:ay)?,? )*which (?!paper|other|else|\w+\s*\?*$)(?:one |of )?", re.IGNORECASE)

_JOINED = re.compile(r"[\w-]")

_IT = re.compile(r"\b(?:it|this|that)\b(?! (?:is|was) )", re.IGNORECASE)


def turn_papers(
    turn: Turn, titles: Mapping[str, Paper], search: Callable[[str], Sequence[Result]]
) -> tuple[Paper, ...]:
    """Return the papers of a turn, in the order of its answer; `search` finds papers for a text."""
    if declines(turn.answer):
        return ()
    if turn.cited:
        return tuple(titles[key] for title in turn.cited if (key := normalised(title)) in titles)
    text = clean(turn.answer) or clean(turn.question)
    named = dict(_titled(text, titles.values()))
    for paper, place in _named(text, search(f"{turn.question} {text}"[:SEARCHED])):
        named.setdefault(paper, place)
    return tuple(sorted(named, key=lambda paper: named[paper]))


SEARCHED = 1000
"""Most characters of a turn that are searched for."""


def _titled(text: str, papers: Iterable[Paper]) -> Iterable[tuple[Paper, int]]:
    """Yield the papers whose title, or the name before its colon, stands in a text, and where."""
    for paper in papers:
        for words in (clean(paper.title), work_name(paper.title)):
            if words and (place := _stands_at(words, text)) >= 0:
                yield paper, place
                break


def _stands_at(words: str, text: str) -> int:
    """Return where words stand in a text with no letter, digit or hyphen beside them, -1 where they do not."""
    place = text.find(words)
    while place >= 0 and (_JOINED.match(text[place - 1 : place]) or _JOINED.match(text, place + len(words))):
        place = text.find(words, place + 1)
    return place


def _named(text: str, results: Sequence[Result]) -> Iterable[tuple[Paper, int]]:
    """Yield the papers of which a text has a name that no other of these has, and where."""
    texts = [whole(result.paper.title, result.paper.abstract) for result in results]
    for name in read_demands(text, texts).names:
        holding = [place for place, held in enumerate(texts) if mentions(held, name)]
        if len(holding) == 1:
            yield results[holding[0]].paper, text.find(name)


FEW = 4
"""Most papers of an answer that "they" means."""


def referred(
    question: str, history: Sequence[Turn], titles: Mapping[str, Paper], search: Callable[[str], Sequence[Result]]
) -> tuple[Paper, ...]:
    """Return the papers of its conversation that a question means, however it points at them; none if at none."""
    turns = [turn_papers(turn, titles, search) for turn in history]
    last, order = turns[-1], in_order(turns)
    focus = last if len(last) > 1 else order
    return (
        by_number(question, order)
        or others(question, [turn.question for turn in history], turns)
        or meant(question, focus)
        or described(question, focus)
    )


def in_order(turns: Iterable[Iterable[Paper]]) -> tuple[Paper, ...]:
    """Return the papers of these turns in the order of their citation numbers, which is that of first use."""
    return tuple(dict.fromkeys(paper for papers in turns for paper in papers))


def spoken_of(
    question: str, history: Sequence[Turn], titles: Mapping[str, Paper], search: Callable[[str], Sequence[Result]]
) -> tuple[Paper, ...]:
    """Return the papers of the last answer if a question speaks of them, as in "do they need labels?"."""
    last = turn_papers(history[-1], titles, search)
    return pronoun(question, last, search) if 0 < len(last) <= FEW else ()


def points(question: str) -> bool:
    """Tell whether a question may mean papers of its conversation by place, number or topic, or all together."""
    return is_numbered(question) or any(pattern.search(question) for pattern in (_PLACE, _RUN, _ALL, _WHICH))


def place_of(what: str, papers: Sequence[Paper], order: Sequence[Paper]) -> int | None:
    """Return the place of the paper that words such as "GenView", "[2]", "the second one" or "the last" mean.

    `order` is that of the citation numbers.
    """
    numbered = [papers.index(paper) for paper in by_number(what, order) if paper in papers]
    if numbered:
        return numbered[0]
    named = next((place for place, paper in enumerate(papers) if mentions(clean(paper.title), what)), None)
    if named is not None:
        return named
    place = next((_PLACES[word] for word in what.lower().split() if word in _PLACES), len(papers))
    return place % len(papers) if place < len(papers) else None


def meant(question: str, focus: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return the papers of a conversation that a question means by their place or all together; none if by neither."""
    places = [_PLACES[found["place"].lower()] for found in _PLACE.finditer(question)]
    chosen = [focus[place] for place in places if -len(focus) <= place < len(focus)]
    if run := _RUN.search(question):
        count = _COUNTS[run["count"].lower()]
        chosen += focus[:count] if run["end"].lower() == "first" else focus[-count:]
    if chosen and kind_of(question) == "compare" and _IT.search(question):
        chosen.append(focus[-1])
    together = _ALL.search(question) and kind_of(question) == "compare"
    if not chosen and len(focus) > 1 and (together or _WHICH.search(question)):
        chosen = list(focus)
    return tuple(dict.fromkeys(chosen))


def led_by(papers: Sequence[Paper], results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the results with these papers first, in this order."""
    found = {result.paper.id: result for result in results}
    first = [found.get(paper.id, Result(paper, 0, 0.0, None, None, ())) for paper in papers]
    rest = [result for result in results if result.paper not in papers]
    best = max((result.score for result in results), default=1.0)
    return tuple(
        Result(r.paper, rank, best if rank <= len(first) else r.score, r.dense, r.keyword, r.sentences)
        for rank, r in enumerate((*first, *rest), 1)
    )


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
    r"(?:and|but|so|ok(?:ay)?|then|also|what|which|how|why|where|when|on|in|by|for|with|about|many|much|long|well|else"
    r"|exactly|kind|sort|type|of|are|is|was|were|the|tell|me|show|explain|summari[sz]e|describe|list)"
)

_NOUN = (
    r"(?:data|datasets?|data sets?|tasks?|benchmarks?|labels?|models?"
    r"|losse?s?|accurac(?:y|ies)|numbers?|results?|metrics?"
    r"|backbones?|architectures?|encoders?|baselines?|methods?|domains?|languages?|modalit(?:y|ies)|images?|gains?)"
)

_VERB = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|would|will)(?:n['\u2019]t)?"

_SUBJECT = re.compile(
    rf"^(?:,[ ,]+)?(?:{_LEADING}[ ,]+)*(?:{_NOUN} )?"
    rf"(?:{_VERB} (?P<one>it|they|these|those)\b(?! (?:true|possible|known|clear|easy"
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
