"""The sentences of an abstract that say something of its work: no labels, keywords or rights. Pure functions."""

import re
from collections.abc import Iterator

from paperchat.text import lexicon
from paperchat.text.pieces import Rendered
from paperchat.text.plain import renderings
from paperchat.text.sentences import sentences_at, split_sentences
from paperchat.types import Paper, Sentence

LONGEST = 1_500
"""Characters up to which a sentence is one; of a longer one, parts are quoted."""

PART = 500
"""Characters that such a part may have."""

_NAMES = lexicon.any_of("section_labels")

_LABEL = re.compile(rf"[(\[]?(?:(?i:{_NAMES})\s?[.:)\]]{{0,2}}\Z|{_NAMES.upper()}\s?\.\s{{1,3}}(?=[A-Z]))")
"""A label that says nothing by itself: "BACKGROUND.", "[Methods]"; "METHODS: We" is a sentence that has one."""

_PUBLISHERS = "Elsevier|Wiley|John\\sWiley|Springer|Oxford|Cambridge|BMJ|Mosby|Lippincott|Taylor|Sage|SAGE|AIP|IOP"

_RIGHTS = re.compile(
    rf"""[(\[]?(?:\u00a9|\u2117|Copyright\s(?:\u00a9|\([cC]\)|\d{{4}}|by\b|of\b|the\b)|\([cC]\)\s?(?:19|20)\d\d
    |(?:19|20)\d\d\s(?:{_PUBLISHERS}|The\sAuthor)|The\sAuthor(?:s|\(s\))?,?\s(?:19|20)\d\d
    |All\srights\sreserved\b|Published\sby\s(?:{_PUBLISHERS})\b|Elsevier\s(?:B\.V|Ltd|Inc|Science)\b
    |This\s(?:article|work|is\san\sopen[\s-]access\sarticle)\s[^.]{{0,80}}\b(?:copyright|licen[cs]e|Creative\sCommons)\b
    |This\s(?:article|work|is)\s(?:is\s)?an?\sU\.?S\.?\sGovernment\s[Ww]ork\b|PsycINFO\sDatabase\sRecord\b)""",
    re.VERBOSE,
)

_JOURNAL = re.compile(
    r"""(?:(?:[A-Z][\w.&]{0,30},?\s){1,8}
    (?:(?:19|20)\d\d\s?;\s?\d{1,5}(?:\([\w\s-]{1,12}\))?\s?:\s?\w{1,10}(?:[-\u2013]\w{1,10})?
    |\d{1,5}(?:\(\d{1,4}\))?:\s?\w{1,10}[-\u2013]\w{1,10},\s(?:19|20)\d\d)
    |(?:Published|Accepted|Received)\s(?:online\s)?(?:[\w]{1,12}\s){0,3}(?:19|20)\d\d)\.?\s*\Z""",
    re.VERBOSE,
)
"""A sentence that is nothing but where or when an article came out, as in "J Orthop Res 37:1-9, 2019."."""

_KEYWORDS = re.compile(
    r"(?:\[?(?:Author |Original |Authors' )?Abstract\]?\s?)?(?i:key\s?-?words?(?:\sand\sphrases)?|index\sterms"
    r"|mesh\sterms|subject\sheadings|jel\s(?:classification|codes?))\s?[:.\u2014\u2013-]"
)

_SOURCE = re.compile(
    r"\s?[\[(](?:Author(?:s'|'s)?\s)?Abstract(?:\sfrom\sauthor)?[\])]\.?\s*|\s?\(AU\)\s*", re.IGNORECASE
)
"""Where a database has an abstract from: [Author Abstract]."""

_BREAK = (re.compile(r"[;:]\s"), re.compile(r",\s|[\uff0c\uff1b\u3001]"), re.compile(r"\s"))
"""Where a sentence that goes on too long is cut, best first."""

Span = tuple[int, int]


def paper_sentences(paper: Paper) -> tuple[Sentence, ...]:
    """Return the sentences of a paper's abstract, in order, but for those that say nothing of its work."""
    return sentences_at(paper, abstract_spans(paper.abstract))


def abstract_spans(abstract: str) -> list[Span]:
    """Return where the sentences of an abstract are: as they end in what it reads as, without LaTeX and mark-up."""
    layers = renderings(abstract)
    text = layers[-1].text if layers else abstract
    every = split_sentences(text)
    told = [part for start, end in every for part in _told(text, start, end)] or list(every)
    spans = [part for start, end in told for part in _short(text, start, end)]
    return _written(abstract, layers, spans) if layers else spans


def _told(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what of a sentence is told: nothing of one that is a label, keywords, or a line of rights."""
    if label := _LABEL.match(text[start:end]):
        start += label.end()
    sentence = text[start:end]
    if source := _SOURCE.search(sentence):
        parts = [(start, start + source.start()), (start + source.end(), end)]
        yield from (told for begin, stop in parts if text[begin:stop].strip() for told in _told(text, begin, stop))
    elif start < end and not any(line.match(sentence) for line in (_RIGHTS, _JOURNAL, _KEYWORDS)):
        yield start, start + len(sentence.rstrip())


def _short(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence, or the parts of one that goes on too long."""
    while end - start > LONGEST:
        stop = _cut(text, start, start + PART)
        yield start, start + len(text[start:stop].rstrip())
        start = stop
    if text[start:end].strip():
        yield start, end


def _cut(text: str, start: int, limit: int) -> int:
    for pattern in _BREAK:
        ends = [found.end() for found in pattern.finditer(text, start + PART // 2, limit)]
        if ends:
            return ends[-1]
    return limit


def _written(abstract: str, layers: list[Rendered], spans: list[Span]) -> list[Span]:
    """Return where sentences are in the abstract as it was written; what reads as nothing is with its neighbour."""
    places: list[Span] = []
    for start, end in spans:
        for layer in reversed(layers):
            start, end = layer.source(start, end)
        start = max(start, places[-1][1]) if places else start
        if start < end:
            places.append((start, end))
    return [_whole(abstract, places, number) for number in range(len(places))]


def _whole(abstract: str, places: list[Span], number: int) -> Span:
    """Return a sentence with the braces and tags that stand right around it."""
    start, end = places[number]
    before = places[number - 1][1] if number else 0
    after = places[number + 1][0] if number + 1 < len(places) else len(abstract)
    while start > before and not abstract[start - 1].isspace() and _opens(abstract, before, start):
        start -= 1
    while end < after and abstract[end] == "}":
        end += 1
    return start, end


def _opens(abstract: str, before: int, start: int) -> bool:
    """Tell whether what stands between two sentences belongs to the second."""
    return abstract[start - 1] not in "}>" and abstract[before:start].count("}") == 0
