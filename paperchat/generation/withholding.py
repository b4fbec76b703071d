"""What of a checked answer is shown: what held comes first, and what failed its check is withheld. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from paperchat.generation.extractive import Grounds
from paperchat.types import Answer, AnswerSentence
from paperchat.verification.answers import verbatim


def upheld(answer: Answer, grounds: Grounds) -> Answer:
    """Return a checked answer with what held first, what is not sure behind, and what failed withheld.

    Where nothing held, the evidence is the answer. An answer that goes through papers keeps their order, and a paper of
    which nothing held is quoted in its place.
    """
    failed = tuple(sentence for sentence in answer.sentences if sentence.verdict == "unsupported")
    if answer.abstained:
        return answer
    held = [sentence for sentence in answer.sentences if sentence.verdict != "unsupported"]
    if grounds.task and len(grounds.chosen) > 1:
        return replace(answer, sentences=_by_paper(held, grounds), withheld=failed)
    if not held:
        held = [verbatim(one.text.paper, one.best) for one in grounds.chosen]
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
