"""What a question says of the papers that are to be asked: "papers by Ogden since 2019", "only those from 2023". Pure.

It is read where a noun for papers stands with it, or a reference such as "Ogden et al. (2019)", and where the record
has such an author or venue, or tells years: "what did the 2019 trial find?" asks all papers as it stands.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from paperchat.bibliography import ALL, Scope
from paperchat.query.catalogue import Catalogue
from paperchat.query.qualifiers import TELLS, YEAR, Qualified, author_at, authors_at, is_venue, merged, qualified
from paperchat.text import lexicon
from paperchat.text.tokens import content_words

Merely = Literal["", "list", "count", "compare", "only", "part", "all"]
"""What a question asks that says nothing but which papers: them, how many they are, to put them side by side; that
"only" they are asked, or those in the place of the last ones ("part", "and from 2022?"), or "all" papers again."""

_NOUN = rf"(?:{lexicon.any_of('works.several', 'works.one', 'narrowing.called')}|ones|those|them)"

_PAPERS = re.compile(rf"\b{_NOUN}\b", re.IGNORECASE)

_CALLED = re.compile(rf"\b{lexicon.any_of('narrowing.called')}\b", re.IGNORECASE)

_TOPIC = re.compile(
    r" (?:about|on|covering|regarding|concerning)(?: [\w-]{1,40}){1,6}?"
    r"(?= (?:(?:that|which|are|were|was|have|been) ){0,3}(?:published|written|by|since|from)\b)"
)

_YEAR_BEFORE = re.compile(rf"\b(?P<year>{YEAR}) $")

_WORD_BEFORE = re.compile(r"(?P<name>[^\W_][\w.&/-]{0,40})(?P<own>['\u2019]s|s['\u2019])? $")

_DETERMINER = re.compile(r"(?:\b(?:all|any)(?: of)? )?(?:\b(?:the|these|those|our|my|just|only) ){0,2}$", re.IGNORECASE)

_LEAD = re.compile(rf"\b{lexicon.any_of('narrowing.among', 'narrowing.inside')} $", re.IGNORECASE)

_STAYS = re.compile(lexicon.any_of("narrowing.among"), re.IGNORECASE)

_REFERENCE = re.compile(
    r"(?P<name>[^\W\d_a-z][\w'\u2019-]{1,40}(?: (?:and|&) [^\W\d_a-z][\w'\u2019-]{1,40})?)"
    rf"(?P<others>,? et al\b\.?)?(?:(?:['\u2019]s)?,? ?\(?(?P<year>{YEAR})[a-c]?\b\)?)?(?P<own>['\u2019]s)?"
)

_PLEASE = r"(?:(?:and|but|now|ok|okay|so|please|can you|could you)[ ,]{1,3}){0,4}"

_END = r"(?:[ ,]{0,2}\b(?:please|instead|again|now|then)\b){0,2}[\s.?!]{0,4}$"

_ONLY = re.compile(rf"^{_PLEASE}{lexicon.any_of('narrowing.only')}\b(?: (?:the|to|me|for)\b){{0,2}}", re.IGNORECASE)

_PART = re.compile(
    r"^(?:(?:and|or|but|ok|okay|so|what about|how about)\b[ ,]{0,2}){1,3}(?:(?:the|just|only) ?){0,2}", re.IGNORECASE
)

_NOTHING = re.compile(rf"(?: ?{_NOUN})?[\s,]{{0,3}}{_END}", re.IGNORECASE)

_RESET = re.compile(
    rf"^{_PLEASE}(?:(?:ask|search|use|show|back to|go back to|again)[ ,]{{1,3}}){{0,2}}"
    rf"{lexicon.any_of('narrowing.all')}{_END}",
    re.IGNORECASE,
)

_HOW_MANY = (
    rf"(?:(?:tell me )?how many|(?:what is )?the number of|count)(?: of)?(?: the| these| those)? ?{_NOUN}"
    r"(?: (?:are|do|have)(?: there| you| you have| here)?)?(?: in (?:all|total|the set))?"
)

_SIDE_BY_SIDE = rf"(?:compare|contrast)(?: all)?(?: of)?(?: the| these| those)? {_NOUN}(?: side by side)?"

_WHICH = (
    r"(?:(?:which|what|list|show|give|find|get|see|name|display|any)(?: me)?(?: are| is)? ?)?(?:all ?)?(?:of ?)?"
    rf"(?:the |these |those |some |any )?{_NOUN}"
    r"(?: (?:are there|is there|do you have|have you got|are here|exist|are|were|is|was|by title|titles))?"
)

_MERELY: dict[Merely, re.Pattern[str]] = {
    "count": re.compile(rf"^{_PLEASE}{_HOW_MANY}{_END}", re.IGNORECASE),
    "compare": re.compile(rf"^{_PLEASE}{_SIDE_BY_SIDE}{_END}", re.IGNORECASE),
    "list": re.compile(rf"^{_PLEASE}{_WHICH}{_END}", re.IGNORECASE),
}

_TELLER = re.compile(r"\b(?:does|do|did|has|have|had|(?P<surely>according to))\s", re.IGNORECASE)

_TELLS = re.compile(rf" (?P<verb>{TELLS})\b", re.IGNORECASE)

_WRITTEN = re.compile(r" (?:written|published|wrote|write|publish)\b", re.IGNORECASE)

_ASKING = frozenset[str]().union(*map(lexicon.words, ("stop_words.searching", "stop_words.asking", "auxiliaries")))

_BARE = re.compile(
    rf"^(?P<which>(?:and |so )?(?:which|how many)) (?={lexicon.any_of('narrowing.verbs')}\b)", re.IGNORECASE
)

_COMMA = re.compile(r"\s?[,:]\s?")

_GAP = re.compile(r"\s{1,9}(?=[,.?!;:]|\s|$)")

_ASKS = re.compile(r"\s(?:which|what|who|how|compare|list|is|are|do|does|find)\b", re.IGNORECASE)

_THOSE = re.compile(r"\b(?:those|ones|them|these)\b", re.IGNORECASE)

_AND = re.compile(r" (?:and|&) ")


@dataclass(frozen=True, slots=True)
class Said:
    """A question without the words that say which papers are asked (`question`), and what these say.

    `same` tells that they mean "one" author, or "all", of the papers spoken of; `those` that they are of what stands
    above.
    """

    question: str
    scope: Scope = ALL
    same: str = ""
    merely: Merely = ""
    those: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything is said of the papers."""
        return bool(self.scope or self.same or self.merely)


@dataclass(frozen=True, slots=True)
class _Span:
    """Words from `start` to `end` that say which papers are asked, and what stands for them."""

    start: int
    end: int
    found: Qualified
    instead: str = ""


def read_narrowing(question: str, catalogue: Catalogue) -> Said:
    """Return what a question says of the papers to be asked, and what it asks besides."""
    if _RESET.match(question):
        return Said(question, merely="all")
    spans = list(_spans(question, catalogue))
    if not spans:
        return Said(question)
    scope, same = ALL, ""
    for span in spans:
        scope, same = merged(scope, span.found.scope), span.found.same or same
    left, stays = _without_lead(question, spans)
    left = _BARE.sub(r"\g<which> papers ", left)
    merely = _merely(left)
    return Said(left, replace(scope, once=not (stays or merely == "only")), same, merely, bool(_THOSE.search(left)))


def _spans(text: str, catalogue: Catalogue) -> Iterator[_Span]:
    """Yield the words that say which papers are asked, in order and apart from each other."""
    found = [*_references(text, catalogue), *_tellers(text, catalogue), *_opening(text, catalogue)]
    for noun in _PAPERS.finditer(text):
        found += _around(text, noun, catalogue)
    end = 0
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if span.start >= end:
            yield span
            end = span.end


def _around(text: str, noun: re.Match[str], catalogue: Catalogue) -> Iterator[_Span]:
    """Yield what is said before and behind a noun for papers, behind also where its topic stands between."""
    if _CALLED.fullmatch(noun[0]):
        yield from _before(text, noun.start(), catalogue)
    behind = qualified(text, noun.end(), catalogue)
    if behind is None and (topic := _TOPIC.match(text, noun.end())):
        behind = qualified(text, topic.end(), catalogue)
        if behind:
            yield _Span(topic.end(), behind.end, behind)
    elif behind:
        yield _Span(noun.end(), behind.end, behind)


def _before(text: str, at: int, catalogue: Catalogue) -> Iterator[_Span]:
    """Yield the year, venue or owner right before a noun: "the 2019 paper", "NeurIPS papers", "Ogden's papers"."""
    start, scope = at, ALL
    if (year := _YEAR_BEFORE.search(text, max(0, at - 8), at)) and catalogue.from_years(*[int(year["year"])] * 2):
        start, scope = year.start(), Scope(since=int(year["year"]), until=int(year["year"]))
    word = _WORD_BEFORE.search(text, max(0, start - 60), start)
    if word and word["own"] and catalogue.by_author(word["name"]):
        start, scope = word.start(), merged(scope, Scope(authors=(word["name"],)))
    elif word and not word["own"] and is_venue(word["name"], catalogue):
        start, scope = word.start(), merged(scope, Scope(venues=(word["name"],)))
    if start < at:
        yield _Span(start, at, Qualified(scope, at))


def _references(text: str, catalogue: Catalogue) -> Iterator[_Span]:
    """Yield references such as "Ogden et al. (2019)" to papers that the record has."""
    for found in _REFERENCE.finditer(text):
        if not (found["others"] or found["year"]) or not author_at(text, found.start(), catalogue):
            continue
        names = _AND.sub(" & ", found["name"].removesuffix("'s").removesuffix("\u2019s"))
        year = int(found["year"]) if found["year"] else None
        scope = Scope(authors=(names,), since=year, until=year)
        if ids := catalogue.ids(scope):
            instead = _instead(text, found.start(), found.end(), ids)
            own = "'s" if found["own"] else ""
            yield _Span(found.start(), found.end(), Qualified(scope, found.end()), instead + own)


def _tellers(text: str, catalogue: Catalogue) -> Iterator[_Span]:
    """Yield authors of whom is asked what they say: "what did Ogden find about hue?", "according to Ogden and Li".

    A name that a title or an abstract has may mean something else.
    """
    for lead in _TELLER.finditer(text):
        authors, end = authors_at(text, lead.end(), catalogue) or ((), 0)
        told = _TELLS.match(text, end)
        if not authors or not (told or lead["surely"]) or catalogue.says(authors):
            continue
        scope = Scope(authors=authors)
        if told and (written := _WRITTEN.match(text, end)):
            yield _Span(lead.start(), written.end(), Qualified(scope, written.end()), "do the papers say")
        else:
            yield _Span(lead.end(), end, Qualified(scope, end), _instead(text, lead.end(), end, catalogue.ids(scope)))


def _instead(text: str, start: int, end: int, ids: Collection[str]) -> str:
    """Return what stands for authors: the paper by them that tells, or all of them where nothing more is asked."""
    rest = _TELLS.sub(" ", f" {text[:start]} {text[end:]}")
    return "the paper" if len(ids) == 1 or not _ASKING.issuperset(content_words(rest)) else "the papers"


def _opening(text: str, catalogue: Catalogue) -> Iterator[_Span]:
    """Yield what follows "only" or "and" at the start without a noun: "only from 2023", "and by Ogden?"."""
    for pattern in (_ONLY, _PART):
        lead = pattern.match(text)
        found = qualified(text, lead.end() - (text[lead.end() - 1] == " "), catalogue) if lead else None
        if found and _NOTHING.fullmatch(text, found.end):
            yield _Span(lead.end() if lead else 0, found.end, found)
            return


def _without_lead(text: str, spans: list[_Span]) -> tuple[str, bool]:
    """Return the question without what says which papers are asked, and whether that is meant to stay.

    "Among the papers from 2023, which …" is left without "among the papers", too.
    """
    noun = max((one for one in _PAPERS.finditer(text) if one.start() <= spans[0].end), key=re.Match.start, default=None)
    start = min(spans[0].start, noun.start()) if noun else spans[0].start
    start = _DETERMINER.search(text, 0, start).start()  # type: ignore[union-attr]  # it may be empty
    lead = _LEAD.search(text, 0, start)
    end = max(spans[0].end, noun.end()) if noun else spans[0].end
    comma = _COMMA.match(text, end)
    if lead and lead.start() == 0 and len(spans) == 1 and (comma or _ASKS.match(text, end)):
        rest = text[comma.end() if comma else end :].strip()
        return f"{rest[:1].upper()}{rest[1:]}", bool(_STAYS.match(lead[0]))
    left, last = "", 0
    for span in spans:
        left += text[last : span.start] + span.instead
        last = span.end
    left = _GAP.sub("", left + text[last:]).strip(" ,")
    return left, bool(lead and _STAYS.match(lead[0]))


def _merely(left: str) -> Merely:
    """Return what a question asks of which nothing is left but a noun for papers and what frames it."""
    for pattern in (_ONLY, _PART):
        lead = pattern.match(left)
        if lead and _NOTHING.fullmatch(left, lead.end()):
            return "only" if pattern is _ONLY else "part"
    return next((kind for kind, pattern in _MERELY.items() if pattern.match(left)), "")
