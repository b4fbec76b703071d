"""A logistic regression as it is kept: what was learned of named features."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Logistic:
    """The intercept, and for each feature by name its weight, mean and deviation."""

    intercept: float
    features: Mapping[str, tuple[float, float, float]]

    def odds(self, values: Mapping[str, float]) -> float:
        """Return the log odds that these feature values give."""
        return self.intercept + sum(
            weight * (values[name] - mean) / deviation for name, (weight, mean, deviation) in self.features.items()
        )

    def probability(self, values: Mapping[str, float]) -> float:
        """Return the probability, 0..1, that these feature values give."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.odds(values)))))


def read_logistic(data: Mapping[str, Any]) -> Logistic:
    """Return a logistic regression from its form in JSON."""
    return Logistic(data["intercept"], {name: tuple(row) for name, row in data["features"].items()})


def as_json(one: Logistic) -> dict[str, Any]:
    """Return the form in JSON that `read_logistic` takes, with five digits."""
    rows = {name: [round(value, 5) for value in row] for name, row in one.features.items()}
    return {"intercept": round(one.intercept, 5), "features": rows}
