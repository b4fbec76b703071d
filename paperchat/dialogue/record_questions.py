"""What a question asks of the record of a paper and not of its text: who wrote it, when and where it came out. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

from paperchat.text import lexicon

Field = Literal["authors", "year", "venue", "link", "keywords", "citations"]
"""What the record is asked for; of "citations", how often a paper is cited, it tells nothing."""

_PAPER = rf"(?:{lexicon.any_of('works.one')}|it|this|that|these|they|them|those|ones?)"

_SHORT = (
    r"^(?:(?:and|so|ok|also|what about|how about|what(?:['\u2019]s| is| are| was)|the|its|their|which|in which)"
    r"[ ,]{1,3}){0,4}"
)

_END = r"(?: of (?:it|this|that|them|these|publication))?[\s?.!]{0,4}$"

_ONE = r"(?:(?:first|last|lead|senior|main|corresponding) )?"

_PUBLISHED = r"\b(?:published|appear(?:s|ed)?|come out|came out|presented)\b"

_ASKED: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (
        "authors",
        re.compile(
            r"(?<!forgot )(?<!forget )(?<!remember )(?<!know )(?<!recall )\bwho (?:has |have )?"
            r"(?:wrote|written|authored|published)\b(?! (?:about|on|that|in)\b)"
            rf"|\bwho(?:['\u2019]s| is| are| was) {_PAPER} (?:written )?by\b|\bby whom (?:is|was|were)\b"
            rf"|\bwho(?:['\u2019]s| is| are| was| were) the {_ONE}authors?\b"
            rf"|(?:^|\b(?:list|name|give(?: me)?|tell me|show(?: me)?|what (?:is|are)) )(?:the )?(?:names? of the )?"
            rf"{_ONE}authors?(?: names?)? of\b"
            rf"|{_SHORT}{_ONE}(?:authors?|written by(?: whom| who)?){_END}",
            re.IGNORECASE,
        ),
    ),
    (
        "year",
        re.compile(
            rf"\b(?:when|(?:in )?(?:what|which) (?:year|month)|what date)\b(?=.{{0,200}}{_PUBLISHED})"
            rf"|\b(?:what|which) year (?:is|was|are|were)\b(?=.{{0,200}}\bfrom[\s?.!]{{0,4}}$)"
            r"|\b(?:publication (?:year|date)|(?:year|date) of publication)\b"
            rf"|\bhow (?:old|recent|new) (?:is|are) (?={_PAPER}\b)"
            rf"|\band when{_END}|{_SHORT}(?:year|date|when){_END}",
            re.IGNORECASE,
        ),
    ),
    (
        "venue",
        re.compile(
            rf"\b(?:in )?(?:which|what) (?:journals?|venues?|conferences?|proceedings|magazine)\b"
            rf"(?=.{{0,200}}(?:{_PUBLISHED}|\b(?:from|in)[\s?.!]{{0,4}}$|\b(?:is|was|are|were) {_PAPER}\b))"
            rf"|\bwhere (?:is|was|were|did|has|have)\b(?=.{{0,200}}{_PUBLISHED})"
            rf"|\band where{_END}|{_SHORT}(?:journals?|venues?|conferences?){_END}",
            re.IGNORECASE,
        ),
    ),
    (
        "link",
        re.compile(
            rf"\bdois?\b|\barxiv id\b|\b(?:link|url)s? (?:to|of|for)\b"
            r"|\bwhere (?:can|do|could) (?:i|we) (?:find|get|download|read) "
            rf"(?:the (?:full text|pdf)(?: of)?|(?={_PAPER}\b))"
            rf"|{_SHORT}(?:link|url)s?{_END}",
            re.IGNORECASE,
        ),
    ),
    ("keywords", re.compile(rf"\bkeywords? (?:of|for)\b|{_SHORT}keywords?{_END}", re.IGNORECASE)),
    (
        "citations",
        re.compile(
            r"\bhow (?:often|many times) (?:is|are|was|were|has|have) .{0,200}\bcited\b"
            r"|\bhow many citations\b|\b(?:most|least|highly)[ -]cited\b",
            re.IGNORECASE,
        ),
    ),
)

RECORD = re.compile(
    r"\b(?:who|whom|authors?|abstracts?|written|when|years?|months?|dates?|old|recent|new|journals?|venues?|conferences?"
    r"|proceedings|magazine|where|dois?|arxiv|links?|urls?|keywords?|tags?|cited|citations)\b",
    re.IGNORECASE,
)
"""A word of any such question."""

Tallied = Literal["authors", "journals", "keywords"]
"""What of the record is counted over all papers that are asked."""

_COUNTED = r"(?P<what>authors?|journals?|venues?|conferences?|keywords?|tags?)"

_HERE = (
    r"(?: (?:are|is|do|have|there|here|in|of|you|we|i|they|the|most|common|frequent|often|represented|covered|this"
    r"|these|my|set|library|collection|papers|come|from)){0,8}[\s?.!]{0,4}$"
)

_TALLY = (
    re.compile(
        rf"\b(?:most|more) (?:frequent|common|prolific|productive|active)(?:ly)?(?: used)? {_COUNTED}\b", re.IGNORECASE
    ),
    re.compile(
        r"^(?:and )?(?:which|what(?: are)?|list|show(?: me)?|name|who are|how many)"
        rf"(?: all| the| different| most){{0,3}} {_COUNTED}\b"
        r"(?<!author)(?<!journal)(?<!venue)(?<!conference)(?<!keyword)(?<!tag)"
        rf"(?: (?:are|do|of|in|here|there|come)\b{_HERE}| most\b{_HERE})",
        re.IGNORECASE,
    ),
    re.compile(r"\bwho (?:has |have )?(?:wrote|written|published|publishes|writes) (?:the )?most\b", re.IGNORECASE),
)

_LEFT = re.compile(rf"{_PUBLISHED}|\b(?:written|from|did|do|does|been)\b|['\u2019]s\b", re.IGNORECASE)


_OF_SET = re.compile(
    r"\b(?:collection|corpus|librar(?:y|ies)|set|base|database|records|(?:old|new|late|earli)est|most recent)\b",
    re.IGNORECASE,
)
"""What is asked of all papers, and not of one."""

_POINTING = frozenset(("",)).union(
    *map(lexicon.words, ("leading", "auxiliaries", "pronouns", "stop_words.searching", "stop_words.asking", "works"))
)
"""Words that name no paper."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the record is asked for, in the order of the question, and what else that says: it may name a paper."""

    fields: tuple[Field, ...]
    left: str


def wanted_of_record(question: str) -> Wanted | None:
    """Return what a question asks of the record of papers, None where it asks their text."""
    found = [(match, field) for field, pattern in _ASKED if (match := pattern.search(question))]
    if not found:
        return None
    left = question
    for match, _ in found:
        left = left.replace(match[0], " ", 1)
    fields = [field for _, field in sorted(found, key=lambda pair: pair[0].start())]
    if _OF_SET.search(left):
        return None
    rest = _LEFT.sub(" ", left).split()
    named = any(word.strip(".,;:!?()").lower() not in _POINTING for word in rest)
    return Wanted(tuple(fields), " ".join(rest) if named else "")


def tallied(question: str) -> Tallied | None:
    """Return what a question wants counted over all papers: "which journals are in here?"; None for all else."""
    found = next((match for pattern in _TALLY if (match := pattern.search(question))), None)
    if found is None:
        return None
    what = (found.groupdict().get("what") or "author").lower()
    return "authors" if what.startswith("author") else "keywords" if what[0] in "kt" else "journals"
