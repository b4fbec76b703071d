"""Claims made from sentences of abstracts: paraphrases that still follow, and changes that turn or leave the meaning.

Both are made of the same paraphrase of a sentence, so that "differs from the wording" says nothing of the label.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from paperchat.text import lexicon
from paperchat.text.names import names

Change = Callable[[str, Sequence[str], random.Random], str]
"""Returns a sentence changed, given the other sentences of its abstract; "" where there is nothing to change."""

_LEADS = re.compile(
    r"^(?:However|Moreover|Furthermore|In addition|Additionally|Specifically|In particular|Finally|Here|Therefore|Thus"
    r"|To this end|As a result|In this (?:paper|work|study|article)|In contrast|Importantly|Notably|Consequently),?\s+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^()]{1,80}\)")
_SHOWS = re.compile(
    r"^(?:(?:we|the authors|our (?:results|experiments|findings)|(?:the |these )?(?:results|experiments|data|findings))"
    r" (?:also |further )?(?:show|demonstrate|find|found|showed|demonstrated|indicate|indicated|suggest|suggested"
    r"|reveal|revealed|observe|observed|report|reported)(?: that)?)\s+(?=\w+ )",
    re.IGNORECASE,
)
_TAIL = re.compile(r",\s+(?:which|while|whereas|thereby|thus|making|allowing|enabling|leading|resulting)\b[^,;]*\.?$")
_WE = re.compile(r"\bWe\b|\bwe\b")
_OUR = re.compile(r"\bOur\b|\bour\b")

SYNONYMS: dict[str, tuple[str, ...]] = {
    "propose": ("introduce", "put forward", "present"), "introduce": ("propose", "present"),
    "present": ("introduce", "describe"), "show": ("demonstrate", "find"), "demonstrate": ("show",),
    "demonstrates": ("shows",), "use": ("employ", "rely on", "make use of"), "uses": ("employs", "relies on"),
    "used": ("employed", "applied"), "using": ("with", "by means of"), "achieves": ("reaches", "attains", "obtains"),
    "achieve": ("reach", "attain", "obtain"), "obtained": ("got", "gained"), "outperforms": ("beats", "surpasses"),
    "outperform": ("beat", "surpass"), "improves": ("raises", "betters", "boosts"), "improve": ("raise", "boost"),
    "increased": ("rose", "went up", "grew"), "decreased": ("fell", "went down", "dropped"),
    "reduces": ("lowers", "cuts"), "reduced": ("lowered", "cut"), "large": ("big", "sizable"), "novel": ("new",),
    "significantly": ("markedly", "considerably"), "approach": ("method",), "method": ("approach",),
    "several": ("a number of", "multiple"), "various": ("different",), "effective": ("useful",),
    "performance": ("results",), "existing": ("current", "previous"), "previous": ("earlier", "prior"),
    "requires": ("needs", "calls for"), "require": ("need",), "compared": ("in comparison",), "important": ("key",),
    "patients": ("people treated",), "associated": ("linked", "connected"), "mice": ("mouse models",),
    "evaluate": ("test", "assess"), "evaluated": ("tested", "assessed"), "investigate": ("study", "look into"),
    "investigated": ("studied", "looked into"), "develop": ("build",), "developed": ("built",), "many": ("numerous",),
    "expensive": ("costly",), "difficult": ("hard",), "quickly": ("fast",), "enables": ("lets", "allows"),
    "experiments": ("tests", "trials"), "dataset": ("data set",), "datasets": ("data sets",), "via": ("through",),
    "contains": ("has", "holds"), "consists": ("is made up",), "nearly": ("almost",), "often": ("frequently",),
}  # fmt: skip
"""Words that may stand for each other in an abstract."""


@dataclass(frozen=True, slots=True)
class Made:
    """A claim made from a sentence: its label, and the kind of change."""

    claim: str
    label: str
    kind: str


def paraphrased(sentence: str, title: str, dice: random.Random) -> str:
    """Return a sentence in other words, the meaning kept."""
    text = _LEADS.sub("", sentence.strip())
    if dice.random() < 0.7:
        text = _ASIDE.sub("", text)
    if dice.random() < 0.6:
        text = _SHOWS.sub("", text)
    if dice.random() < 0.4:
        text = _TAIL.sub(".", text)
    who = dice.choice(["The authors", "The paper", "They", "The study", _short(title) or "The work"])
    text = _WE.sub(
        lambda found: (
            who if found.start() == 0 else who[0].lower() + who[1:] if who[:3] in ("The", "They"[:3]) else who
        ),
        text,
    )
    text = _OUR.sub(lambda found: "Their" if found.start() == 0 else "their", text)
    words = [_swapped(word, dice) for word in text.split()]
    if dice.random() < 0.25:
        words = [
            word for word in words if not re.fullmatch(r"(?:also|further|then|very|extensive|recently|newly)", word)
        ]
    text = " ".join(words)
    if dice.random() < 0.3:
        text = _turned(text)
    return text[:1].upper() + text[1:] if text else sentence


def _short(title: str) -> str:
    head, colon, _ = title.partition(":")
    return head if colon and len(head.split()) <= 3 else ""


def _swapped(word: str, dice: random.Random) -> str:
    bare = word.strip(".,;:")
    others = SYNONYMS.get(bare.lower())
    if not others or dice.random() < 0.4:
        return word
    return word.replace(bare, dice.choice(others))


def _turned(text: str) -> str:
    """Return a sentence with its opening phrase at its end: "On X, A beats B." is "A beats B on X."."""
    found = re.match(r"^((?:On|In|With|For|By|Using|During|After|When|Among|At|Under) [^,]{3,60}), ([^,].+?)\.?$", text)
    if not found:
        return text
    head, rest = found[1], found[2]
    return f"{rest} {head[0].lower()}{head[1:]}."


_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?![\w])(?!\.\d)")


def number_changed(text: str, others: Sequence[str], dice: random.Random) -> str:
    """Return a text with one number replaced by another one of the abstract or one that is near."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return ""
    one = dice.choice(found)
    pool = [n for line in others for n in _NUMBER.findall(line) if n != one[0] and ("." in n) == ("." in one[0])]
    new = dice.choice(pool) if pool and dice.random() < 0.5 else _another(one[0], dice)
    return f"{text[: one.start()]}{new}{text[one.end() :]}" if new != one[0] else ""


def _another(number: str, dice: random.Random) -> str:
    value, places = float(number.replace(",", "")), len(number.partition(".")[2])
    changed = dice.choice([value * 10, value / 10 if places else value * 2, value + dice.choice([1, 2, 5, 10, -1, -2]),
                           value * dice.uniform(0.5, 0.95), value * dice.uniform(1.05, 1.9)])  # fmt: skip
    return f"{abs(changed):,.{places}f}" if "," in number else f"{abs(changed):.{places}f}"


_UNITS = (
    ("mg", "g"), ("µg", "mg"), ("kg", "g"), ("hours", "minutes"), ("minutes", "seconds"), ("days", "weeks"),
    ("weeks", "months"), ("months", "years"), ("years", "months"), ("ms", "seconds"), ("°C", "°F"), ("km", "m"),
    ("mm", "cm"), ("nm", "µm"), ("million", "billion"), ("thousand", "million"), ("GB", "MB"), ("Hz", "kHz"),
    ("%", "times"), ("mL", "L"), ("kW", "MW"), ("participants", "studies"), ("hours", "days"),
)  # fmt: skip


def unit_changed(text: str, _others: Sequence[str], dice: random.Random) -> str:
    """Return a text with the unit of one number replaced by another of its kind."""
    pairs = [pair for one in _UNITS for pair in (one, one[::-1])]
    dice.shuffle(pairs)
    for unit, other in pairs:
        changed = re.sub(rf"(?<=\d)(\s?-?){re.escape(unit)}(?!\w)", rf"\g<1>{other}", text, count=1)
        if changed != text:
            return changed
    return ""


OPPOSITES: dict[str, str] = {
    "increase": "decrease", "increases": "decreases", "increased": "decreased", "increasing": "decreasing",
    "higher": "lower", "high": "low", "highest": "lowest", "more": "less", "most": "least", "better": "worse",
    "best": "worst", "faster": "slower", "improves": "worsens", "improve": "worsen", "improved": "worsened",
    "improvement": "decline", "larger": "smaller", "greater": "smaller", "large": "small", "longer": "shorter",
    "positive": "negative", "positively": "negatively", "before": "after", "above": "below", "gain": "loss",
    "outperforms": "underperforms", "outperform": "underperform", "enhances": "impairs", "enhanced": "impaired",
    "enhance": "impair", "promotes": "inhibits", "promote": "inhibit", "promoted": "inhibited", "up": "down",
    "activates": "represses", "activation": "inhibition", "induces": "suppresses", "induced": "suppressed",
    "strong": "weak", "stronger": "weaker", "early": "late", "earlier": "later", "rich": "poor", "gains": "losses",
    "upregulated": "downregulated", "reduces": "raises", "reduce": "raise", "reduced": "raised", "reduction": "rise",
    "protects": "harms", "with": "without", "within": "outside", "efficient": "inefficient", "robust": "fragile",
    "similar": "different", "superior": "inferior", "easier": "harder", "supervised": "unsupervised", "cheap": "costly",
    "online": "offline", "global": "local", "dense": "sparse", "short": "long", "simple": "complex", "few": "many",
    "success": "failure", "succeeds": "fails", "exceeds": "falls below", "surpasses": "falls behind", "rises": "falls",
}  # fmt: skip
_OPPOSED = {**{b: a for a, b in OPPOSITES.items()}, **OPPOSITES}


def direction_turned(text: str, _others: Sequence[str], dice: random.Random) -> str:
    """Return a text with one word replaced by its opposite."""
    words = text.split()
    places = [i for i, word in enumerate(words) if word.strip(".,;:").lower() in _OPPOSED]
    if not places:
        return ""
    place = dice.choice(places)
    bare = words[place].strip(".,;:")
    new = _OPPOSED[bare.lower()]
    words[place] = words[place].replace(bare, new.capitalize() if bare[0].isupper() else new)
    return " ".join(words)


def entity_changed(text: str, others: Sequence[str], dice: random.Random) -> str:
    """Return a text with one name replaced by another name of the abstract."""
    own = [text[a:b] for a, b in names(text) if a]
    pool = list({line[a:b] for line in others for a, b in names(line) if a} - set(own))
    if not own or not pool:
        return ""
    return text.replace(dice.choice(own), dice.choice(pool), 1)


_VERB = re.compile(r"\b(is|are|was|were|can|could|does|do|did|has|have|will|may|should)\b(?! (?:not|no|been)\b)")
_PLAIN = re.compile(
    r"\b(outperform|improve|increase|reduce|achieve|require|affect|show|use|provide|enable|depend)(s|d|ed)?\b"
)
_NOT = re.compile(r"\b(?:(do|does|did) not|cannot|(is|are|was|were|can|could|has|have) not)\s+(?:significantly )?")


def negated(text: str, _others: Sequence[str], dice: random.Random) -> str:
    """Return a text that denies what it affirmed, or affirms what it denied."""
    if _NOT.search(text):
        return _NOT.sub(
            lambda found: f"{found[2]} " if found[2] else "can " if "can" in found[0] else "", text, count=1
        )
    verb, plain = _VERB.search(text), _PLAIN.search(text)
    if plain and (not verb or dice.random() < 0.5):
        helper = "does not" if plain[2] == "s" else "did not" if plain[2] else "do not"
        start = text[: plain.start()] + dice.choice([helper, helper, {"does not": "fails to"}.get(helper, "failed to")])
        return f"{start} {plain[1]}{text[plain.end() :]}"
    if not verb:
        return ""
    return f"{text[: verb.end()]} {dice.choice(['not', 'not', 'never', 'no longer'])}{text[verb.end() :]}"


_SCOPES = (
    (r"\b(?:may|might|could)\b", "will"), (r"\bcan\b", "always"), (r"\bsome\b", "all"), (r"\bmany\b", "all"),
    (r"\bmost\b", "all"), (r"\bseveral\b", "all"), (r"\boften\b", "always"), (r"\bsuggest(?:s|ed)?\b", "prove"),
    (r"\bassociated with\b", "caused by"), (r"\bin (?:mice|rats|vitro|zebrafish|yeast)\b", "in people"),
    (r"\bcorrelat\w+ with\b", "is the cause of"), (r"\bcompetitive\b", "unmatched"), (r"\bin part\b", "entirely"),
    (r"\bnear(?:ly)?\b", "fully"), (r"\bcomparable to\b", "better than"), (r"\bsimilar to\b", "better than"),
    (r"\bcontribut\w+ to\b", "alone explains"), (r"\bone of the\b", "the only"), (r"\ba subset of\b", "all"),
    (r"\bthree|two|four|five|six\b", "all known"), (r"\bpreliminary\b", "conclusive"),
    (r"\bpotential(?:ly)?\b", "proven"),
)  # fmt: skip


def widened(text: str, _others: Sequence[str], dice: random.Random) -> str:
    """Return a text that says more than its source: all for some, does for may, cause for association."""
    scopes = list(_SCOPES)
    dice.shuffle(scopes)
    for pattern, new in scopes:
        if (changed := re.sub(pattern, new, text, count=1)) != text:
            return changed
    return ""


_BEATS = re.compile(
    r"^(.{3,60}?) (outperforms?|surpasse[sd]|surpass|beats?|exceeds?|is better than|is faster than|is superior to"
    r"|is more \w+ than|performs? better than) (.{3,60}?)((?: (?:on|in|by|for|with|across|at|and) .*)?\.?)$"
)
_FROM = re.compile(r"\bfrom (\S+(?: \S+)?) to (\S+?)([.,;]?)(?= |$)")


def roles_turned(text: str, _others: Sequence[str], _dice: random.Random) -> str:
    """Return a text in which two things have changed places: A beats B, from X to Y."""
    if found := _BEATS.match(text):
        return f"{found[3][0].upper()}{found[3][1:]} {found[2]} {found[1][0].lower()}{found[1][1:]}{found[4]}"
    if _FROM.search(text):
        return _FROM.sub(r"from \2 to \1\3", text, count=1)
    return ""


def inverted(text: str, _others: Sequence[str], _dice: random.Random) -> str:
    """Return "B is outperformed by A" for "A outperforms B": the same in other words."""
    found = re.match(
        r"^(.{3,60}?) (outperform|surpass|exceed)(?:s|es|ed)? (.{3,60}?)((?: (?:on|in|by|for) .*)?\.?)$", text
    )
    if not found:
        return ""
    is_are = "are" if found[3].split()[-1].endswith("s") else "is"
    return f"{found[3][0].upper()}{found[3][1:]} {is_are} {found[2]}ed by {found[1][0].lower()}{found[1][1:]}{found[4]}"


_SHARES = {
    "50%": "half",
    "25%": "a quarter",
    "75%": "three quarters",
    "20%": "a fifth",
    "100%": "all",
    "10%": "a tenth",
}
_SPELLED = {value: word for word, value in lexicon.values("numerals", "unit").items() if 2 <= value <= 12}


def number_restated(text: str, _others: Sequence[str], dice: random.Random) -> str:
    """Return a text with one number in another notation."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return ""
    one = dice.choice(found)
    value, new = float(one[0].replace(",", "")), ""
    share = text[one.start() : one.end() + 1]
    if share in _SHARES:
        return f"{text[: one.start()]}{_SHARES[share]}{text[one.end() + 1 :]}"
    if value in _SPELLED:
        new = _SPELLED[value]
    elif value >= 1000:
        new = one[0].replace(",", "") if "," in one[0] else f"{value:,.10g}"
    elif text[one.end() : one.end() + 1] == "%":
        return f"{text[: one.end()]} percent{text[one.end() + 1 :]}"
    return f"{text[: one.start()]}{new}{text[one.end() :]}" if new else ""


TURNS: tuple[tuple[str, str, Change], ...] = (
    ("number-swapped", "contradicted", number_changed), ("unit-swapped", "contradicted", unit_changed),
    ("direction-flipped", "contradicted", direction_turned), ("entity-swapped", "not_supported", entity_changed),
    ("negation", "contradicted", negated), ("overclaim", "not_supported", widened),
    ("role-swapped", "contradicted", roles_turned),
)  # fmt: skip
"""Changes after which a claim no longer follows: kind, label, how."""

KEEPS: tuple[tuple[str, Change], ...] = (("inverted", inverted), ("number-restated", number_restated))
"""Changes after which it still does."""


def made(sentences: Sequence[str], place: int, title: str, dice: random.Random, count: int) -> list[Made]:
    """Return a supported claim and up to `count` others from the sentence at a place of an abstract."""
    others = [*sentences[:place], *sentences[place + 1 :]]
    base = paraphrased(sentences[place], title, dice)
    kept = next((new for _, keep in dice.sample(KEEPS, 2) if (new := keep(base, others, dice))), base)
    found = [Made(kept if dice.random() < 0.5 else base, "supported", "paraphrase")]
    turns = dice.sample(TURNS, len(TURNS))
    for kind, label, turn in turns:
        changed = turn(paraphrased(sentences[place], title, dice), others, dice)
        if changed and changed != base and len(found) <= count:
            found.append(Made(changed, label, kind))
    return found
