"""Files of questions and of claims: one JSON object a line."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperchat.errors import InputError
from paperchat.text.cleaning import normalised

if TYPE_CHECKING:
    from paperchat.types import Turn

EXAMPLES = Path(__file__).parent.parent / "data" / "example-questions.jsonl"
"""Questions over the papers that come with paperchat."""

LISTS = ("gold", "acceptable", "must_include")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a question file and what a right answer to it has; titles as the papers have them.

    `gold` papers are needed, `acceptable` ones may be cited without harm, `must_include` strings are in the text.
    `evidence` are the sentences that hold the answer, and `subtype` is why it is not answered, where these are told.
    """

    id: str
    question: str
    type: str = ""
    history: "tuple[Turn, ...]" = ()
    gold: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    subtype: str = ""


def read_rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Return (line number, row) of each question; a row has `id`, `question` and, if any, a `history` that reads.

    Raises InputError, naming file and line.
    """
    rows = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            where = f"{path}, line {number}"
            row = parse_json(line, where)
            if not isinstance(row, dict) or not isinstance(row.get("question"), str) or "id" not in row:
                raise InputError(f"{where}: no id or question.", 'Use {"id": …, "question": "…"}.')
            try:
                read_turns(row.get("history"))
            except InputError as error:
                raise InputError(f"{where}: {error.message}", error.fix) from None
            rows.append((number, row))
    return rows


def read_claims(path: Path) -> list[dict[str, Any]]:
    """Return the claims of a file: rows with `id`, `claim` and `title`. Raises InputError, naming file and line."""
    rows = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            where = f"{path}, line {number}"
            row = parse_json(line, where)
            fields = row if isinstance(row, dict) else {}
            lacks = [name for name in ("id", "claim", "title") if fields.get(name) in (None, "")]
            texts = [fields.get(name, "") for name in ("claim", "title")]
            if lacks or not all(isinstance(text, str) and text.strip() for text in texts):
                problem = lacks[0] if lacks else "text as claim or title"
                raise InputError(f"{where}: no {problem}.", 'Use {"id": …, "claim": "…", "title": "…"}.')
            rows.append(fields)
    if not rows:
        raise InputError(f"{path} has no claims.", 'Give it a line {"id": …, "claim": "…", "title": "…"} for each.')
    return rows


def read_questions(path: Path, titles: Collection[str]) -> list[Question]:
    """Return the questions of a file with what a right answer to each has; see Question for the fields.

    `titles` are those of the papers indexed. Raises InputError, naming file and line, for a question that is empty or
    too long, a field of the wrong type, and a `gold` or `acceptable` title that no paper has; and for an id used twice.
    """
    known = {normalised(title) for title in titles}
    questions = [_question(f"{path}, line {number}", row, known) for number, row in read_rows(path)]
    if not questions:
        raise InputError(f"{path} has no questions.", 'Give it a line {"id": …, "question": "…", …} for each.')
    twice = [key for key, count in Counter(question.id for question in questions).items() if count > 1]
    if twice:
        raise InputError(f"{path} has the id {twice[0]!r} twice.", "Give each question an id of its own.")
    return questions


def _question(where: str, row: Mapping[str, Any], known: Collection[str]) -> Question:
    from paperchat.query.question import check_question

    try:
        check_question(row["question"])
    except InputError as error:
        raise InputError(f"{where}: {error.message}", error.fix) from None
    if not isinstance(row.get("type", ""), str):
        raise InputError(f"{where}: the type is {row['type']!r}.", 'Use a word, such as "fact".')
    lists = {name: _strings(where, name, row.get(name)) for name in LISTS}
    for title in (*lists["gold"], *lists["acceptable"]):
        if normalised(title) not in known:
            fix = f"Correct it, or index the paper: {len(known)} are indexed (paperchat papers lists them)."
            raise InputError(f"{where}: no paper has the title {title!r}.", fix)
    turns = tuple(read_turns(row.get("history")))
    rows = row.get("evidence") or []
    if not isinstance(rows, list):
        fix = 'Use a list of sentences, or of {"title": "\u2026", "quote": "\u2026"}.'
        raise InputError(f"{where}: evidence is {str(rows)[:60]!r}.", fix)
    evidence = tuple(_quote(where, one) for one in rows)
    kind, subtype = row.get("type", ""), str(row.get("subtype") or "")
    return Question(str(row["id"]), row["question"], kind, turns, **lists, evidence=evidence, subtype=subtype)


def _quote(where: str, one: Any) -> str:
    """Return a sentence of the evidence, given alone or as {title, quote}."""
    quote = one.get("quote") if isinstance(one, dict) else one
    if not isinstance(quote, str) or not quote.strip():
        raise InputError(
            f"{where}: evidence has {str(one)[:60]!r}.", 'Use a sentence, or {"title": "…", "quote": "…"}.'
        )
    return quote


def _strings(where: str, name: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise InputError(f"{where}: {name} is {str(value)[:60]!r}.", f'Use a list of strings: "{name}": ["…"].')
    return tuple(value)


def read_turns(history: Any) -> list["Turn"]:
    """Return earlier turns: {question, answer}, with the titles `cited` if known, or chat messages {role, content}.

    Raises InputError for anything else.
    """
    from paperchat.types import Turn

    turns: list[Turn] = []
    for row in history if isinstance(history, list) else [history] if history else []:
        if isinstance(row, dict) and isinstance(row.get("question"), str):
            cited = _strings("history", "cited", row.get("cited"))
            turns.append(Turn(row["question"], str(row.get("answer") or ""), cited))
        elif isinstance(row, dict) and row.get("role") == "user":
            turns.append(Turn(str(row.get("content")), ""))
        elif isinstance(row, dict) and row.get("role") == "assistant" and turns:
            turns[-1] = Turn(turns[-1].question, str(row.get("content")))
        else:
            raise InputError(f"history has {str(row)[:60]!r}.", 'Use [{"question": "…", "answer": "…"}].')
    return turns


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, or raise InputError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"Cannot read {path}: {getattr(error, 'strerror', None) or 'not UTF-8 text'}.", "Check the file."
        ) from None


def parse_json(text: str, where: str) -> Any:
    """Return the JSON value of a text that is said to be `where`, or raise InputError."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is not JSON ({error}).", "Correct it.") from None
