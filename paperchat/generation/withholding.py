"""What of a written answer is shown: what answers and held comes first; what does not is withheld. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from paperchat.generation.extractive import Grounds
from paperchat.text.refusals import declines
from paperchat.types import Answer, AnswerSentence
from paperchat.verification.answers import is_own_title, verbatim

Fit = Callable[[str, Sequence[tuple[str, str]]], Sequence[float]]
"""The log odds that sentences, each with its paper's title before it, answer a question."""

BEHIND = 3.0
"""Log odds that a sentence may be behind the best one of the papers found before it is beside the point."""

ASIDE = "It does not say what is asked."


def to_the_point(answer: Answer, grounds: Grounds, fit: Fit) -> Answer:
    """Return a written answer of one paper without the sentences that do not say what is asked, which are withheld.

    They are read beside the question as the papers' own sentences were; a short one says it where what it cites does.
    Where none is left, the evidence takes their place.
    """
    reading, written = grounds.understood.among, answer.sentences
    if grounds.task or len(grounds.chosen) != 1 or not reading.fits or answer.abstained:
        return answer
    text = grounds.chosen[0].text
    least = max(reading.fits.values()) - BEHIND
    answers = {one.start for one in text.sentences if reading.fits.get((text.paper.id, one.number), least - 1) >= least}
    odds = fit(reading.asked, [(text.title, sentence.text) for sentence in written])
    aside = {
        sentence
        for sentence, odd in zip(written, odds, strict=True)
        if odd < least
        and not answers.intersection(citation.start for citation in sentence.citations)
        and not (sentence.is_quote or is_own_title(sentence) or declines(sentence.text))
    }
    withheld = tuple(replace(s, verdict="unsupported", reason=ASIDE) for s in written if s in aside)
    left = tuple(sentence for sentence in written if sentence not in aside)
    return replace(answer, sentences=left, withheld=withheld)


def upheld(answer: Answer, grounds: Grounds) -> Answer:
    """Return a checked answer with what held first, what is not sure behind, and what failed withheld.

    Where nothing held, the evidence is the answer. An answer that goes through papers keeps their order, and a paper of
    which nothing held is quoted in its place, unless it was to be short.
    """
    failed = tuple(sentence for sentence in answer.sentences if sentence.verdict == "unsupported")
    failed = (*answer.withheld, *failed)
    if answer.abstained:
        return answer
    held = [sentence for sentence in answer.sentences if sentence.verdict != "unsupported"]
    if grounds.task and grounds.task != "shorter" and len(grounds.chosen) > 1:
        return replace(answer, sentences=_by_paper(held, grounds), withheld=failed)
    told = {citation.quote for sentence in held for citation in sentence.citations}
    if not held or (len(grounds.chosen) == 1 and failed and grounds.chosen[0].best.text not in told):
        held += grounds.quoted or [verbatim(one.text.paper, one.best) for one in grounds.chosen]
    held.sort(key=lambda sentence: sentence.verdict == "unsure")
    return replace(answer, sentences=tuple(held), withheld=failed)


def _by_paper(held: Sequence[AnswerSentence], grounds: Grounds) -> tuple[AnswerSentence, ...]:
    """Return sentences with those quoted of the papers chosen that they do not cite, each in its paper's place."""
    places = {one.text.paper.id: place for place, one in enumerate(grounds.chosen)}
    cited = {citation.paper_id for sentence in held for citation in sentence.citations}
    quotes = [verbatim(one.text.paper, one.best) for one in grounds.chosen if one.text.paper.id not in cited]

    def place(sentence: AnswerSentence) -> int:
        return min((places.get(citation.paper_id, len(places)) for citation in sentence.citations), default=len(places))

    return tuple(sorted((*held, *quotes), key=place))
