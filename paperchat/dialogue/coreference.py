"""Understand a follow-up by the papers of its conversation: "the second one", "compare it to the first".

Which papers "[2]", "the other one", "the one about graphs" or "it" mean.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from paperchat.dialogue.conversation import Conversation
from paperchat.query.intent import Kind, read_demands
from paperchat.query.reading import Reading
from paperchat.retrieval.library import Library
from paperchat.text import lexicon
from paperchat.text.cleaning import clean, work_name
from paperchat.text.mentions import mentions
from paperchat.text.paper_text import PaperText
from paperchat.types import Paper, Result

_THING = rf"(?:ones?|{lexicon.any_of('works.one', 'works.several', 'methods')})"

PLACE = re.compile(
    rf"\bthe (?P<place>{lexicon.any_of('ordinals')}|[1-9]\d{{0,2}}(?:st|nd|rd|th))"
    rf"(?: {_THING}\b| of (?:them|these|those|the two)\b"
    rf"|(?=\s*(?:[?.,;!]|$))|(?= {lexicon.any_of('follow_up_verbs')}\b))",
    re.IGNORECASE,
)
"""A paper by its place above."""

_PLACES = {word: int(place) - (place > 0) for word, place in lexicon.values("ordinals").items()}
"""Places from 0, or from -1 backwards."""

_COUNTED_PLACE = re.compile(r"([1-9]\d{0,2})(?:st|nd|rd|th)")

_COUNTS = {
    count: int(value) for word, value in lexicon.values("numerals", "unit").items() for count in (word, f"{value:g}")
}
"""Small numbers in words and in digits."""

_SEVERAL = lexicon.one_of(count for count, value in _COUNTS.items() if value in (2, 3, 4))

_ONE_DIGIT = lexicon.one_of(count for count, value in _COUNTS.items() if 0 < value < 10 and count.isalpha())  # noqa: PLR2004

_RUN = re.compile(rf"\bthe (?P<end>first|last) (?P<count>{_SEVERAL})\b", re.IGNORECASE)

_ALL = re.compile(
    rf"\b(?:{lexicon.any_of('pronouns.plural')}|all (?:of them|three|two)|the (?:two|three))(?: {_THING})?\b",
    re.IGNORECASE,
)

_WHICH = re.compile(r"^(?:and |so |ok(?:ay)?,? )*which (?!paper|other|else|\w+\s*\?*$)(?:one |of )?", re.IGNORECASE)

_IT = re.compile(rf"\b{lexicon.any_of('pronouns.single')}\b(?! (?:is|was) )", re.IGNORECASE)


FEW = 4
"""Most papers of an answer that "they" means."""


def referred(question: str, conversation: Conversation) -> tuple[Paper, ...]:
    """Return the papers of its conversation that a question means, however it points at them; none if at none."""
    last, order = conversation.last_papers, conversation.order
    focus = last if len(last) > 1 else order
    return (
        by_number(question, order)
        or others(question, conversation)
        or meant(question, focus, conversation.library.kind(question))
        or described(question, conversation.library.read(focus))
    )


def spoken_of(question: str, conversation: Conversation) -> tuple[Paper, ...]:
    """Return the papers of the last answer if a question speaks of them, as in "do they need labels?"."""
    return pronoun(question, conversation) if 0 < len(conversation.last_papers) <= FEW else ()


def points(question: str) -> bool:
    """Tell whether a question may mean papers of its conversation by place, number or topic, or all together."""
    return is_numbered(question) or any(pattern.search(question) for pattern in (PLACE, _RUN, _ALL, _WHICH))


def place_of(what: str, papers: Sequence[Paper], order: Sequence[Paper]) -> int | None:
    """Return the place of the paper that words such as "GenView", "[2]", "the second one" or "the last" mean.

    `order` is that of the citation numbers.
    """
    numbered = [papers.index(paper) for paper in by_number(what, order) if paper in papers]
    if numbered:
        return numbered[0]
    named = next((place for place, paper in enumerate(papers) if _is_named(what, paper)), None)
    if named is not None:
        return named
    place = next((place for word in what.lower().split() if (place := _place(word)) is not None), len(papers))
    return place % len(papers) if -len(papers) <= place < len(papers) else None


def _is_named(what: str, paper: Paper) -> bool:
    """Tell whether words are of a paper's title, or hold the name of the work that it has before its colon."""
    name = work_name(paper.title)
    return mentions(clean(paper.title), what) or (bool(name) and mentions(what, name))


def _place(word: str) -> int | None:
    """Return the place, from 0, or from -1 backwards, that an ordinal means; None for another word."""
    counted = _COUNTED_PLACE.fullmatch(word)
    return int(counted[1]) - 1 if counted else _PLACES.get(word)


def places_of(question: str) -> list[int]:
    """Return the places that a question names, from 0, or from -1 backwards: "the second one", "the last"."""
    places = (_place(found["place"].lower()) for found in PLACE.finditer(question))
    return [place for place in places if place is not None]


def names_place(what: str) -> bool:
    """Tell whether words name a paper by its place or number: "third one", "[4]"."""
    return bool(_NUMBER.search(what)) or any(_place(word) is not None for word in what.lower().split())


def meant(question: str, focus: Sequence[Paper], kind: Kind) -> tuple[Paper, ...]:
    """Return the papers of a conversation that a question means by their place or all together; none if by neither."""
    chosen = [focus[place] for place in places_of(question) if -len(focus) <= place < len(focus)]
    if run := _RUN.search(question):
        count = _COUNTS[run["count"].lower()]
        chosen += focus[:count] if run["end"].lower() == "first" else focus[-count:]
    if chosen and kind == "compare" and _IT.search(question):
        chosen.append(focus[-1])
    together = _ALL.search(question) and kind == "compare"
    if not chosen and len(focus) > 1 and (together or _WHICH.search(question)):
        chosen = list(focus)
    return tuple(dict.fromkeys(chosen))


def led_by(papers: Sequence[Paper], reading: Reading, library: Library) -> Reading:
    """Return what was found with these papers first, in this order."""
    found = {result.paper.id: result for result in reading.results}
    first = [found.get(paper.id, Result(paper, 0, 0.0, None, None, ())) for paper in papers]
    rest = [result for result in reading.results if result.paper not in papers]
    best = max((result.score for result in reading.results), default=1.0)
    results = [
        replace(result, rank=rank, score=best if rank <= len(first) else result.score)
        for rank, result in enumerate((*first, *rest), 1)
    ]
    texts = library.read([result.paper for result in results])
    return library.guessed(replace(reading, results=tuple(results), texts=tuple(texts)).asking(reading.question))


_NUMBER = re.compile(
    r"\[(?P<mark>\d{1,2})\]"
    rf"|(?:\bpaper|\bnumber|\bno\.|\bnr\.?|#) ?(?P<said>\d{{1,2}}|{_ONE_DIGIT})\b(?![.%]\d)",
    re.IGNORECASE,
)

_OTHER = re.compile(
    rf"\b(?:the|that|those) other (?:(?:two|three|four)\b|{_THING}\b|(?=[?.,]|$))"
    r"|\bthe others\b",
    re.IGNORECASE,
)

_THIS = re.compile(rf"\b(?:this|that) (?:one|{lexicon.any_of('works.one')})\b", re.IGNORECASE)

_ABOUT = re.compile(
    rf"\bthe (?:ones?|{lexicon.any_of('works.one', 'works.several')})"
    r" (?:about|on|for|with|using|from|that (?:uses?|is about|works on|does)) (?:the |an? )?"
    r"(?P<topic>[\w-]+)",
    re.IGNORECASE,
)

_COMPARES = re.compile(r"\b(?:compare|contrast)\b", re.IGNORECASE)

_LEADING, _NOUN = lexicon.any_of("leading"), lexicon.any_of("parts")

_VERB = rf"{lexicon.any_of('auxiliaries')}(?:n['\u2019]t)?"

_SUBJECT = re.compile(
    rf"^(?:,[ ,]+)?(?:{_LEADING}[ ,]+)*(?:{_NOUN} )?"
    rf"(?:{_VERB} {lexicon.any_of('pronouns.subject')}\b(?! (?:true|possible|known|clear|easy"
    rf"|hard|worth|better|necessary|important|common|mean)\b)|(?:its|their)\b|{_NOUN} of (?:it|them)\b"
    rf"|(?:compare|contrast) {lexicon.any_of('pronouns.compared')}\b)",
    re.IGNORECASE,
)


def by_number(question: str, order: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return the papers that a question means by citation number; `order` is that of first use."""
    numbers = []
    for found in _NUMBER.finditer(question):
        said = (found["mark"] or found["said"]).lower()
        numbers.append(_COUNTS[said] if said in _COUNTS else int(said))
    return tuple(dict.fromkeys(order[number - 1] for number in numbers if 0 < number <= len(order)))


def others(question: str, conversation: Conversation) -> tuple[Paper, ...]:
    """Return the papers of the last turn with several that were not meant last; none if the question means no others.

    Papers were meant by an answer of fewer papers, or by a question that names them.
    """
    turns = conversation.papers
    if not _OTHER.search(question):
        return ()
    place = next((place for place in range(len(turns) - 1, -1, -1) if len(turns[place]) > 1), None)
    if place is None:
        return ()
    later = [paper for papers in turns[place + 1 :][-1:] for paper in papers]
    asked = conversation.turns[place].question
    last = [paper for paper in turns[place] if paper in later or (not later and _names(asked, paper))]
    left = tuple(paper for paper in turns[place] if paper not in last)
    return left if last else ()


def _names(question: str, paper: Paper) -> bool:
    name = work_name(paper.title)
    return bool(name) and mentions(question, name)


def by_name(question: str, name: str) -> str:
    """Return a question that means a paper by its place or number with its name there, or "it" where it has none."""
    for pattern in (PLACE, _OTHER, _THIS, _NUMBER):
        question = pattern.sub(lambda _: name or "it", question)  # as it is: a name may have a backslash
    return question


def described(question: str, papers: Sequence[PaperText]) -> tuple[Paper, ...]:
    """Return the one of these papers that "the one about graphs" means: the only one whose title or abstract has it."""
    found = _ABOUT.search(question)
    if not found:
        return ()
    titled = [one.paper for one in papers if mentions(one.title, found["topic"])]
    held = titled or [one.paper for one in papers if mentions(one.whole, found["topic"])]
    return tuple(held) if len(held) == 1 else ()


def pronoun(question: str, conversation: Conversation) -> tuple[Paper, ...]:
    """Return the papers of the last answer if they are the subject of a question, as in "do they need labels?".

    "How does it differ from D-SLA?" and "compare it with D-SLA" mean the paper of that name too. A question that
    otherwise names a work that they do not, has a subject of its own or asks for a list means none of them.
    """
    last, library = conversation.last_papers, conversation.library
    if _THIS.search(question) and len(last) == 1:
        return last
    kind = library.kind(question)
    if (kind == "list" and not _COMPARES.search(question)) or not _SUBJECT.search(question):
        return ()
    held = [one.whole for one in library.read(last)]
    named = [name for name in read_demands(question, held).names if not any(mentions(text, name) for text in held)]
    if not named:
        return last
    found = library.search(question).texts if kind == "compare" else ()
    further = [next((one.paper for one in found if mentions(one.whole, name)), None) for name in named]
    return tuple(dict.fromkeys((*last, *(paper for paper in further if paper)))) if all(further) else ()


def is_numbered(question: str) -> bool:
    """Tell whether a question names a paper by its number, as the other one, or by its topic."""
    return any(pattern.search(question) for pattern in (_NUMBER, _OTHER, _ABOUT))
