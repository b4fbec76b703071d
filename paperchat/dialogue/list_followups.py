"""Lists that rest on the conversation: other papers, those of the ones listed that…, the same for another topic. Pure.

"Any others?", "how many of them use transformers?", "and on audio?", "papers like this one".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from paperchat.dialogue.conversation import Conversation, in_order
from paperchat.dialogue.coreference import FEW, place_of, points
from paperchat.dialogue.edits import read_edit
from paperchat.query.intent import read_demands
from paperchat.query.topic import read_topic
from paperchat.query.zones import asked_zones
from paperchat.retrieval.survey import Listing
from paperchat.text import lexicon
from paperchat.types import Paper, Result

_LEADING = r"(?:(?:and|or|but|so|ok(?:ay)?),? )*"

_MORE = re.compile(
    r"\b(?:an)?other\b|(?<!the )(?<!that )(?<!those )\bothers\b|\bmore\b(?! than)|\belse\b|\b(?:additional|further)\b"
    rf"|\b(?:similar|related|comparable)\b|\blike {lexicon.any_of('pronouns.single', 'pronouns.them')}\b",
    re.IGNORECASE,
)

_ONES = rf"(?:{lexicon.any_of('works.one', 'works.several', 'methods.asked')}|method|ones?)"

_OTHERS = re.compile(
    rf"\b(?:other|more|further|additional|another) (?!than\b)(?:\w+ )?{_ONES}\b|\b(?:what|anything|something) else\b",
    re.IGNORECASE,
)

_LIKE = re.compile(r"\b(?:similar|related|comparable|like)\b", re.IGNORECASE)

_WORKS = re.compile(rf"\b(?:{_ONES}|others|another|like)\b", re.IGNORECASE)

_TELL = re.compile(r"\b(?:tell|explain|say|said|says|describe|elaborate|detail(?:s|ed)?|the other)\b", re.IGNORECASE)

_OF = re.compile(rf"\b(?:of|among) {lexicon.any_of('pronouns.them')}\b", re.IGNORECASE)

_OF_THEM = re.compile(
    rf"{_OF.pattern}|^{_LEADING}(?:which|how many) (?:ones )?"
    rf"(?!{lexicon.any_of('works.one', 'works.several')}\b|other|else)"
    r"(?:are|do|does|have|use|used|need|work|deal|can|were|was)\b",
    re.IGNORECASE,
)

_ELSEWHERE = re.compile(
    rf"^{_LEADING}(?:(?:what|how) about )?"
    r"(?P<of>on|about|for|with|using|in|from|that use|without)? ?(?P<what>[^?.!]+)[?.! ]*$",
    re.IGNORECASE,
)

_PLACE = re.compile(r"\b(on|about|for|with|using|in|from|that use|without)\b", re.IGNORECASE)
"""A word behind which a request says of what it is."""

_STOP = re.compile(r"[.?!,;]|$")

_BEGUN = re.compile(rf"^{_LEADING}(?:(?:what|how) about|on|for|with|in|using)\b|^and\b", re.IGNORECASE)

_POINTED = re.compile(rf"\b{lexicon.any_of('pronouns.points')}\b", re.IGNORECASE)

FRAGMENT = 6
"""Most words of a question that only puts another topic in the place of the last one."""


@dataclass(frozen=True, slots=True)
class Request:
    """The papers that a question asks for in its conversation: those about `text`.

    `instead` is the earlier request with this in the place of its own topic, which they meet, if any does but those
    `above`, which were listed for that one. They are `among` these papers, if there are any, and not `without` one of
    those; `dropped` tells that these were taken out, and are not listed above.
    """

    text: str
    instead: str = ""
    above: tuple[Paper, ...] = ()
    among: tuple[Paper, ...] = ()
    without: tuple[Paper, ...] = ()
    dropped: bool = False


def read_request(question: str, conversation: Conversation) -> Request | None:
    """Return the list that a question asks for by its conversation; None for none, or for one by itself."""
    return _without(question, conversation.standing) or _goes_on(question, conversation) if conversation else None


def _goes_on(question: str, conversation: Conversation) -> Request | None:
    about, more = _has_topic(question), _is_more(question)
    if about and conversation.library.kind(question) == "list" and _OTHERS.search(question):
        return Request(question, without=conversation.order)
    again = more and not about and not _LIKE.search(question)
    narrower = about and not more and bool(_OF_THEM.search(question))
    elsewhere = not more and not narrower and _is_fragment(question)
    before = _request_of(conversation) if again or narrower or elsewhere else None
    if before is None:
        return None
    papers = conversation.last_papers
    if again:
        return replace(before, without=in_order((before.without, papers)))
    if elsewhere:
        return Request(_topic_of(question), _in_place(question, before.instead or before.text), papers)
    return Request(_OF.sub("", question), among=papers) if len(papers) > FEW else None


def _without(question: str, conversation: Conversation) -> Request | None:
    """Return the request of the list above without the paper that is to be dropped; None for all else."""
    edit = read_edit(question) if conversation.above == "list" else None
    if edit is None or edit.kind != "drop":
        return None
    before, papers = _request_of(conversation), conversation.last_papers
    place = place_of(edit.what, papers, conversation.order)
    if before is None or place is None:
        return None
    return replace(before, without=in_order((before.without, papers[place : place + 1])), dropped=True)


def like(question: str, conversation: Conversation) -> Paper | None:
    """Return the paper of the last answer that others like it are asked for; None when the question asks for none."""
    if not conversation or not _is_more(question) or not _WORKS.search(question) or _has_topic(question):
        return None
    return next(iter(conversation.last_papers), None)


def _request_of(conversation: Conversation) -> Request | None:
    """Return the request that the last turn of a conversation answered."""
    last = conversation.last.question
    request = read_request(last, conversation.earlier)
    return request or (Request(last) if conversation.library.kind(last) == "list" else None)


def _has_topic(question: str) -> bool:
    return bool(read_topic(_MORE.sub(" ", question)).wanted)


def _is_more(question: str) -> bool:
    return bool(_MORE.search(question)) and not _TELL.search(question)


def _is_fragment(question: str) -> bool:
    """Tell whether a question is but another topic: "and on audio?", "what about graphs?"."""
    topic, found = _topic_of(question), _ELSEWHERE.match(question.strip())
    return bool(
        _BEGUN.search(question)
        and len(question.split()) <= FRAGMENT
        and read_topic(topic).wanted
        and not points(question)
        and not _POINTED.search(topic)
        and not asked_zones(question)
        and (not read_demands(question).names or (found and found["of"]))
    )


def _topic_of(question: str) -> str:
    found = _ELSEWHERE.match(question.strip())
    return f"papers {found['of'] or 'about'} {found['what']}" if found else ""


def _in_place(question: str, before: str) -> str:
    """Return a request with another topic in its place: "who uses GANs on pictures?" with "and on audio?"."""
    found = _ELSEWHERE.match(question.strip())
    if found is None:
        return ""
    what, of = found["what"], (found["of"] or "").lower()
    old = [place for place in _PLACE.finditer(before) if of in ("", place[1].lower())]
    if old and (stop := _STOP.search(before, old[-1].end())):
        return f"{before[: old[-1].end()]} {what}{before[stop.start() :]}"
    return f"{before.rstrip(' ?.!')} {of} {what}?" if of else ""


def met(request: Request, survey: Callable[[str, Sequence[Paper]], Listing]) -> tuple[Listing, str]:
    """Return the papers that meet a request, best first, and the line that counts them or says that there are none.

    `survey` judges the set by a request for papers, or those papers of it that it is given. The line is empty where no
    paper of the whole set is about what is asked: it is then no topic of a list.
    """
    if request.instead:
        listing = survey(request.instead, ())
        if own := [one for one in listing.results if one.paper not in (*request.above, *request.without)]:
            more = "more " if request.without and not request.dropped else ""
            out = f", without {len(request.without):,} taken out" if request.dropped else ""
            lead = f"{len(own):,} {more}of {listing.papers:,} papers for \u201c{request.instead}\u201d{out}:"
            return _ranked(listing, own), lead
    listing = survey(request.text, request.among)
    if not listing.results and not (request.among and survey(request.text, ()).results):
        return listing, ""
    found, papers = listing.results, f"{listing.papers:,}"
    left = [result for result in found if result.paper not in request.without]
    whole = f"{papers} {request.text if request.instead else 'papers'}"
    if request.dropped and left:
        lead = f"{len(left):,} of {papers} papers, without {len(request.without):,} taken out:"
    elif not left:
        judged = f"{listing.judged:,} nearest" if listing.judged < listing.papers else papers
        lead = f"None of these {papers} papers." if request.among else f"No other of the {judged} papers."
    else:
        lead = f"{len(left):,} {'more ' if request.without else ''}of {'these ' if request.among else ''}{whole}:"
    return _ranked(listing, left), lead


def _ranked(listing: Listing, left: Sequence[Result]) -> Listing:
    return replace(listing, results=tuple(replace(result, rank=rank) for rank, result in enumerate(left, 1)))
