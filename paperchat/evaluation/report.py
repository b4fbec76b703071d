"""Results of evaluations as Markdown and as text: one run, and two compared. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paperchat.errors import InputError
from paperchat.evaluation.metrics import MEASURES, Measure, paired_p

Json = Mapping[str, Any]

NOISE = 0.05
"""A difference with a p value from this on is within noise."""

FEWEST = 6
"""Questions that must differ before p can fall below NOISE: 2 / 2 ** 5 is .0625."""

LISTED = 20
"""Most questions named in one line."""

FAULTS = (
    ("recall@5", "not all gold papers in the first 5"),
    ("citation_recall", "not all gold papers cited"),
    ("citation_precision", "other papers cited"),
    ("must_include", "a required string missing"),
    ("abstained_rightly", "an answer that the papers do not give"),
    ("premise_handled", "a false premise not put right from its gold papers alone"),
    ("meta_met", "a request declined, or met with papers that it is not about"),
    ("abstained_wrongly", "an abstention though the papers answer"),
    ("unsupported", "an unsupported sentence"),
    ("titles_invented", "an invented title"),
    ("numbers_unsupported", "a number that is not in the cited sentences"),
)


def report_markdown(results: Json) -> str:
    """Return the report of one evaluation: where it comes from, a table of measures by type, questions to look at."""
    machine, questions = results["machine"], results["questions"]
    settings = ", ".join(f"{name} {value}" for name, value in results["settings"].items())
    model = f"{results['model']} ({results['digest'][:12]})" if results["model"] else "none: answers are evidence"
    memory = f"{machine['memory_gb']} GB, " if machine["memory_gb"] else ""
    lines = [
        f"# Evaluation on {questions['name']}",
        "",
        f"- Questions: {questions['count']} (sha256 {questions['sha256'][:12]}); papers: {results['papers']['count']}",
        f"- Model: {model}",
        f"- Settings: {settings}",
        f"- paperchat {results['version']}, commit {results['commit']}, {results['date']}",
        f"- Machine: {machine['cores']} cores, {memory}{machine['system']}, Python {machine['python']}",
        "",
        *_table(results),
        "",
        *_declined(results["metrics"].get("declined", {})),
        "A number in brackets is how many questions a measure says something about, where that is not all.",
        *_to_look_at(results["rows"]),
    ]
    return "\n".join(lines) + "\n"


def _table(results: Json) -> list[str]:
    rows = results["rows"]
    groups = {"all": (len(rows), results["metrics"]["overall"])}
    for kind, summary in results["metrics"]["types"].items():
        groups[_cell(kind or "no type")] = (sum(row["type"] == kind for row in rows), summary)
    lines = [
        "| | " + " | ".join(f"{name} ({count})" for name, (count, _) in groups.items()) + " |",
        "|---|" + "---:|" * len(groups),
    ]
    for measure in MEASURES:
        if measure.name in results["metrics"]["overall"]:
            cells = [_value(measure, summary.get(measure.name), count) for count, summary in groups.values()]
            lines.append(f"| {measure.name}{' p50 / p95' if _is_cost(measure) else ''} | " + " | ".join(cells) + " |")
    return lines


def _declined(reasons: Json) -> list[str]:
    """Return a line on the questions that the papers do not answer, by why they do not; none where that is not told."""
    told = [(reason, summary["abstained_rightly"]) for reason, summary in reasons.items()]
    parts = [f"{_cell(reason)} {one['mean']:.3f} ({one['n']})" for reason, one in told]
    return [f"Declined, or put right from its paper, by why: {', '.join(parts)}.", ""] if parts else []


def _value(measure: Measure, summary: Mapping[str, float] | None, count: int) -> str:
    if summary is None:
        return ""
    places = {"seconds": 2, "tokens": 0}.get(measure.unit, 3)
    shown = ("p50", "p95") if _is_cost(measure) else ("mean",)
    few = f" ({summary['n']})" if summary["n"] != count else ""
    return " / ".join(f"{summary[name]:.{places}f}" for name in shown) + few


def _is_cost(measure: Measure) -> bool:
    return measure.unit in ("seconds", "tokens")


def _to_look_at(rows: Sequence[Json]) -> list[str]:
    best = {measure.name: float(measure.more_is_better) for measure in MEASURES}
    lines = []
    for name, what in FAULTS:
        ids = [row["id"] for row in rows if row["scores"].get(name) not in (None, best[name])]
        if ids:
            more = f" and {len(ids) - LISTED} more" if len(ids) > LISTED else ""
            lines.append(f"- {len(ids)} with {what}: {', '.join(map(_cell, ids[:LISTED]))}{more}")
    return ["", "## Questions to look at", "", *lines] if lines else []


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of two runs, over the `pairs` questions that it says something about in both."""

    measure: Measure
    pairs: int
    before: float
    after: float
    better: int
    worse: int
    p: float

    @property
    def verdict(self) -> str:
        """What the difference means, in plain words."""
        if not self.better + self.worse:
            return "the same on every question"
        if self.better + self.worse < FEWEST:
            return "too few questions differ to tell"
        if self.p >= NOISE:
            return "within noise"
        return "better" if (self.after > self.before) == self.measure.more_is_better else "worse"


def compare(before: Json, after: Json) -> list[Difference]:
    """Return the difference in each measure that both runs have; raises InputError for runs of other questions."""
    if before["questions"]["sha256"] != after["questions"]["sha256"]:
        names = [f"{run['questions']['name']} ({run['questions']['sha256'][:12]})" for run in (before, after)]
        raise InputError(f"These runs asked different questions: {names[0]} and {names[1]}.", "Run both on one file.")
    return [difference for measure in MEASURES if (difference := _difference(measure, before, after))]


def comparison_text(before: Json, after: Json) -> str:
    """Return what got better or worse from `before` to `after`: by measure with a paired test, then by question."""
    lines = ["Changed: " + (", ".join(_changed(before, after)) or "nothing that the results name"), ""]
    lines.append(f"{'':<20} {'n':>5} {'before':>9} {'after':>9} {'better':>7} {'worse':>6} {'p':>7}")
    for d in compare(before, after):
        numbers = f"{d.pairs:>5} {d.before:>9.3f} {d.after:>9.3f} {d.better:>7} {d.worse:>6} {d.p:>7.4f}"
        lines.append(f"{d.measure.name:<20} {numbers}  {d.verdict}")
    lines += [
        "",
        "p: paired randomisation test over the questions. Of twenty measures that do not differ, one falls below .05",
        "by chance: trust a change that has a reason, and check it on other questions.",
        "",
        *_by_question(before["rows"], after["rows"]),
    ]
    return "\n".join(lines)


def _changed(before: Json, after: Json) -> list[str]:
    def facts(run: Json) -> dict[str, Any]:
        plain = {name: run.get(name) for name in ("model", "digest", "version", "commit")}
        return {**plain, **run["settings"], "set of papers": run["papers"]["digest"], **run["machine"]}

    old, new = facts(before), facts(after)
    return [f"{name} {old.get(name)} -> {new.get(name)}" for name in {**old, **new} if old.get(name) != new.get(name)]


def _pairs(measure: Measure, before: Sequence[Json], after: Sequence[Json]) -> list[tuple[Json, float, float]]:
    later = {row["id"]: row["scores"].get(measure.name) for row in after}
    pairs = [(row, row["scores"].get(measure.name), later.get(row["id"])) for row in before]
    return [(row, old, new) for row, old, new in pairs if old is not None and new is not None]


def _difference(measure: Measure, before: Json, after: Json) -> Difference | None:
    pairs = [(old, new) for _, old, new in _pairs(measure, before["rows"], after["rows"])]
    if not pairs:
        return None
    sign = 1 if measure.more_is_better else -1
    gains = [sign * (new - old) for old, new in pairs]
    return Difference(
        measure,
        len(pairs),
        sum(old for old, _ in pairs) / len(pairs),
        sum(new for _, new in pairs) / len(pairs),
        sum(gain > 0 for gain in gains),
        sum(gain < 0 for gain in gains),
        paired_p(gains),
    )


def _by_question(before: Sequence[Json], after: Sequence[Json]) -> list[str]:
    """Return a line for each question that changed, times and tokens apart: + what got better, - what got worse."""
    changes: dict[str, list[str]] = {}
    for measure in MEASURES:
        for row, old, new in [] if _is_cost(measure) else _pairs(measure, before, after):
            if old != new:
                sign = "+" if (new > old) == measure.more_is_better else "-"
                changes.setdefault(row["id"], []).append(f"{sign} {measure.name} {old:.3g} -> {new:.3g}")
    if not changes:
        return ["No question changed."]
    rows = {row["id"]: row for row in before}
    return [f"{key} ({rows[key]['type']}) {_cell(rows[key]['question'])[:70]}\n    " + "; ".join(changes[key])
            for key in rows if key in changes]  # fmt: skip
