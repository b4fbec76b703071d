"""How an answer was made, in words: its settings and its steps, each with the seconds that it took. Pure functions."""

from collections.abc import Iterator, Mapping

STEPS = (
    ("evidence", "Papers found, sentences chosen"),
    ("first_token", "Until the first word: the model is loaded, reads, thinks where it may"),
    ("checking", "Written"),
    ("total", "Citations checked, put into your language where that is another"),
)
"""The steps by what they end with in `Answer.timings`, in their order."""

ALONE, TOGETHER = "Put together without a model", "Written, and checked as far as it came"
"""The last step of an answer that no model wrote, and of one of which it is not known when it was checked."""

SETTINGS = {
    "num_ctx": "context, in tokens",
    "max_tokens": "longest answer, in tokens",
    "papers": "papers retrieved",
    "evidence_tokens": "most evidence, in tokens",
    "evidence_papers": "most papers written from",
    "form": "form",
    "think": "thinks first",
}
"""The settings that an answer depends on, as they are told."""


def steps(timings: Mapping[str, float], is_written: bool) -> Iterator[tuple[str, float]]:
    """Yield the steps that there were, each with its seconds; `is_written` tells whether a model wrote."""
    before = 0.0
    for end, name in STEPS:
        if end in timings:
            if end == "total" and "checking" not in timings:
                name = TOGETHER if is_written else ALONE
            yield name, max(0.0, timings[end] - before)
            before = timings[end]
