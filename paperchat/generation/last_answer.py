"""Requests about the last answer, met from the record: is it true, and what does it rest on.

What it said is known where the conversation was kept (`Turn.said`); else it is found again in its text.
"""

from collections.abc import Iterator, Sequence

from paperchat.dialogue.acts import NOTHING
from paperchat.dialogue.conversation import Conversation, declined
from paperchat.generation.extractive import unranked
from paperchat.generation.small_talk import example
from paperchat.retrieval.library import Library
from paperchat.text.cleaning import clean, normalised
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import content_words
from paperchat.types import DOUBTS, Answer, AnswerSentence, Citation, Paper, Sentence
from paperchat.verification.answers import UNCITED, verbatim

OWN_WORDS = "What stands above is my own line, and no answer of the papers."

SHOWN = 20
"""Most sentences of an answer that are gone through one by one."""

OWN = 6
"""Most words of an answer beside its quotes that only lead to them, such as "3 of 118 papers"."""

NEAREST = 4
"""Most papers whose nearest sentence is quoted for an answer that cites none of them by sentence."""


def replied(question: str, act: str, said: str, lines: Sequence[str] = ()) -> Answer:
    """Return an answer of words of ours, which cites nothing."""
    return Answer(question, (), (AnswerSentence(said),), lines=tuple(lines), act=act)


def nothing_above(question: str, act: str, conversation: Conversation) -> Answer | None:
    """Return the answer that says that there is no answer to speak of; None where there is one."""
    if not conversation:
        nothing = NOTHING if conversation.is_new else OWN_WORDS
        return replied(question, act, f"{nothing} Ask about the papers first{example(conversation.library)}")
    if declined(conversation.last):
        said = (
            "The last question was not answered: I found no sentence in these papers that does, so nothing was claimed."
        )
        return replied(question, act, said)
    if conversation.last.form == "titles" and act != "last.cite":
        return replied(question, act, "What stands above is from the record as it is: the titles of papers.")
    return None


# ---- what it said


def said_in(conversation: Conversation) -> tuple[AnswerSentence, ...]:
    """Return what the last answer said; of one whose text alone is known, the sentences of papers in it."""
    last = conversation.last
    if last.said:
        return tuple(dict.fromkeys(last.said))  # a table says its sentences again
    text = f" {normalised(last.answer)} "
    return tuple(
        verbatim(one.paper, sentence)
        for one in conversation.library.read(conversation.last_papers)
        for sentence, cleaned in zip(one.sentences, one.cleaned, strict=True)
        if f" {normalised(cleaned)} " in text
    )


def _cited(said: Sequence[AnswerSentence], library: Library) -> dict[Citation, Paper]:
    """Return what was cited, each once, with its paper; what is no longer in the record is left out."""
    citations = dict.fromkeys(citation for sentence in said for citation in sentence.citations)
    papers = {citation: library.titles.get(citation.title) for citation in citations}
    return {
        citation: paper
        for citation, paper in papers.items()
        if paper and paper.abstract[citation.start : citation.end] == citation.quote
    }


# ---- is it true


def checked(question: str, conversation: Conversation) -> Answer:
    """Return what the check found of the last answer, sentence by sentence; quotes are held against the record anew."""
    said = said_in(conversation)
    if not said:
        line = "I cannot check that again: the answer above has no sentence of a paper in it. Ask its question anew."
        return replied(question, "last.sure", line)
    kept = _cited(said, conversation.library)
    told = [_finding(sentence, kept) for sentence in said]
    lines = [f"{found}: “{clean(one.text)}”" for one, (_, found) in zip(said[:SHOWN], told, strict=False)]
    lines += [f"and {len(said) - SHOWN:,} more"] * (len(said) > SHOWN)
    kinds = [kind for kind, _ in told]
    found = {kind: kinds.count(kind) for kind in _KINDS if kind in kinds}
    counts = ", ".join(f"{count if len(found) > 1 else 'all'} {_KINDS[kind]}" for kind, count in found.items())
    rest = _OTHERS if not conversation.last.said and _has_more(conversation.last.answer, said) else ""
    return replied(question, "last.sure", f"{_sentences(len(said))} checked: {counts}. {rest}{_LIMIT}", lines)


_LIMIT = "That compares with the abstracts; whether these are right it cannot tell."

_OTHERS = "What the answer says in other words is not among them. "


def _has_more(answer: str, said: Sequence[AnswerSentence]) -> bool:
    """Tell whether an answer says more than these sentences, and the titles of their papers."""
    left = normalised(answer)
    for known in (text for one in said for text in (one.text, *(citation.title for citation in one.citations))):
        left = left.replace(normalised(known), " ")
    return len(left.split()) > OWN


_KINDS = {
    "quoted": "word for word in the papers",
    "supported": "supported by what is cited",
    "unsure": "not surely supported",
    "unsupported": "not supported",
    "gone": "no longer in the record",
    "unchecked": "not checked",
}
"""What is found of a sentence, the best first."""


def _finding(sentence: AnswerSentence, kept: dict[Citation, Paper]) -> tuple[str, str]:
    """Return which of _KINDS a sentence is, and the words that say so before it."""
    titles = "; ".join(dict.fromkeys(f"“{clean(citation.title)}”" for citation in sentence.citations))
    if not set(sentence.citations) <= set(kept):
        return "gone", f"No longer in the record as it was cited, {titles}"
    if sentence.is_quote:
        return "quoted", f"Word for word in {titles}"
    reason = sentence.reason.rstrip(".") if sentence.reason != UNCITED else ""
    why = "; ".join(filter(None, (reason, titles or "it cites nothing")))
    kind = {"partly": "unsure", "": "unchecked"}.get(sentence.verdict, sentence.verdict)
    words = {"supported": "Supported", "": "Not checked"}.get(sentence.verdict) or DOUBTS[sentence.verdict].capitalize()
    return kind, f"{words} ({why})"


def _sentences(count: int) -> str:
    return f"{count} sentence{'s' * (count != 1)}"


# ---- what it rests on


def grounds(question: str, conversation: Conversation) -> Answer:
    """Return the sentences of papers that the last answer rests on, word for word."""
    quotes, papers, exact = rests_on(conversation)
    if not quotes:
        return replied(question, "last.why", "The answer above rests on no sentence of a paper.")
    notices = (
        () if exact else ("These are the sentences nearest to the answer above; which it was taken from is not known.",)
    )
    if len(quotes) > SHOWN:
        notices = (*notices, f"The first {SHOWN} of {_sentences(len(quotes))} that it rests on.")
    return Answer(question, unranked(papers), quotes[:SHOWN], notices=notices, act="last.why")


def rests_on(conversation: Conversation) -> tuple[tuple[AnswerSentence, ...], tuple[Paper, ...], bool]:
    """Return what the last answer rests on as quotes, their papers, and whether it is known to be that."""
    library = conversation.library
    kept = _cited(said_in(conversation), library)
    if kept:
        places = {
            citation: Sentence(paper.id, 0, citation.start, citation.end, citation.quote)
            for citation, paper in kept.items()
        }
        quotes = tuple(dict.fromkeys(verbatim(paper, places[citation]) for citation, paper in kept.items()))
        return quotes, tuple(dict.fromkeys(kept.values())), True
    texts = [one for one in library.read(conversation.last_papers) if one.sentences][:NEAREST]
    return tuple(_nearest(conversation.last.answer, texts)), tuple(one.paper for one in texts), False


def _nearest(text: str, papers: Sequence[PaperText]) -> Iterator[AnswerSentence]:
    """Yield of each paper, which has an abstract, the sentence that shares most words with a text."""
    words = set(content_words(text))
    for one in papers:
        shared = [len(words.intersection(own)) for own in one.words]
        yield verbatim(one.paper, one.sentences[shared.index(max(shared))])
