"""Whether two sentences say the opposite of each other, or another number of the same thing: how surely, and how. Pure.

What tells it are things that both send somewhere, and opposite ways; words in whose place the other has the opposite;
a negation that one of both has; a number of the same words with another value. A logistic regression weighs these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from paperchat.logistic import Logistic
from paperchat.protocols import ClaimReader
from paperchat.text.number_agreement import compatible, same_value
from paperchat.text.numbers import Quantity, is_year, quantities
from paperchat.text.words import Word, denies, opposites, words
from paperchat.verification.alignment import Alignment, usual_rarity
from paperchat.verification.entailment import masked
from paperchat.verification.negation import antonyms, denied, unqualified
from paperchat.verification.number_binding import Bound, agreement, bind
from paperchat.verification.rules import ALIKE, RELATED, ClaimFault, turns
from paperchat.verification.tendency import Tendencies, agreed, opposed, tendencies

SURE = 0.5
"""Least probability that a sentence opposes a claim for that to be a fault of the claim."""

NEVER = Logistic(-99.0, {})
"""Weights by which nothing opposes anything."""

TIED = 0.5
"""Least share of what one number is bound to that the other of the same thing is bound to as well."""


@dataclass(frozen=True, eq=False)
class Said:
    """A sentence as it is held against another; what is asked of it is made when it is first asked for, and kept.

    `read` are its words where they are known; of one that is not `counted` the numbers are left out.
    """

    text: str
    read: tuple[Word, ...] | None = None
    counted: bool = True

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return words(self.text) if self.read is None else self.read

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems of its content words."""
        return frozenset(word.stem for word in self.words if word.content)

    @cached_property
    def tendencies(self) -> Tendencies:
        """Where it says that things go."""
        return tendencies(self.words)

    @cached_property
    def bound(self) -> tuple[Bound, ...]:
        """Its numbers with what each is bound to."""
        return bind(self.text, self.words, quantities(self.text), {}) if self.counted else ()


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells that a sentence opposes a claim; shares are of words, weighted by their rarity, 0..1.

    `covered` is the share of the claim that the sentence has, `covers` that of the sentence in the claim. `opposed` and
    `agreed` are the shares of the claim that both send somewhere, opposite ways or the same. `turned`, `denied` and
    `number` are 0 or 1: a word is in the place of its opposite, one of both denies, a number is another.
    """

    covered: float
    covers: float
    opposed: float
    agreed: float
    turned: float
    denied: float
    number: float

    def named(self) -> dict[str, float]:
        """Return the values by their names."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Opposition:
    """How probable it is, 0..1, that a sentence opposes another, and one line that says in what they differ, or "".

    `numbers` says that they differ in these alone.
    """

    chance: float
    how: str
    numbers: bool


@dataclass(frozen=True, slots=True)
class Opposing:
    """What judges whether sentences oppose each other: rarity of stems (see `Checker`), and weights of the signs.

    `reader` tells, where there is one, whether a sentence contradicts another by what was learned of claims.
    """

    rarity: Mapping[str, float]
    weights: Logistic
    reader: ClaimReader | None = None

    def signs(self, mine: Said, theirs: Said) -> tuple[Signs, str]:
        """Return what tells that one sentence opposes another, and one line that says in what they differ, or ""."""
        usual = usual_rarity(self.rarity)

        def weigh(stems: frozenset[str]) -> float:
            return sum(self.rarity.get(one, usual) for one in stems)

        both, against = mine.content & theirs.content, opposed(mine.tendencies, theirs.tendencies)
        own = weigh(mine.content) or 1.0
        covered = weigh(both) / own
        instead = in_place(mine.words, theirs.words) if covered >= RELATED else ""
        denial = denial_of(mine.words, theirs.words) if covered >= ALIKE else ""
        numbers = other_numbers(mine.bound, theirs.bound, self.rarity)
        signs = Signs(
            covered=covered,
            covers=weigh(both) / (weigh(theirs.content) or 1.0),
            opposed=weigh(frozenset(against)) / own,
            agreed=weigh(agreed(mine.tendencies, theirs.tendencies)) / own,
            turned=float(bool(instead or denial)),
            denied=float(denies(mine.words) != denies(theirs.words)),
            number=float(bool(numbers)),
        )
        ways = [f"of \u201c{one.thing}\u201d, {_pair(one.cue, other.cue)}" for one, other in against.values()]
        told = next(filter(None, (instead, *ways, denial, *numbers)), "")
        return signs, told

    def judge(self, mine: Said, theirs: Said) -> Opposition:
        """Return how probable it is that a sentence opposes another, and how."""
        signs, how = self.signs(mine, theirs)
        alone = bool(signs.number) and not (signs.turned or signs.opposed)
        return Opposition(self.weights.probability(signs.named()), how, alone)

    def mutual(self, first: tuple[str, str], second: tuple[str, str]) -> float:
        """Return the log odds that two sentences, each with its paper's title before it, contradict each other.

        They are those of the less sure of the two ways, and 0 where nothing reads them.
        """
        if self.reader is None:
            return 0.0
        (title, said), (other, against) = ((masked(name), masked(text)) for name, text in (first, second))
        return min(self.reader.contradiction(said, other, against), self.reader.contradiction(against, title, said))


def opposition_faults(laid: Alignment, best: Sequence[int], opposing: Opposing) -> list[ClaimFault]:
    """Return the fault of saying the opposite of one of the two best sentences; numbers are judged by themselves."""
    mine = Said(laid.claim, laid.words, counted=False)
    for place in best[:2]:
        judged = opposing.judge(mine, Said(laid.sentences[place], laid.lines[place], counted=False))
        if judged.how and judged.chance >= SURE:
            reason = f"It and the cited sentence differ: {judged.how}."
            return [ClaimFault("direction", 0, len(laid.claim), reason)]
    return []


def in_place(mine: Sequence[Word], theirs: Sequence[Word]) -> str:
    """Return the line on a word in whose place the other sentence has its opposite, or ""."""
    faults = turns(mine, theirs, set(), denied=denies(theirs))
    placed = [word for word, _ in antonyms(mine, theirs, ())]
    placed += [word for fault in faults for word in mine if fault.start <= word.start < fault.end]
    for word in placed:
        for other in theirs:
            if other.stem in opposites().get(word.stem, ()):
                return _pair(word.text, other.text)
    return ""


def denial_of(mine: Sequence[Word], theirs: Sequence[Word]) -> str:
    """Return the line on a word that only one of two sentences denies, or ""."""
    found = next((word for word, _ in (*denied(mine, theirs, ()), *unqualified(mine, theirs))), None)
    return f"only one denies \u201c{found.text}\u201d" if found else ""


def _pair(one: str, other: str) -> str:
    return f"\u201c{one}\u201d against \u201c{other}\u201d"


def other_numbers(mine: Sequence[Bound], theirs: Sequence[Bound], rarity: Mapping[str, float]) -> list[str]:
    """Return a line for each number that is bound to what a number of another value is bound to in the other text."""
    usual = usual_rarity(rarity)

    def tied(one: Bound, other: Bound) -> bool:
        least = min(agreement(own, own, rarity, usual) for own in (one, other))
        return least > 0 and agreement(one, other, rarity, usual) >= TIED * least

    def is_alone(one: Bound, others: Sequence[Bound]) -> bool:
        plain = not (one.quantity.vague or is_year(one.quantity) or one.quantity.rough)
        return plain and not any(same_value(one.quantity, other.quantity) for other in others)

    here = [one for one in mine if is_alone(one, theirs)]
    there = [one for one in theirs if is_alone(one, mine)]
    return [
        _pair(_digits(one.quantity), _digits(other.quantity))
        for one in here
        for other in there
        if compatible(one.quantity, other.quantity)
        and one.quantity.unit == other.quantity.unit
        and one.quantity.measure == other.quantity.measure
        and tied(one, other)
    ]


def _digits(quantity: Quantity) -> str:
    return f"{quantity.value:,.10g}{ {'%': '%', 'x': ' times'}.get(quantity.unit, '') }"
