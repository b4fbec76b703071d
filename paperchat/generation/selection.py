"""Choose the sentences that answer a question, verbatim, from the papers found for it. Pure functions."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paperchat.query.answerability import about, whole_texts
from paperchat.query.intent import Demands, read_demands
from paperchat.text.cleaning import clean
from paperchat.text.mentions import mentions
from paperchat.text.numbers import has_figure
from paperchat.text.sentences import paper_sentences
from paperchat.text.tokens import content_words
from paperchat.types import Result, Sentence

EACH = {"one": 3, "compare": 2, "list": 1}
"""Most sentences of a paper, by the number of papers that an answer takes."""

CLOSE = 0.95
"""A second paper whose score is at least this share of the first one's may be the one that is meant."""

COMPARED = 0.55
"""A paper is compared, or listed (LISTED), when its score is at least this share of the first one's."""

LISTED = 0.5

_MADE = re.compile(
    r"\b(?:we|our|this (?:paper|work|article|study|review|survey))\b.{0,40}"
    r"\b(?:propos|introduc|present|develop|design|study|investigat|show|call|release|argu)\w*",
    re.IGNORECASE,
)

_OWN = re.compile(r"\b(?:we|our|this (?:paper|work))\b", re.IGNORECASE)

_TRIED = re.compile(
    r"\b(?:which|what|where|how many) (?:\w+ )?(?:data|datasets?|benchmarks?|environments?|tasks?|corpora)\b"
    r"|\b(?:tested|evaluated|tried)\b",
    re.IGNORECASE,
)

_TRIAL = re.compile(
    r"\b(?:evaluat|experiment|test(?:s|ed)?\b|dataset|benchmark|environments?\b|verified)", re.IGNORECASE
)

_CODE = re.compile(r"github|https?:|\b(?:code|models?) (?:is|are|will)\b.{0,300}\bavailable", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A paper that answers, its sentences that do, in the abstract's order, and the best of these."""

    result: Result
    sentences: tuple[Sentence, ...]
    best: Sentence


def choose(question: str, query: str, results: Sequence[Result]) -> tuple[Chosen, ...]:
    """Return the papers and sentences that answer: of one paper, of those compared, or one sentence of each listed.

    `query` is what was searched for: the question, with the one before it where it leans on that.
    """
    return answering(question, query, results, pick(question, results))


def pick(question: str, results: Sequence[Result]) -> tuple[int, ...]:
    """Return the places of the papers that answer; those of a comparison in the order in which it names them."""
    texts = whole_texts(results)
    demands = read_demands(question, texts)
    places = _papers(demands, results, texts) if results else []
    if demands.kind == "compare":
        places = sorted(places, key=lambda place: _asked_at(question, demands.names, texts[place], texts))
    return tuple(places)


def _asked_at(question: str, names: Sequence[str], text: str, texts: Sequence[str]) -> int:
    """Return where a question names the paper of a text, by the name that fewest of all texts have, else its end."""
    held = [name for name in names if mentions(text, name)]
    rarest = min(held, key=lambda name: sum(mentions(other, name) for other in texts), default="")
    return question.find(rarest) if rarest else len(question)


def answering(question: str, query: str, results: Sequence[Result], places: Sequence[int]) -> tuple[Chosen, ...]:
    """Return the sentences that answer of the papers at these places."""
    demands = read_demands(question, whole_texts(results))
    sentences = [paper_sentences(result.paper) for result in results]
    words = [[frozenset(content_words(clean(s.text))) for s in row] for row in sentences]
    weight = _weights(
        [word for row in words for word in row], content_words(clean(query)), content_words(clean(question))
    )
    chosen = []
    for place in places:
        rare = _rarity(demands.names, sentences[place])
        scores = [
            _score(demands, results[place], sentence, held, weight, rare)
            + (bool(_TRIED.search(question)) and bool(_TRIAL.search(sentence.text)))
            for sentence, held in zip(sentences[place], words[place], strict=True)
        ]
        most = EACH[demands.kind] if demands.kind != "one" or len(places) == 1 else 2
        best = sorted(zip(scores, sentences[place], strict=True), key=lambda pair: -pair[0])[:most]
        kept = (sentence for score, sentence in best if score >= best[0][0] - BEHIND)
        chosen.append(Chosen(results[place], tuple(sorted(kept, key=lambda sentence: sentence.number)), best[0][1]))
    return tuple(chosen)


BEHIND = 3.0
"""A sentence is left out when it scores this much less than the paper's best."""


def _papers(demands: Demands, results: Sequence[Result], texts: Sequence[str]) -> list[int]:
    """Return the places of the papers that an answer cites."""
    first = about(demands.names, texts, [clean(result.paper.title) for result in results])
    if demands.kind == "one":
        doubtful = not demands.names and [r.score >= CLOSE * results[0].score for r in results[1:2]] == [True]
        return [0, 1] if doubtful else [first]
    share = COMPARED if demands.kind == "compare" else LISTED
    near = [i for i, result in enumerate(results) if result.score >= share * results[0].score]
    if demands.kind == "list":
        return near
    if demands.names and all(mentions(texts[first], name) for name in demands.names) and not demands.several:
        return [first]
    named = [i for i, text in enumerate(texts) if any(mentions(text, name) for name in demands.names)]
    return sorted((named + [i for i in near if i not in named])[: demands.several or MOST])


MOST = 2
"""Papers that are compared when the question does not say how many."""


def _weights(sentences: Sequence[frozenset[str]], asked: Sequence[str], now: Sequence[str]) -> dict[str, float]:
    """Return the inverse document frequency, among these sentences, of each word asked, as a share of all of them.

    The words asked now weigh double beside those of the question before.
    """
    frequency = Counter(word for words in sentences for word in words.intersection(asked))
    idf = {word: math.log(1 + (len(sentences) - n + 0.5) / (n + 0.5)) for word, n in frequency.items()}
    total = sum(idf.values()) or 1.0
    twice = set(now) if set(now) != set(asked) else set()
    return {word: value / total * (1 + (word in twice)) for word, value in idf.items()}


def _rarity(names: Sequence[str], sentences: Sequence[Sentence]) -> dict[str, float]:
    """Return one over the number of sentences that mention a name: the paper's own name tells little."""
    return {name: 1 / max(1, sum(mentions(clean(one.text), name) for one in sentences)) for name in names}


def _score(
    demands: Demands,
    result: Result,
    sentence: Sentence,
    words: frozenset[str],
    weight: Mapping[str, float],
    rare: Mapping[str, float],
) -> float:
    """Return how well a sentence answers.

    The weights are rounded from a softmax regression on the quotes of labelled questions: words shared, and again those
    that are not in the title, count most; then the retriever's order, what is demanded, what authors say they did.
    """
    text, title = clean(sentence.text), frozenset(content_words(clean(result.paper.title)))
    place = next((i for i, one in enumerate(result.sentences, 1) if one.number == sentence.number), 0)
    told = sum(bool(aspect.told.search(text)) for _, aspect in demands.aspects) / max(1, len(demands.aspects))
    named = sum(rare[name] for name in demands.names if mentions(text, name)) / max(1, len(demands.names))
    return (
        1.5 * sum(weight.get(word, 0) for word in words)
        + 1.5 * sum(weight.get(word, 0) for word in words - title)
        + (1 / place if place else 0)
        + 1.5 * (demands.figure and has_figure(text))
        + 0.5 * told
        + named
        + 0.7 * bool(_MADE.search(text))
        + 0.4 * bool(_OWN.search(text))
        + 0.5 * sentence.end / len(result.paper.abstract)
        - 1.5 * bool(_CODE.search(text))
    )
