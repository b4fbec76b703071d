"""Where a text says that things go: more of them, less, or neither. Pure functions.

"X inhibits the growth of Y" says of the growth of Y that there is less; "does not inhibit" says neither. Two texts that
tell it of the same things in opposite ways say the opposite of each other, in whatever verbs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from paperchat.text import lexicon
from paperchat.text.words import Word
from paperchat.verification.negation import negated

BEFORE, AFTER = 6, 4
"""Words before a thing, and after it, within its clause, that say where it goes.

Those after it do where none is before and the verb is passive: of "Salt raises it" salt goes nowhere.
"""

_AUXILIARIES = lexicon.words("auxiliaries")

WAYS = {
    word: way for kind, way in (("up", 1), ("down", -1), ("none", 0)) for word in lexicon.words(f"directions.{kind}")
}
"""Where the words that say so send a thing: 1 up, -1 down, 0 neither. "Activity" is none, so they stand as they are."""


@dataclass(frozen=True, slots=True)
class Tendency:
    """A thing as a text calls it, where it goes there (1 up, -1 down, 0 neither), and the word that says so."""

    thing: str
    way: int
    cue: str


Tendencies = Mapping[str, tuple[Tendency, ...]]
"""What a text says of each thing that goes somewhere, by the thing's stem."""


def tendencies(said: Sequence[Word]) -> Tendencies:
    """Return where the things of a text go."""
    steps, found = steps_of(said), dict[str, tuple[Tendency, ...]]()
    for place, word in enumerate(said):
        if not word.content or place in steps:
            continue
        cues = _cues(said, steps, place)
        if cues:
            cue = min(cues, key=lambda at: abs(at - place))
            one = Tendency(word.text, prod(steps[at] for at in cues), said[cue].text)
            found[word.stem] = (*found.get(word.stem, ()), one)
    return found


def steps_of(said: Sequence[Word]) -> dict[int, int]:
    """Return where each word that sends things somewhere sends them, by its place; a negation makes it neither."""
    denied = negated(said)
    known = ((place, WAYS.get(word.text.lower())) for place, word in enumerate(said))
    return {place: way * (place not in denied) for place, way in known if way is not None}


def _cues(said: Sequence[Word], steps: Mapping[int, int], place: int) -> list[int]:
    """Return the places of the words that say where the word at a place goes, each turning those behind it round."""
    clause = said[place].clause
    cues = [at for at in range(max(0, place - BEFORE), place) if at in steps and said[at].clause == clause]
    if cues:
        return cues
    end = min(len(said), place + 1 + AFTER)
    after = [at for at in range(place + 1, end) if at in steps and said[at].clause == clause]
    passive = after and any(word.text.lower() in _AUXILIARIES for word in said[place + 1 : after[-1]])
    return after if passive else []


def opposed(mine: Tendencies, theirs: Tendencies) -> dict[str, tuple[Tendency, Tendency]]:
    """Return the things that two texts send opposite ways, or nowhere in one alone, with what each says of them."""
    return {
        key: (mine[key][0], theirs[key][0])
        for key in sorted(mine.keys() & theirs.keys())
        if not {one.way for one in mine[key]} & {one.way for one in theirs[key]}
    }


def agreed(mine: Tendencies, theirs: Tendencies) -> frozenset[str]:
    """Return the stems of the things that two texts send the same way."""
    return frozenset(mine.keys() & theirs.keys()) - opposed(mine, theirs).keys()
