"""Words of a sentence as a checker compares them: stems, stop words, negation, opposites. Pure functions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperchat.text.stemming import english_stemmer

_TOKEN = re.compile(r"[^\W_]+(?:[.'\N{RIGHT SINGLE QUOTATION MARK}+#][^\W_]+)*[+#]*|[,;:()/]")

_ISE = re.compile(r"is(e[sd]?|ing)$")

_ISATION = re.compile(r"isation(s?)$")

_OUR = re.compile(r"(?<=[a-z]{2})our")

_BREAKS = frozenset(",;:()/")

_CONNECTIVES = frozenset(("and", "but", "while", "whereas", "although", "though", "yet", "however"))

_STOP = """
a about above after again against all also am an and any are as at be because been before being below between both but
by can could did do does doing done during each either else even ever every few for from further had has have having he
her here hers him his how however i if in into is it its itself just kind many may me might more most much must my near
nearly no nor not now of off often on once one only onto or other others our ours out over own per quite rather same
several shall she should since so some such than that the their theirs them then there these they this those though
through thus to together too toward towards two under until up upon us use used uses using very via was we well were
what when where whether which while who whole whom whose why will with within without would yet you your author authors
paper work study propose proposed proposes present presents show shows shown introduce introduced introduces method
approach model
"""

_NEGATIONS = """
no not never none neither nor without cannot lack lacks lacking fail fails failed unable hardly absent free avoid avoids
avoiding eliminate eliminates eliminating obviate obviates obviating despite instead rather
"""

STOP = frozenset(_STOP.split())
"""Words that carry no claim of their own, or that every abstract has."""

NEGATIONS = frozenset(_NEGATIONS.split())
"""Words that turn a statement round."""

_OPPOSITES = """
higher lower|high low|highest lowest|more less fewer|most least fewest|better worse|best worst|larger smaller
|large small|largest smallest|big small|bigger smaller|faster slower|fast slow|fastest slowest
|increase decrease reduce alleviate mitigate|increased decreased reduced|improve degrade worsen hurt harm
|improvement degradation decline|gain loss|rise fall|outperform underperform lag|exceed fall|above below|before after
|first last|first second|early late|with without|strong weak|stronger weaker|robust fragile|stable unstable
|stability instability|accurate inaccurate|simple complex|cheap expensive costly demanding|easy hard|easier harder
|positive negative|supervised unsupervised|labeled unlabeled|labelled unlabelled|prior posterior|local global
|online offline|static dynamic|discrete continuous|linear nonlinear|dense sparse|maximize minimize|maximise minimise
|upper lower|include exclude|always never|all none|all most|every most|enable prevent|allow prevent
|encourage discourage|same different distinct|similar dissimilar|known unknown|seen unseen|open closed|inner outer
|short long|shorter longer|deep shallow|deeper shallower|wide narrow|teacher student|encoder decoder|source target
|train test|success failure|succeed fail|significant negligible|substantial marginal|require eliminate
|explicit implicit|explicitly implicitly|fixed learned|frozen trainable|single multiple|few many|scarce abundant
|rare common|homogeneous heterogeneous|bottom top|left right|forward backward|support contradict|up down
|superior inferior|safe unsafe|efficient inefficient|sufficient insufficient|consistent inconsistent
|dependent independent|directed undirected|active passive|accelerate slow|shrink grow|widen narrow close
|strengthen weaken|pretrained scratch|zero few|generative discriminative|autoregressive bidirectional|visual textual
|audio visual|manual automatic|manually automatically|promote inhibit|activate inhibit|upregulated downregulated
|elevated reduced
"""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: `text[start:end]`, its stem, and the number of the clause it stands in (from 0)."""

    start: int
    end: int
    text: str
    stem: str
    clause: int

    @property
    def content(self) -> bool:
        """Whether the word carries a meaning of its own."""
        return self.text.lower() not in STOP and (len(self.text) > 1 or self.text.isupper())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the Snowball stem of a word in small letters, with the British spelling of -our and -ise made American."""
    small = word.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").removesuffix("'s")
    small = _ISATION.sub(r"ization\1", _ISE.sub(r"iz\1", small))
    small = _OUR.sub("or", small) if small not in ("our", "four", "hour", "hours") else small
    return str(english_stemmer().stemWord(small))


@lru_cache(maxsize=1024)  # a claim is held against many sentences, and these against many claims
def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order; hyphens part words, and a comma, bracket or connective begins a clause."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    clause = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in _BREAKS:
            clause += 1
            continue
        clause += token.lower() in _CONNECTIVES
        yield Word(match.start(), match.end(), token, stem(token), clause)


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """Return, for the stem of each word of a pair of opposites, the stems of those that it is the opposite of."""
    found: dict[str, set[str]] = {}
    for row in _OPPOSITES.replace("\n", " ").split("|"):
        first, *rest = (stem(word) for word in row.split())
        for other in rest:
            found.setdefault(first, set()).add(other)
            found.setdefault(other, set()).add(first)
    return {word: frozenset(others) for word, others in found.items()}


def denies(said: Sequence[Word]) -> bool:
    """Tell whether a word of negation is among these."""
    return any(word.text.lower() in NEGATIONS or word.text.lower().endswith("n't") for word in said)
