"""Claims made of the sentences of an abstract: some that it says, in other words, and some that it does not. Pure.

Each wrong one stands beside right ones of the same sentence, so that being worded otherwise tells nothing.
"""

import random
import re
from collections.abc import Iterator, Sequence

from paperchat.text.names import names


def _pairs(told: str) -> list[tuple[str, str]]:
    """Return pairs of words, written as `one = other; …`."""
    return [(old.strip(), new.strip()) for old, _, new in (pair.partition("=") for pair in told.split(";"))]


OPPOSITE = _pairs("""
increase = decrease; increases = decreases; increased = decreased; increasing = decreasing; higher = lower; improve
= worsen; improves = worsens; improved = worsened; more = less; better = worse; larger = smaller; faster = slower;
positive = negative; before = after; reduce = raise; reduces = raises; reduced = raised; outperforms =
underperforms; outperform = underperform; with = without; upregulated = downregulated; activates = inhibits;
promotes = suppresses; strong = weak; high = low; greater = smaller; early = late; simple = complex; supervised =
unsupervised; presence = absence; enhanced = impaired; stronger = weaker; efficient = inefficient; longer = shorter;
gain = loss; local = global
""")
"""Words that turn what is said round, each way."""

ALIKE = _pairs("""
outperforms = does better than; outperform = do better than; show that = find that; we propose = the authors
introduce; demonstrate = show; demonstrates = shows; significantly = markedly; increased = raised; increase = rise;
reduces = lowers; reduce = lower; reduced = lowered; decreased = lowered; improves = makes better; improve = make
better; requires = needs; require = need; achieves = reaches; achieve = reach; utilizes = uses; employ = use; obtain
= get; in order to = to; however = but; large = big; difficult = hard; various = several; enables = allows; enable =
allow; is able to = can; are able to = can; due to = because of; promotes = furthers; inhibits = suppresses; via =
through; approximately = about; prior work = earlier work; existing = earlier; crucial = essential; important =
essential; our = the; we introduce = the paper presents; we present = the paper introduces; additionally = also;
moreover = also; numerous = many; identified = found; investigated = studied; elevated = raised; commonly = often;
consists of = is made of; superior = better
""")
"""Words that say the same, one way."""

WIDER = _pairs("""
some = all; many = all; most = all; several = all; may = always; can = always; often = always; suggest = prove;
suggests = proves; could = does; might = does; typically = always; potential = proven; associated with = caused by;
competitive with = far ahead of; comparable to = far better than; in mice = in patients; in rats = in humans; in
vitro = in patients
""")
"""Words that say more than was said, one way."""

_AUXILIARY = re.compile(r"\b(is|are|was|were|can|does|do|did|has|have|will|could)\b(?! not)")
_DENIED = re.compile(r"\b(is|are|was|were|can|does|do|did|has|have|will|could) not\b|\bcannot\b")
_LEAD = re.compile(
    r"^(?:[A-Z][\w ]{2,30}, |(?:Here|Thus|Moreover|Furthermore|Additionally|However|In this (?:paper|work|study)),? )"
)
_ASIDE = re.compile(r" \([^()]{2,80}\)")
_TAIL = re.compile(r", (?:which|where|while|whereas|and thus|thereby)\b[^,]*[.]$")


def right(sentence: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Yield claims that a sentence says, each with its kind."""
    yield "whole", sentence
    changed = swapped(sentence, ALIKE, dice, 3)
    cut = _TAIL.sub(".", _ASIDE.sub("", _LEAD.sub("", changed or sentence)))
    if cut != sentence:
        yield "reworded", cut[:1].upper() + cut[1:]


def wrong(sentence: str, others: Sequence[str], dice: random.Random) -> Iterator[tuple[str, str]]:
    """Yield claims that a sentence does not say, each with its kind; `others` are names elsewhere in its abstract."""
    both = [*OPPOSITE, *((second, first) for first, second in OPPOSITE)]
    for kind, pairs in (("direction", both), ("overclaim", WIDER)):
        if changed := swapped(sentence, pairs, dice, 1):
            yield kind, reworded(changed, dice)
    if denied := _DENIED.search(sentence):
        stands = denied[1] or "can"
        yield "negation", reworded(sentence[: denied.start()] + stands + sentence[denied.end() :], dice)
    elif found := _AUXILIARY.search(sentence):
        yield "negation", reworded(f"{sentence[: found.end()]} not{sentence[found.end() :]}", dice)
    own = [sentence[start:end] for start, end in names(sentence)]
    if len(set(own)) > 1:
        first, second = dice.sample(sorted(set(own)), 2)
        yield "role", reworded(exchanged(sentence, first, second), dice)
    strange = [name for name in others if name not in sentence]
    if own and strange:
        yield "entity", reworded(sentence.replace(dice.choice(own), dice.choice(strange)), dice)


def swapped(sentence: str, pairs: Sequence[tuple[str, str]], dice: random.Random, most: int) -> str:
    """Return a sentence with words of these pairs put for others, at most so many; empty where it has none."""
    found = [pair for pair in pairs if re.search(rf"\b{pair[0]}\b", sentence, re.IGNORECASE)]
    changed = sentence
    for old, new in dice.sample(found, min(most, len(found))):
        changed = re.sub(rf"\b{old}\b", new, changed, count=1, flags=re.IGNORECASE)
    return changed[:1].upper() + changed[1:] if found else ""


def reworded(claim: str, dice: random.Random) -> str:
    """Return a claim in other words half of the time, as right ones are."""
    if dice.random() < 0.5:
        return claim
    cut = _ASIDE.sub("", _LEAD.sub("", swapped(claim, ALIKE, dice, 2) or claim))
    return cut[:1].upper() + cut[1:]


def exchanged(sentence: str, first: str, second: str) -> str:
    """Return a sentence with two of its parts in each other's place."""
    parts = re.split(f"({re.escape(first)}|{re.escape(second)})", sentence)
    return "".join({first: second, second: first}.get(part, part) for part in parts)
