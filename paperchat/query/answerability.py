"""Judge whether the papers found answer a question, and name what is missing when they do not. Pure functions.

A question makes demands (`query/intent`). One paper has to meet them all; a comparison may spread them over the best
few, a list needs only one of them. A question without demands has to be near some paper at all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from paperchat.logistic import Logistic
from paperchat.query.aspects import MEASURES
from paperchat.query.injection import PERSONA
from paperchat.query.intent import Demands
from paperchat.query.reading import Reading
from paperchat.query.works import beside, home, is_called, subjects
from paperchat.text.language_id import ENGLISH, language_of
from paperchat.text.mentions import mentions
from paperchat.text.numbers import has_figure
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import content_words, inverse_frequency, stop_stems

SPREAD = 3
"""Papers over which a comparison may spread its demands, beside those that it names."""

NEAR = 0.47
"""Least sum of similarity and coverage (see `nearness`); below it the set is about other things."""

LEAST = 0.15
"""Least probability that what is found answers a question; below it it is a near miss."""

REST = 3
"""Content words that a question needs beside a request to drop its papers."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the papers answer: `score` is in 0..1 (1: all that is asked is there), `missing` is as the reader typed.

    `notice` is a line for the reader: what is missing, also where the rest of what is asked is there. `names` are those
    that it asks about.
    """

    answerable: bool
    score: float
    missing: tuple[str, ...] = ()
    notice: str = ""
    names: tuple[str, ...] = ()


def judge(reading: Reading, papers: int, learned: Logistic | None = None) -> Judgement:
    """Judge whether the papers found for a question, out of a set of `papers`, answer it.

    `learned` tells it from `measure` of a question that one paper answers, where sentences were read for that.
    """
    asked = reading.asked
    if PERSONA.search(reading.question) or (asked != reading.question and len(reading.words) < REST):
        return Judgement(False, 0.0, (), "paperchat only answers questions about its papers, from its papers.")
    if not reading.results:
        return Judgement(False, 0.0, (), "No paper of the set shares a word or a meaning with this question.")
    demands = reading.demands
    missing, place, lines = _least_missing(reading)
    if missing:
        met = 1 - len(missing) / (len(missing) + len(demands.names) + 1)
        return Judgement(False, met, missing, _names_missing(reading, missing, place))
    near = nearness(reading, papers)
    named = any(mentions(text.whole, name) for text in reading.texts for name in demands.names)
    if near < NEAR and not named:
        return Judgement(False, near, (), _far(reading))
    chance = learned.probability(measure(reading, near, named)) if learned and _is_read(reading) else 1.0
    if chance < LEAST:
        return Judgement(False, chance, (), _untold(reading))
    return Judgement(True, min(1.0, near), tuple(lines), " ".join(filter(None, lines.values())), names=demands.names)


def measure(reading: Reading, near: float, named: bool) -> dict[str, float]:
    """Return what tells whether sentences that were read answer a question, by name; `near` is its nearness."""
    first = reading.results[0].paper.id
    lowest = min(reading.fits.values())  # for a paper without a sentence
    best = max(reading.fits, key=lambda key: reading.fits[key])
    texts = {text.paper.id: text.cleaned for text in reading.texts}
    return {
        "near": near,
        "named": float(named),
        "fit": reading.fits[best],
        "first": max((odd for (key, _), odd in reading.fits.items() if key == first), default=lowest),
        "figure": float(has_figure(texts[best[0]][best[1]]) - 1) if reading.demands.figure else 0.0,
    }


def _is_read(reading: Reading) -> bool:
    """Tell whether sentences were read for an answer; a paper that is asked for is one by its title."""
    return bool(reading.fits) and reading.demands.kind == "one" and not reading.demands.paper


def _untold(reading: Reading) -> str:
    return f"The nearest abstract, of “{reading.texts[0].title}”, does not tell this."


def nearness(reading: Reading, papers: int) -> float:
    """Return the best cosine similarity of a paper found plus the greatest share of the question's words in a paper.

    A word weighs its inverse document frequency; one that no paper has may be misspelt there.
    """
    frequency = reading.frequency
    words = [word for word in dict.fromkeys(reading.searched) if word not in _ASKING]
    papers = max(papers, FEW)  # in a handful of papers every word is either common or unheard of
    weight = {word: inverse_frequency(frequency.get(word, 0), papers) for word in words}
    total = sum(weight.values()) or 1.0
    shared = 0.0
    for text in reading.texts:
        held = text.vocabulary
        misspelt = (word for word in words if not frequency.get(word) and len(word) > MISSPELT)
        found = held.intersection(words).union(word for word in misspelt if mentions(text.whole, word))
        shared = max(shared, sum(weight[word] for word in found) / total)
    return max((result.dense.score for result in reading.results if result.dense), default=0.0) + shared


_ASKING = stop_stems("nearness")
"""Stems that only ask."""

FEW = 100
"""Papers that a set is taken to have at least, when rare words are weighed."""

MISSPELT = 6
"""Letters beyond which a word that no paper has is looked for in other spellings."""


def _least_missing(reading: Reading) -> tuple[tuple[str, ...], int, dict[str, str]]:
    """Return what the paper lacks that the question is about, and that paper's place.

    Where all that is asked of one thing is there and of another named beside it is not, nothing is missing: the last
    tells of each such name in a line.
    """
    demands, texts = reading.demands, reading.texts
    place = about(demands.names, texts)
    held = [name for name in demands.names if any(mentions(text.whole, name) for text in texts)]
    nowhere = _unheard([name for name in demands.names if name not in held])
    if demands.kind == "list":
        return (() if held or not demands.names else demands.names), place, nowhere if held else {}
    if demands.kind == "compare" and (lines := _told_of_each(reading, nowhere)) is not None:
        return (), place, lines
    missing = _missing_of(demands, texts, place)
    if not missing:
        return (), place, {}
    own = [name for name in demands.names if mentions(texts[place].whole, name)]
    spared = {name for group in beside(reading.asked, demands) if set(group) & set(own) for name in group} & {*missing}
    left = replace(demands, names=tuple(name for name in demands.names if name not in spared))
    if not spared or demands.kind == "compare" or _missing_of(left, texts, place):
        return missing, place, {}
    here = f"The abstract of \u201c{texts[place].title}\u201d does not mention {{}}."
    unheard = _unheard([name for name in nowhere if name in spared])
    return (), place, {name: unheard.get(name, here.format(name)) for name in demands.names if name in spared}


def _unheard(names: Sequence[str]) -> dict[str, str]:
    """Return the line that names what no abstract has under the first of these names, and none under the others."""
    return {name: "" if n else f"The abstracts do not mention {_either(names)}." for n, name in enumerate(names)}


def _told_of_each(reading: Reading, nowhere: Mapping[str, str]) -> dict[str, str] | None:
    """Return a line on each work compared of which not all that is asked is told; None if that is so of every one."""
    demands, texts = reading.demands, reading.texts
    compared = subjects(reading.asked, demands)
    own = {name: home(name, texts) for name in compared}
    if not compared or ((demands.figure or demands.aspects) and any(name not in compared for name in nowhere)):
        return None
    others = tuple(name for name in demands.names if name not in compared)
    lines = dict(nowhere)
    for name, place in own.items():
        if place is None:
            continue
        text = texts[place]
        asked = replace(demands, names=tuple(other for other in others if mentions(text.whole, other)))
        if lack := _missing(asked, text.whole, (f"{text.title}.", *text.cleaned)):
            lines[name] = f"{name}: {_not_told(demands, lack)} in the abstract."
    return lines if any(place is not None and name not in lines for name, place in own.items()) else None


def _not_told(demands: Demands, lack: Sequence[str]) -> str:
    """Return what an abstract lacks as a line on it tells it."""
    plain = [aspect.label or words for words, aspect in demands.aspects if aspect not in MEASURES]
    plain = [_COUNT.sub("", words) for words in plain if words in lack]
    return f"no {_either(plain)}" if plain else "no figure"


def _missing_of(demands: Demands, texts: Sequence[PaperText], place: int) -> tuple[str, ...]:
    """Return what the paper at a place lacks, or those that are compared, when no other one has it all."""
    lacks = [_missing(demands, text.whole, (f"{text.title}.", *text.cleaned)) for text in texts]
    if not lacks[place] or () in lacks[:SPREAD]:
        return ()
    if demands.kind == "compare":
        named = [text for text in texts[SPREAD:] if any(mentions(text.whole, name) for name in demands.names)]
        sentences = [one for text in (*texts[:SPREAD], *named) for one in (f"{text.title}.", *text.cleaned)]
        return _missing(demands, " ".join(sentences), sentences)
    return lacks[place]


def about(names: Sequence[str], texts: Sequence[PaperText]) -> int:
    """Return the place of the paper that the names tell is meant: the first one where they tell nothing.

    The fewer papers hold a name, the more it weighs, and thrice where it stands in a title. In several titles, it is
    rather of the paper that is called so.
    """
    weights = {name: 1 / n for name in names if (n := sum(mentions(text.whole, name) for text in texts))}
    titled = {name: [text for text in texts if mentions(text.title, name)] for name in weights}
    called = {name: [text for text in own if is_called(text, name)] for name, own in titled.items() if len(own) > 1}
    for name in weights:
        weights[name] *= IN_TITLE if titled[name] else 1
    held = [
        sum(
            weight * (1 + (text in called.get(name, ())))
            for name, weight in weights.items()
            if mentions(text.whole, name)
        )
        for text in texts
    ]
    return max(range(len(texts)), key=lambda place: (held[place], -place), default=0)


IN_TITLE = 3


def _missing(demands: Demands, text: str, sentences: Sequence[str]) -> tuple[str, ...]:
    lack = [name for name in demands.names if not mentions(text, name)]
    lack += [aspect.label or words for words, aspect in demands.aspects if not aspect.told.search(text)]
    if demands.figure and not lack and not _figure_near(demands.names, sentences):
        lack.append("that number")
    return tuple(lack)


def _figure_near(names: Iterable[str], sentences: Sequence[str]) -> bool:
    """Tell whether sentences state a number, and near one of the names when they say little else on them."""
    told = [i for i, sentence in enumerate(sentences) if has_figure(sentence)]
    for name in names:
        about = [i for i, sentence in enumerate(sentences) if mentions(sentence, name)]
        own = len(about) > 1 or 0 in about
        if told and (own or any(abs(i - j) <= 1 for i in about for j in told)):
            return True
    return bool(told) and not tuple(names)


def _names_missing(reading: Reading, missing: Sequence[str], place: int) -> str:
    shown = [_COUNT.sub("", words) for words in missing]
    nowhere = [name for name in shown if " " not in name or name in reading.demands.names]
    nowhere = [name for name in nowhere if not any(mentions(text.whole, name) for text in reading.texts)]
    nowhere = [name for name in nowhere if reading.frequency and _is_unheard(reading, name)]
    here = [name for name in shown if name not in nowhere]
    title = reading.texts[place].title
    unheard = f"The abstracts do not mention {_either(nowhere)}. " if nowhere else ""
    if here:
        return f"{unheard}The nearest abstract, of “{title}”, does not give {_either(here)} for this."
    return f"{unheard}The nearest paper is “{title}”."


def _is_unheard(reading: Reading, words: str) -> bool:
    """Tell whether a name, for which the whole set was searched, or some of the words that ask, are in no paper."""
    return words in reading.demands.names or any(not reading.frequency.get(word) for word in content_words(words))


_COUNT = re.compile(r"^(?:how (?:many|much|long)|number of|which|what) (?=\w)", re.IGNORECASE)


def _far(reading: Reading) -> str:
    nearest = f"The nearest paper is “{reading.texts[0].title}”."
    if (language := language_of(reading.asked)) != ENGLISH:
        return f"This question is in {language}, the papers are in English: ask in English. {nearest}"
    return f"The abstracts do not answer this question. {nearest}"


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
