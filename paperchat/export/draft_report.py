"""What papers say of a draft, as a text to take along: Markdown, or a page that a word processor takes. Pure."""

from collections.abc import Sequence
from html import escape

from paperchat.text.cleaning import clean, escaped, is_hostile
from paperchat.types import Backing, Paper, Traced

STANCES = {"supports": "Supported by", "contradicts": "Contradicted by", "unclear": "Not sure"}

NOTHING = "Nothing found in these papers."

TITLE = "What the papers say of this draft"

FORMS = ("md", "html")

STYLE = "ieee"
"""Of the references: numbered, as the report numbers them."""


def backing_papers(traced: Sequence[Traced]) -> tuple[Paper, ...]:
    """Return the papers found for a draft, each once: reference number n is the n-th of them."""
    return tuple({found.paper.id: found.paper for one in traced for found in one.found}.values())


def draft_report(traced: Sequence[Traced], references: Sequence[str], form: str) -> str:
    """Return the report in one of FORMS; `references` are the lines of `backing_papers`, in their order."""
    numbers = {paper.id: number for number, paper in enumerate(backing_papers(traced), 1)}
    return _markdown(traced, numbers, references) if form == "md" else _html(traced, numbers, references)


def summary(traced: Sequence[Traced]) -> str:
    """Say how many sentences of a draft are supported, contradicted, and neither."""
    counts = {"supports": 0, "contradicts": 0}
    for one in traced:
        stances = {found.stance for found in one.found}
        for stance in counts:
            counts[stance] += stance in stances
    left = sum(not {"supports", "contradicts"} & {found.stance for found in one.found} for one in traced)
    parts = (f"{counts['supports']} supported", f"{counts['contradicts']} contradicted", f"{left} neither")
    return f"{len(traced)} sentence{'s' * (len(traced) != 1)}: {', '.join(parts)}."


def _markdown(traced: Sequence[Traced], numbers: dict[str, int], references: Sequence[str]) -> str:
    lines = [f"# {TITLE}", "", summary(traced)]
    for place, one in enumerate(traced, 1):
        lines += ["", f"## {place}. {escaped(_plain(one.text))}"]
        for found in one.found:
            lines += ["", f"**{_stance(found)}** {escaped(clean(found.paper.title))} \\[{numbers[found.paper.id]}\\]:"]
            lines += ["", f"> {escaped(clean(found.sentence.text))}"]
            lines += ["", f"*{escaped(found.reason)}*"] * bool(found.reason)
        lines += ["", NOTHING] * (not one.found)
    if references:
        lines += ["", "## References"]
    for number, reference in enumerate(references, 1):
        lines += ["", f"\\[{number}\\] {escaped(reference)}"]
    return "\n".join(lines) + "\n"


def _html(traced: Sequence[Traced], numbers: dict[str, int], references: Sequence[str]) -> str:
    """Return a page without styles of its own but a language and a title: what takes it gives it those of the text."""
    parts = [f"<h1>{TITLE}</h1>", f"<p>{summary(traced)}</p>"]
    for place, one in enumerate(traced, 1):
        parts.append(f"<h2>{place}. {_safe(one.text)}</h2>")
        for found in one.found:
            title, number = _safe(found.paper.title), numbers[found.paper.id]
            parts.append(f"<p><strong>{_stance(found)}</strong> {title} [{number}]:</p>")
            parts.append(f"<blockquote><p>{_safe(found.sentence.text)}</p></blockquote>")
            parts += [f"<p><em>{_safe(found.reason)}</em></p>"] * bool(found.reason)
        parts += [f"<p>{NOTHING}</p>"] * (not one.found)
    parts += ["<h2>References</h2>"] * bool(references)
    parts += [f"<p>[{number}] {_safe(reference)}</p>" for number, reference in enumerate(references, 1)]
    head = f'<meta charset="utf-8"><title>{TITLE}</title>'
    body = "\n".join(parts)
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>\n{body}\n</body></html>\n'


def _stance(found: Backing) -> str:
    sure = "" if found.stance == "unclear" else f" ({found.score:.0%} sure)"
    return f"{STANCES[found.stance]}{sure}:"


def _plain(text: str) -> str:
    return " ".join("".join(c for c in clean(text) if c.isspace() or not is_hostile(c)).split())


def _safe(text: str) -> str:
    return escape(_plain(text), quote=False)
