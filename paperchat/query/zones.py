"""The usual parts of an abstract (problem, idea, data, results, limits): how one is asked for, what tells it. Pure."""

import re
from dataclasses import dataclass

from paperchat.text import lexicon
from paperchat.text.numbers import has_figure

SHORT = 9
"""A sentence of fewer words leans on the one before it."""


@dataclass(frozen=True, slots=True)
class Zone:
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


def _listed(subset: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon.one_of(lexicon.words(f'zones.{subset}'))})", re.IGNORECASE)


_PROPOSES = worded(
    rf"(?:we|our|this {lexicon.any_of('works.one')}|it)\b.{{0,40}}\b{lexicon.any_of('proposing.proposes')}"
    r"|\b(?:is|are) (?:proposed|introduced|presented)|novel (?:method|framework|approach)"
)

ZONES = (
    Zone("problem", _listed("problem_asked"), _listed("problem_cues"), _PROPOSES, early=1.0),
    Zone("idea", _listed("idea_asked"), _PROPOSES, early=0.3),
    Zone("data", _listed("data_asked"), _listed("data_cues"), _PROPOSES, late=0.6, figure=0.2),
    Zone("results", _listed("results_asked"), _listed("results_cues"), _PROPOSES, late=0.8, figure=1.0),
    Zone("limits", _listed("limits_asked"), _listed("limits_cues"), _PROPOSES, late=1.5),
)


def asked_zones(question: str) -> tuple[Zone, ...]:
    """Return the usual parts that a question names."""
    return tuple(zone for zone in ZONES if zone.asked.search(question))


ZONE = {zone.name: zone for zone in ZONES}


def zone_score(zone: Zone, text: str, place: float) -> float:
    """Return how well a sentence tells a zone; `place` is where it stands in its abstract (0: first, 1: last)."""
    cues = len({match[0].lower() for match in zone.cues.finditer(text)})
    if not cues:
        return 0.0
    against = 0.7 if zone.against and zone.against.search(text) else 0.0
    return (
        0.8
        + 0.3 * min(cues, 3)
        + zone.early * (1 - place)
        + zone.late * place
        + zone.figure * has_figure(text)
        - against
        - 0.5 * (len(text.split()) < SHORT)
    )
