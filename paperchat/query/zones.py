"""The usual parts of an abstract (problem, idea, data, results, limits): how one is asked for, and what tells it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aspect:
    """A row of the table: how a question asks for it, and what a sentence that tells it says.

    `late` and `early` weigh where in the abstract (0: first sentence, 1: last) such a sentence stands.
    """

    name: str
    asked: re.Pattern[str]
    cues: re.Pattern[str]
    against: re.Pattern[str] | None = None
    early: float = 0.0
    late: float = 0.0
    figure: float = 0.0


def worded(pattern: str) -> re.Pattern[str]:
    """Return the pattern at the beginning of a word, in any case."""
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_PROPOSES = worded(
    r"(?:we|our|this (?:paper|work|article|study|survey|review)|it)\b.{0,40}"
    r"\b(?:propos|introduc|present|develop|design|investigat|study|studies|show how|call|release|argu|aim|offer)"
    r"|\b(?:is|are) (?:proposed|introduced|presented)|novel (?:method|framework|approach)"
)

_LIMITS = worded(
    r"limitations? (?:of|is|are|include)|fails? (?:to|on|for|when)|future work|at the (?:cost|expense) of|trade-?offs"
    r"|remains? (?:\w+ ){0,2}(?:open|challeng|difficult|behind|unsolved|issues?)|degrad\w+ (?:when|on|with|for)|caution"
    r"|(?:still|yet) (?:lag|fall|behind|far)|does not (?:improve|help|transfer|generali)|not (?:always|enough)"
)

ASPECTS = (
    Aspect(
        "problem",
        worded(r"problems?\b|challenges?\b|motivat\w+|gaps?\b|issues?\b|what (?:was|is) wrong|complaints?\b"),
        worded(
            r"however\b|problem|challeng|issues?\b|difficult|suffer|expensive|costly|lack(?:s|ing)?\b|limited\b|scarc"
            r"|hinder|neglect|overlook|ignor|fail|remains?\b|bottleneck|unclear|poor(?:ly)?\b|require|yet\b|need|cannot\b"
        ),
        _PROPOSES,
        early=1.0,
    ),
    Aspect(
        "idea",
        worded(r"ideas?\b|methods?\b|approach|techniques?\b|objectives?\b|how (?:do|does|did)\b"),
        _PROPOSES,
        early=0.3,
    ),
    Aspect(
        "data",
        worded(r"data\b|datasets?\b|benchmarks?\b|corpora\b|corpus\b|environments?\b|tested on|evaluated on"),
        worded(
            r"datasets\b|(?:the|a|new|our|\w(?:(?![A-Z])\w)*[A-Z]\w*) dataset\b|benchmarks?\b|corpus\b|corpora\b"
            r"|experiments?\b|(?:evaluat|validat|test|train|experiment)\w* (?:\w+ ){0,3}on\b"
            r"|ImageNet|COCO\b|CIFAR|ADE20K|collected"
        ),
        _PROPOSES,
        late=0.6,
        figure=0.2,
    ),
    Aspect(
        "results",
        worded(r"results?\b|numbers?\b|accurac\w+|perform\w+|scores?\b|gains?\b|better\b|higher\b|beats?\b"),
        worded(
            r"outperform|achiev|improv|state-of-the-art|sota\b|surpass|superior|better\b|competitive|gains?\b|exceed"
            r"|results\b|higher\b|lower\b|accuracy|effective|on par|faster|reduc"
        ),
        _PROPOSES,
        late=0.8,
        figure=1.0,
    ),
    Aspect(
        "limits", worded(r"limit\w*|weakness\w*|drawbacks?\b|shortcomings?\b|fails?\b"), _LIMITS, _PROPOSES, late=1.5
    ),
)


def asked_aspects(question: str) -> tuple[Aspect, ...]:
    """Return the usual aspects that a question names."""
    return tuple(aspect for aspect in ASPECTS if aspect.asked.search(question))
