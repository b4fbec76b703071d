"""Where papers disagree: sentences of different papers, or of a claim and papers, that say the opposite. Pure.

Pairs of sentences that mean nearly the same are found by their vectors, and held against each other by what tells that
they say the opposite, or another number of the same thing. No model is asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from paperchat.dialogue.tasks import Wish
from paperchat.retrieval.library import Library
from paperchat.retrieval.pairs import nearest_pairs
from paperchat.text.cleaning import clean
from paperchat.text.names import names
from paperchat.text.paper_text import PaperText
from paperchat.types import Answer, AnswerSentence, Result, Sentence
from paperchat.verification.answers import verbatim
from paperchat.verification.opposition import Opposing, Opposition, Said

ALIKE, TOPICAL = 0.6, 0.45
"""Least cosine of two sentences that are held against each other: of any two papers, and of two on one topic."""

CLOSE = 0.5
"""Least cosine of a sentence with a claim that it agrees with or opposes."""

SURE = 0.5
"""Least probability that two sentences oppose each other."""

MUTUAL = -1.4
"""Least log odds, by what was learned of claims, that each of two sentences contradicts the other.

Of twelve pairs that the signs alone told over five sets, read one by one, the one that disagreed had more. Numbers,
which are masked for it, are not judged by it.
"""

HELD = 1000
"""Most pairs that are held against each other, the nearest."""

PAPERS = 2000
"""Most papers of which all sentences are compared: some seconds."""

SHOWN, LISTED = 4, 8
"""Most pairs that are shown, and most papers beside them that report on a topic."""

NONE = "No two sentences of different papers were found that say the opposite of each other."


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence of a paper, as it is held against others."""

    text: PaperText
    sentence: Sentence
    said: Said

    @property
    def titled(self) -> tuple[str, str]:
        """The title of its paper, and the sentence, both cleaned."""
        return self.text.title, self.text.cleaned[self.sentence.number]

    @property
    def quote(self) -> AnswerSentence:
        """The sentence as one of an answer."""
        return verbatim(self.text.paper, self.sentence)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sides that oppose each other, and how."""

    first: Side
    second: Side
    opposition: Opposition


def disagreements(question: str, wish: Wish, library: Library, opposing: Opposing) -> Answer | None:
    """Return where papers disagree: all of the set, those on a topic, or on a claim; None where none is on that."""
    if wish.claims:
        return _on_claim(question, wish.subject, library, opposing)
    if wish.among:
        papers = wish.among
    elif wish.subject:
        papers = tuple(result.paper for result in library.survey(f"Which papers are about {wish.subject}?").results)
        if not papers:
            return None
    else:
        papers = library.papers[:PAPERS]
    texts, near = library.read(papers), TOPICAL if len(papers) < len(library.papers) else ALIKE
    clashes = _clashes(texts, library, opposing, near)
    shown = _apart(clashes)
    what = f" on \u201c{clean(wish.subject)}\u201d" if wish.subject else ""
    lead = f"{_pairs(len(shown))} of the {len(papers):,} papers{what}:" if shown else ""
    quotes = [quote for clash in shown for quote in _side_by_side(clash)]
    if wish.subject:
        own = {citation.paper_id for quote in quotes for citation in quote.citations}
        others = [_best(text, wish.subject, library) for text in texts if text.paper.id not in own and text.sentences]
        quotes += [one.quote for one in others[:LISTED]]
        lead = lead or f"{len(papers):,} papers{what}. {NONE} What each says:"
    if not quotes:
        return Answer(question, sentences=(AnswerSentence(NONE),))
    left = len(library.papers) - len(papers) if not what and not wish.among else 0
    notices = (f"The first {len(papers):,} papers were compared, not the other {left:,}.",) if left else ()
    return _answer(question, texts, quotes, lead, notices)


def _on_claim(question: str, claim: str, library: Library, opposing: Opposing) -> Answer | None:
    """Return what speaks against a claim, and what is near it and does not."""
    vector, said = library.embed(claim), Said(claim)
    texts = library.found(claim, LISTED).texts
    against: list[tuple[float, AnswerSentence]] = []
    near: list[tuple[float, AnswerSentence]] = []
    for text, rows in zip(texts, library.vectors([text.paper for text in texts]), strict=True):
        sides = [_side(text, number) for number, cosine in enumerate((rows @ vector).tolist()) if cosine >= CLOSE]
        judged = [(opposing.judge(said, side.said), side) for side in sides]
        worst = max(judged, key=lambda pair: (bool(pair[0].how), pair[0].chance), default=None)
        if worst and worst[0].how and worst[0].chance >= SURE:
            against.append((worst[0].chance, replace(worst[1].quote, differs=_large(worst[0].how))))
        elif sides:
            best = int((rows @ vector).argmax())
            near.append((float(rows[best] @ vector), _side(text, best).quote))
    if not against and not near:
        return None
    quotes = [quote for _, quote in (*sorted(against, key=_rank), *sorted(near, key=_rank))]
    speaks = "papers speak" if len(against) != 1 else "paper speaks"
    says = "papers say" if len(near) != 1 else "paper says"
    lead = f"Against it {len(against)} {speaks}; {len(near)} {says} something near it that is not the opposite:"
    return _answer(question, texts, quotes, lead, ())


def _rank(pair: tuple[float, AnswerSentence]) -> float:
    return -pair[0]


def _clashes(texts: Sequence[PaperText], library: Library, opposing: Opposing, least: float) -> list[Clash]:
    """Return the pairs of sentences that oppose each other, the surest first."""
    sides: dict[tuple[int, int], Side] = {}
    found = []
    for near in nearest_pairs(library.vectors([text.paper for text in texts]), least, HELD):
        first, second = (
            sides.setdefault(place, _side(texts[place[0]], place[1])) for place in (near.first, near.second)
        )
        judged = max((opposing.judge(*pair) for pair in _both_ways(first, second)), key=lambda one: one.chance)
        if judged.how and judged.chance >= SURE and _of_one_thing(first.said, second.said, judged):
            if not judged.numbers and opposing.mutual(first.titled, second.titled) < MUTUAL:
                continue
            found.append(Clash(first, second, judged))
    return sorted(found, key=lambda clash: -clash.opposition.chance)


def _both_ways(first: Side, second: Side) -> Iterator[tuple[Said, Said]]:
    yield first.said, second.said
    yield second.said, first.said


def _of_one_thing(first: Said, second: Said, judged: Opposition) -> bool:
    """Tell whether two sentences may be of one thing: where both have names they share one, with numbers all."""
    mine, theirs = ({one.text[slice(*span)].lower() for span in names(one.text)} for one in (first, second))
    return mine == theirs if judged.numbers else not (mine and theirs) or bool(mine & theirs)


def _apart(clashes: Sequence[Clash]) -> list[Clash]:
    """Return at most SHOWN pairs, of any two papers the surest."""
    kept: dict[frozenset[str], Clash] = {}
    for clash in clashes:
        kept.setdefault(frozenset(one.text.paper.id for one in (clash.first, clash.second)), clash)
    return list(kept.values())[:SHOWN]


def _side(text: PaperText, number: int) -> Side:
    return Side(text, text.sentences[number], Said(text.cleaned[number]))


def _best(text: PaperText, subject: str, library: Library) -> Side:
    """Return the sentence of a paper that is nearest to a topic."""
    (rows,) = library.vectors([text.paper])
    return _side(text, int((rows @ library.embed(subject)).argmax()))


def _side_by_side(clash: Clash) -> tuple[AnswerSentence, AnswerSentence]:
    return clash.first.quote, replace(clash.second.quote, differs=_large(clash.opposition.how))


def _large(line: str) -> str:
    return line[:1].upper() + line[1:]


def _pairs(count: int) -> str:
    return f"{count} pair{'s' * (count != 1)} of sentences that seem to disagree,"


def _answer(
    question: str, texts: Sequence[PaperText], quotes: Sequence[AnswerSentence], lead: str, notices: tuple[str, ...]
) -> Answer:
    by_id = {text.paper.id: text for text in texts}
    order = list(dict.fromkeys(c.paper_id for quote in quotes for c in quote.citations))
    spans = {key: tuple(s for s in by_id[key].sentences if any(s.text == q.text for q in quotes)) for key in order}
    results = (Result(by_id[key].paper, rank, 0.0, None, None, spans[key]) for rank, key in enumerate(order, 1))
    return Answer(question, tuple(results), tuple(quotes), lead=lead, notices=notices)
