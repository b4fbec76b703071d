"""Check a sentence against what it cites: supported, unsure or unsupported, and why. Pure functions.

Numbers, names and directions are compared by rule; what no rule settles is weighed by a logistic regression over the
features, of which one is what was learned of claims, with a model's probability of "Yes" when there is one.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

from paperchat.logistic import Logistic, read_logistic
from paperchat.models.prompt_files import RULE
from paperchat.protocols import ClaimReader
from paperchat.types import Check, Message, Vectors
from paperchat.verification.evidence import Evidence
from paperchat.verification.features import Findings, measure
from paperchat.verification.opposition import NEVER, Opposing

SUPPORTED, UNSURE = 0.5, 0.3
"""Least score, 0..1, of a sentence called supported, and of one of which that is not sure."""

FAULTY = 0.15
"""Highest score of a sentence in which a fault was found."""

FOREIGN = "It is not in the papers' language: only its numbers were compared."

_CERTAIN = 1e-4


@dataclass(frozen=True, slots=True)
class Checker:
    """What the checker was trained to: what reads claims, inverse document frequencies of stems, three sets of weights.

    `alone` weighs the features; `with_model` adds to its log odds ("near") those of the model's "Yes". `opposing`
    weighs what tells that two sentences oppose each other.
    """

    reader: ClaimReader
    rarity: Mapping[str, float]
    alone: Logistic
    with_model: Logistic
    opposing: Logistic = NEVER

    def find(self, claim: str, vector: Vectors, evidence: Evidence) -> Findings:
        """Return what can be told of a claim, given its unit vector, without a model."""
        return measure(claim, vector, evidence, self.opposition, self.reader)

    @property
    def opposition(self) -> Opposing:
        """What judges whether two sentences oppose each other."""
        return Opposing(self.rarity, self.opposing, self.reader)

    def nearness(self, findings: Findings) -> float:
        """Return the score, 0..1, that a claim would have but for its faults."""
        return self.alone.probability(findings.features.named())

    def is_open(self, findings: Findings) -> bool:
        """Tell whether a model's word can change the verdict: no fault was found, and the evidence is near the claim.

        A small model says "Yes" to much that the evidence is not about.
        """
        return not findings.faults and self.nearness(findings) >= UNSURE

    def judge(self, findings: Findings, cited: Sequence[str], yes: float | None = None) -> Check:
        """Return the verdict; `yes` is a model's probability of "Yes" to `question`, None without a model."""
        score = self.nearness(findings)
        if yes is not None and self.is_open(findings):
            score = self.with_model.probability({"near": log_odds(score), "yes": log_odds(yes)})
        faults = findings.faults
        if faults:
            score = min(score, FAULTY)
        quote = cited[findings.best[0]] if findings.best else ""
        wrong = tuple((fault.start, fault.end) for fault in faults if fault.kind in ("number", "uncited", "binding"))
        if score >= SUPPORTED:
            return Check("supported", round(score, 4), "The cited sentence says this.", quote)
        if faults:
            return Check("unsupported", round(score, 4), faults[0].reason, quote, wrong)
        if score >= UNSURE:
            return Check("unsure", round(score, 4), "The cited sentences say something near, not surely this.", quote)
        why = findings.elsewhere or "The cited sentences do not say this."
        return Check("unsupported", round(score, 4), why, quote)


def judge_numbers(findings: Findings, cited: Sequence[str]) -> Check:
    """Return the verdict on a sentence in another language than the papers': only its numbers can be compared."""
    wrong = [fault for fault in findings.faults if fault.kind == "number"]
    quote = cited[findings.best[0]] if findings.best else ""
    if wrong:
        spans = tuple((fault.start, fault.end) for fault in wrong)
        return Check("unsupported", FAULTY, wrong[0].reason, quote, spans)
    return Check("", 0.0, FOREIGN, quote)


def read_checker(saved: Mapping[str, Any], reader: ClaimReader) -> Checker:
    """Return the checker that the training command saved, given its file as a JSON object, and what reads claims."""
    parts = {name: read_logistic(saved[name]) for name in ("alone", "with_model", "opposing")}
    return Checker(reader, saved["rarity"], **parts)


def log_odds(probability: float) -> float:
    """Return ln(p / (1 - p)), with p kept from 0 and 1."""
    kept = min(1 - _CERTAIN, max(_CERTAIN, probability))
    return math.log(kept / (1 - kept))


def question(prompt: str, claim: str, evidence: Evidence, findings: Findings) -> list[Message]:
    """Return the messages that ask a model whether the best sentences, in their order, say the claim."""
    best = " ".join(evidence.cited[place].cleaned for place in sorted(findings.best))
    told = {"title": evidence.title, "evidence": best, "claim": claim}
    system, _, ask = (Template(part.strip()).substitute(told) for part in prompt.partition(RULE))
    return [Message("system", system), Message("user", ask)]
