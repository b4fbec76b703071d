"""Choose the sentences that answer a question, verbatim, from the papers found for it. Pure functions."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paperchat.generation.picking import CODE
from paperchat.query.answerability import about
from paperchat.query.reading import Reading
from paperchat.query.works import home, is_called, namesakes, subjects
from paperchat.text import lexicon
from paperchat.text.mentions import mentions
from paperchat.text.numbers import has_figure
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import inverse_frequency
from paperchat.types import Sentence

EACH = {"one": 3, "compare": 2, "list": 1}
"""Most sentences of a paper, by the number of papers that an answer takes."""

BESIDE = 2
"""Most sentences of a paper beside another one."""

CLOSE = 0.95
"""A second paper whose score is at least this share of the first one's may be the one that is meant."""

COMPARED = 0.55
"""A paper is compared, or listed (LISTED), when its score is at least this share of the first one's."""

LISTED = 0.5

_WORK = lexicon.any_of("works.one")

_MADE = re.compile(
    rf"\b(?:we|our|this {_WORK})\b.{{0,40}}\b{lexicon.any_of('proposing.made')}\w*",
    re.IGNORECASE,
)

_OWN = re.compile(rf"\b(?:we|our|this {_WORK})\b", re.IGNORECASE)

_TRIED = re.compile(
    r"\b(?:which|what|where|how many) (?:\w+ )?(?:data|datasets?|benchmarks?|environments?|tasks?|corpora)\b"
    r"|\b(?:tested|evaluated|tried)\b",
    re.IGNORECASE,
)

_TRIAL = re.compile(
    r"\b(?:evaluat|experiment|test(?:s|ed)?\b|dataset|benchmark|environments?\b|verified)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A paper that answers, its sentences that do, in the abstract's order, and the best of these.

    `as_good` are those that answer about as well as the best, it among them, the better first; none where that was not
    weighed.
    """

    text: PaperText
    sentences: tuple[Sentence, ...]
    best: Sentence
    as_good: tuple[Sentence, ...] = ()


def choose(reading: Reading) -> tuple[Chosen, ...]:
    """Return the papers and sentences that answer: of one paper, of those compared, or one sentence of each listed."""
    return answering(reading, pick(reading))


def pick(reading: Reading) -> tuple[int, ...]:
    """Return the places of the papers that answer; those of a comparison in the order in which it names them."""
    if not reading.results:
        return ()
    places = _with_sentences(reading, _papers(reading))
    if reading.demands.kind == "compare":
        places = sorted(places, key=lambda place: _asked_at(reading, place))
    return tuple(places)


def _with_sentences(reading: Reading, places: Sequence[int]) -> list[int]:
    """Return the places of papers that have an abstract; where none has, the next that does, unless one was named."""
    texts, names = reading.texts, reading.demands.names
    told = [place for place in places if texts[place].sentences]
    if told or any(mentions(texts[place].title, name) for place in places for name in names):
        return told
    return [place for place, text in enumerate(texts) if text.sentences][:1]


def _asked_at(reading: Reading, place: int) -> int:
    """Return where a question names the paper at a place, by the name that fewest of all papers have, else its end."""
    texts = [text.whole for text in reading.texts]
    held = [name for name in reading.demands.names if mentions(texts[place], name)]
    rarest = min(held, key=lambda name: sum(mentions(text, name) for text in texts), default="")
    return reading.question.find(rarest) if rarest else len(reading.question)


def answering(reading: Reading, places: Sequence[int]) -> tuple[Chosen, ...]:
    """Return the sentences that answer of the papers at these places, of those that have an abstract."""
    kind = reading.demands.kind
    most = EACH["one" if len(places) == 1 and kind != "list" else kind]
    most = min(most, BESIDE) if len(places) > 1 else most
    weight = weigh_words(reading)
    return tuple(_best(reading, place, weight, most) for place in places if reading.texts[place].sentences)


def _best(reading: Reading, place: int, weight: Mapping[str, float], most: int) -> Chosen:
    text = reading.texts[place]
    odds = score_sentences(reading, place, weight)
    best = sorted(zip(odds, text.sentences, strict=True), key=lambda pair: -pair[0])[:most]
    least = max(SHOWN if reading.fits else -math.inf, best[0][0] - BEHIND)
    kept = (sentence for place, (odd, sentence) in enumerate(best) if odd >= least or not place)
    as_good = tuple(sentence for odd, sentence in best if odd >= best[0][0] - AS_GOOD)
    return Chosen(text, tuple(sorted(kept, key=lambda sentence: sentence.number)), best[0][1], as_good)


def score_sentences(reading: Reading, place: int, weight: Mapping[str, float]) -> list[float]:
    """Return the log odds that each sentence of the paper at a place answers, by its words and by how it was read."""
    key = reading.texts[place].paper.id
    fits = (reading.fits.get((key, number), UNREAD) for number in range(len(reading.texts[place].sentences)))
    by_words = score_by_words(reading, place, weight)
    return [BASE + BY_WORDS * score + BY_FIT * fit for score, fit in zip(by_words, fits, strict=True)]


def score_by_words(reading: Reading, place: int, weight: Mapping[str, float]) -> list[float]:
    """Return how well the words of each sentence of the paper at a place answer; `weight` is that of words asked."""
    text = reading.texts[place]
    rare = _rarity(reading.demands.names, text)
    tried = bool(_TRIED.search(reading.question))
    return [
        _score(reading, place, number, weight, rare) + 1.5 * (tried and bool(_TRIAL.search(sentence)))
        for number, sentence in enumerate(text.cleaned)
    ]


BASE, BY_WORDS, BY_FIT, UNREAD = -1.85, 0.54, 0.72, -5.0
"""Weights of the score by words and of the log odds of fit, and what these are for a sentence that was not read.

Learned by `python -m tests.train.weights`, which prints them.
"""


AS_GOOD = 1.2
"""Most log odds that a sentence is behind the best one which answers about as well."""

SHOWN, BEHIND = -2.6, 2.5
"""Least log odds of a sentence that is shown beside the best one, where sentences were read, and how much less than
those of the best they are at most: where one is sure it stands alone.
"""


def _papers(reading: Reading) -> list[int]:
    """Return the places of the papers that an answer cites."""
    demands, results, texts = reading.demands, reading.results, reading.texts
    first = about(demands.names, texts)
    if demands.kind == "one":
        if first in (alike := _namesakes(demands.names, texts)):
            return list(alike)
        doubtful = not demands.names and [r.score >= CLOSE * results[0].score for r in results[1:2]] == [True]
        return [0, 1] if doubtful else [first]
    share = COMPARED if demands.kind == "compare" else LISTED
    near = [i for i, result in enumerate(results) if result.score >= share * results[0].score]
    if demands.kind == "list":
        return near
    return _compared(reading, first, near)


def _compared(reading: Reading, first: int, near: Sequence[int]) -> list[int]:
    """Return the places of the papers that are compared, of which the names tell that the `first` is meant."""
    demands, texts, homes = reading.demands, reading.texts, _homes(reading)
    if _are_called(reading, homes):
        return sorted(homes)
    if (compared := subjects(reading.asked, demands)) and any(home(name, texts) is None for name in compared):
        return sorted(homes) or list(near)
    sides = [place for place, text in enumerate(texts) if text.paper.id in reading.sides]
    within = all(mentions(texts[first].whole, name) for name in demands.names) and not demands.several
    if len(demands.names) > 1 and within:
        return [first]
    if len(homes) <= 1 < len(sides):
        return sides
    if demands.names and within:
        return [first]
    named = [i for i, text in enumerate(texts) if any(mentions(text.whole, name) for name in demands.names)]
    order = list(dict.fromkeys((*homes, *named, *near)))
    return sorted(order[: max(demands.compared, len(homes))])


def _are_called(reading: Reading, homes: Sequence[int]) -> bool:
    """Tell whether each work compared is the one that another paper is called by, as TIP and TIPS."""
    compared = subjects(reading.asked, reading.demands)
    called = [any(is_called(reading.texts[place], name) for place in homes) for name in compared]
    return len(homes) == len(compared) > 1 and all(called)


def _namesakes(names: Sequence[str], texts: Sequence[PaperText]) -> tuple[int, ...]:
    """Return the places of the papers whose works have one name, if the title of more than one has it."""
    titled = any(sum(mentions(text.title, name) for text in texts) > 1 for name in names)
    return namesakes(names, texts) if titled else ()


def _homes(reading: Reading) -> list[int]:
    """Return the places of the papers that the names in a question are of: of the works compared, else of all.

    A name that is not of a work side by side with others has to be in a title, or in one paper alone.
    """
    texts, names = reading.texts, reading.demands.names
    own = [place for name in subjects(reading.asked, reading.demands) if (place := home(name, texts)) is not None]
    if len(set(own)) > 1:
        return list(dict.fromkeys(own))
    homes = [*own]
    for name in names:
        titled = [i for i, text in enumerate(texts) if mentions(text.title, name)]
        held = [i for i, text in enumerate(texts) if mentions(text.whole, name)]
        homes += titled[:1] or (held if len(held) == 1 else [])
    return list(dict.fromkeys(homes))


def weigh_words(reading: Reading) -> dict[str, float]:
    """Return the inverse document frequency, among all sentences found, of each word asked, as a share of all of them.

    The words asked now weigh double beside those of the question before.
    """
    sentences = [frozenset(words) for text in reading.texts for words in text.words]
    frequency = Counter(word for words in sentences for word in words.intersection(reading.searched))
    idf = {word: inverse_frequency(n, len(sentences)) for word, n in frequency.items()}
    total = sum(idf.values()) or 1.0
    now = set(reading.words)
    twice = now if now != set(reading.searched) else set()
    return {word: value / total * (1 + (word in twice)) for word, value in idf.items()}


def _rarity(names: Sequence[str], text: PaperText) -> dict[str, float]:
    """Return one over the number of sentences that mention a name: the paper's own name tells little."""
    return {name: 1 / max(1, sum(mentions(one, name) for one in text.cleaned)) for name in names}


def _score(reading: Reading, place: int, number: int, weight: Mapping[str, float], rare: Mapping[str, float]) -> float:
    """Return how well the `number`-th sentence of the paper at a place answers.

    The weights are rounded from a softmax regression on the quotes of labelled questions: words shared, and again those
    that are not in the title, count most; then the retriever's order, what is demanded, what authors say they did.
    """
    demands, paper, ranked = reading.demands, reading.texts[place], reading.results[place].sentences
    text, words = paper.cleaned[number], frozenset(paper.words[number])
    order = next((i for i, one in enumerate(ranked, 1) if one.number == number), 0)
    told = sum(bool(aspect.told.search(text)) for _, aspect in demands.aspects) / max(1, len(demands.aspects))
    named = sum(rare[name] for name in demands.names if mentions(text, name)) / max(1, len(demands.names))
    return (
        1.5 * sum(weight.get(word, 0) for word in words)
        + 1.5 * sum(weight.get(word, 0) for word in words.difference(paper.title_words))
        + (1 / order if order else 0)
        + 1.5 * (demands.figure and has_figure(text))
        + 0.5 * told
        + named
        + 0.7 * bool(_MADE.search(text))
        + 0.4 * bool(_OWN.search(text))
        + 0.5 * paper.sentences[number].end / len(paper.paper.abstract)
        - 1.5 * bool(CODE.search(text))
    )
