"""What of a draft is text: marks of citation, cross-references, Markdown, LaTeX and headings set aside. Pure functions.

Whatever is set aside becomes as many spaces, so that places in the draft stay. What parts sentences becomes a break.
"""

import re
from collections.abc import Iterator, Sequence

from paperchat.text.sentences import short_sentences

_SEVERAL = r"(?:\s?[,;\u2013-]\s?"

_YEAR = r"(?:1[89]|20)\d\d[a-z]?"

_PLACE = r"(?:pp?\.|ch\.|Sec\.|Fig\.)\s?[\w\u2013-]{1,12}"

_NAMES = r"[A-Z][\w'\u2019-]{1,30}(?:\s(?:and|&)\s[A-Z][\w'\u2019-]{1,30}|,?\set\sal\.?)?"

_LATEX = re.compile(r"\\[a-zA-Z]{2,}")

_FENCES = (("```", "```"), ("<!--", "-->"), ("$$", "$$"))
"""What opens and closes what is no text at all."""

_ENVIRONMENT = re.compile(
    r"\\begin\{((?:equation|align|figure|table|tabular|verbatim|lstlisting|algorithm|thebibliography)\*?)\}"
)
"""What opens a part of LaTeX that is no text."""

_BLOCKS = (
    re.compile(r"\\(?:sub){0,2}(?:section|paragraph|title|chapter|author|date|caption)\*?\{[^{}\n]{0,300}\}"),
    re.compile(r"\\(?:begin|end)\{[a-zA-Z*]{1,30}\}(?:\[[^\]\n]{0,80}\])?"),
    re.compile(r"\\item\b(?:\[[^\]\n]{0,80}\])?"),
    re.compile(r"^[ \t]{0,8}#{1,6}[ \t][^\n]{0,300}$", re.MULTILINE),
    re.compile(r"^[ \t]{0,8}(?:[-*+\u2022]|\d{1,3}[.)]|\([a-z\d]{1,3}\)|>)[ \t]+", re.MULTILINE),
    re.compile(r"^[ \t]{0,8}[-=_*|: ]{3,200}$", re.MULTILINE),
    re.compile(r"\|"),
)
"""What parts the text before it from the text behind it."""

_COMMENT = re.compile(r"(?<![\\\w)])(?<!\d )%[^\n]{0,2000}")

_MARKS = (
    re.compile(r"~?\\[a-zA-Z]{0,12}cite[a-zA-Z]{0,12}\*?(?:\[[^\]\n]{0,80}\]){0,2}\{[^{}\n]{0,300}\}"),
    re.compile(
        r"(?:\b(?:in|see|cf\.)[\s~]{1,2})?(?:\b[A-Z][a-z]{1,9}\.?~)?\\(?:[a-z]{0,8}ref|label|footnote|url)\{[^{}\n]{0,300}\}"
    ),
    re.compile(rf"\s?\[(?:\d{{1,3}}{_SEVERAL}\d{{1,3}}){{0,30}}(?:,\s{_PLACE})?)\](?!\()"),
    re.compile(r"\s?\[[^\]\[\n]{0,40}@[^\]\[\n]{1,300}\]"),
    re.compile(r"\s?\[\^[^\]\[\n]{1,40}\]:?"),
    re.compile(r"(?<![\w@])@[A-Za-z][\w:-]{3,60}\b(?:\s\[[^\]\n]{0,40}\])?"),
    re.compile(
        rf"\s?\((?:(?:see|e\.g\.|cf\.|also),?\s){{0,2}}{_NAMES},?\s{_YEAR}(?:,\s{_YEAR}){{0,3}}(?:,\s{_PLACE})?"
        rf"(?:;\s(?:{_NAMES},?\s)?{_YEAR}(?:,\s{_YEAR}){{0,3}}){{0,20}}\)"
    ),
    re.compile(rf"\b{_NAMES}\s\({_YEAR}(?:,\s{_PLACE})?\)(?:['\u2019]s)?"),
    re.compile(
        r"\s?[(\[](?:see\s(?:also\s)?|cf\.\s)?(?:Fig(?:ure|s|ures)?|Tab(?:le|les)?|Sec(?:tion|s)?|Eqs?|Equation|App(?:endix)?"
        r"|Algorithm|Supplementary\s\w{1,12})\.?[\s~]?S?[\dA-Z]{1,3}(?:\.\d{1,3}){0,3}[a-z]?(?:\s?[-\u2013,]\s?[\da-z]{1,3}){0,4}[)\]]"
    ),
    re.compile(
        r"(?:,?\s?\b(?i:as\s)?(?:shown|seen|described|given|listed|reported|summari[sz]ed|discussed)\s)?(?:\b(?i:in|see|from)\s)?"
        r"\b(?:Figures?|Figs?\.|Tables?|Tab\.|Sections?|Sec\.|Eqs?\.|Equations?|Appendix|Algorithm)[\s~]S?(?:\d{1,3}|[A-Z]\b)"
        r"(?:\.\d{1,3}){0,3}[a-z]?(?![\w-])"
    ),
    re.compile(r"!\[[^\]\n]{0,200}\]\([^()\s]{0,500}\)"),
    re.compile(r"(?<=\])\([^()\s]{1,500}\)"),
    re.compile(r"\\(?:emph|textbf|textit|texttt|textsc|text|mathrm|mathbf|underline|href\{[^{}\n]{0,300}\})(?=\{)"),
    re.compile(r"\\(?:centering|noindent|small|large|newline|par|maketitle|toprule|midrule|bottomrule|hline|quad)\b"),
    re.compile(r"\\\\(?:\[[^\]\n]{0,20}\])?"),
    re.compile(r"\\[,;:! ]"),
    re.compile(r"(?<!\\)[{}$~]"),
    re.compile(r"\\(?=[%$&_#{}])"),
    re.compile(r"(?<!\w)(?:\*{1,3}|_{1,3}|`{1,2})(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3}|`{1,2})(?!\w)"),
    re.compile(r"(?<!\w)\[(?=[^\]\n]{1,200}\])|(?<=[\w%)])\](?!\w)"),
)
"""What stands within sentences and is no part of what they say."""

_BREAK, _GAP = "\x1e", re.compile(r"\n[ \t]*\n|\x1e")

_SPACE = re.compile(r"\s+")

_STOP = re.compile(r" (?=[.,;:!?)](?:\s|$))|(?<=\d) (?=%)")

_LETTERS = re.compile(r"\b[^\W\d_]+")

LEAST = 2
"""Words that a claim has at least."""

HEADING = 8
"""Words up to which a line by itself without a full stop is a heading."""


def claims_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, claim) of each sentence of a draft that says something: where it stands, and what it says.

    `text[start:end]` is as it was written; the claim is without its marks.
    """
    masked = text
    if _LATEX.search(text):
        masked = _COMMENT.sub(_blank, masked)
    for start, end in _no_text(masked):
        masked = masked[:start] + _BREAK + " " * (end - start - 1) + masked[end:]
    for pattern in _BLOCKS:
        masked = pattern.sub(lambda found: _BREAK + " " * (len(found[0]) - 1), masked)
    for pattern in _MARKS:
        masked = pattern.sub(_blank, masked)
    for start, end in _blocks(masked):
        yield from _claims(text, masked, start, end)


def _no_text(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of code, formulas, tables and other parts that are no text; what is not closed is text."""
    for opener, closer in _FENCES:
        start = text.find(opener)
        while start >= 0 and (end := text.find(closer, start + len(opener))) >= 0:
            yield start, end + len(closer)
            start = text.find(opener, end + len(closer))
    unclosed, past = set[str](), 0
    for found in _ENVIRONMENT.finditer(text):
        closer = f"\\end{{{found[1]}}}"
        end = -1 if closer in unclosed or found.start() < past else text.find(closer, found.end())
        if end >= 0:
            past = end + len(closer)
            yield found.start(), past
        elif found.start() >= past:
            unclosed.add(closer)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _blocks(masked: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _GAP.finditer(masked):
        yield start, gap.start()
        start = gap.end()
    yield start, len(masked)


def _claims(text: str, masked: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    spans = [(start + a, start + b) for a, b in short_sentences(masked[start:end])]
    for place, (first, last) in enumerate(spans):
        claim = _STOP.sub("", _SPACE.sub(" ", masked[first:last])).lstrip(" ,;:").rstrip()
        if len(_LETTERS.findall(claim)) >= LEAST and not _is_heading(claim, spans):
            until = spans[place + 1][0] if place + 1 < len(spans) else end
            yield first, _closed(text, masked, last, until), claim


def _is_heading(claim: str, spans: Sequence[tuple[int, int]]) -> bool:
    return len(spans) == 1 and claim[-1].isalnum() and len(claim.split()) <= HEADING


def _closed(text: str, masked: str, last: int, until: int) -> int:
    """Return where a sentence ends with the marks behind it: "… loss. [3]"."""
    behind = text[last:until]
    return last + len(behind.rstrip()) if behind.strip() and not masked[last:until].strip() else last
