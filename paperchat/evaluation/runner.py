"""Ask a file of questions and measure the answers. Every answer is kept as soon as it is there."""

import hashlib
import json
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from paperchat import __version__
from paperchat.errors import InputError, ModelError
from paperchat.evaluation.environment import describe_commit, describe_machine
from paperchat.evaluation.metrics import ABSTAIN, score, summarise
from paperchat.evaluation.questions import Question, parse_json, read_questions, read_text
from paperchat.evaluation.report import report_markdown
from paperchat.export.json_forms import answer_json
from paperchat.paths import CHECKOUT
from paperchat.settings import AS_STARTED, WITHOUT_MODEL
from paperchat.storage.atomic import Journal, write_whole
from paperchat.text.cleaning import known_text

if TYPE_CHECKING:
    from paperchat.app import App
    from paperchat.settings import Settings
    from paperchat.types import Answer

DEPTH = 10
"""Papers retrieved for the measures; an answer is made from fewer (--papers)."""

NOT_SHOWN = {"data", "host", "port", "ollama_host", "timeout", "model", "embedder"}

BY_SIZE = "by size"
"""What a setting is that was not chosen."""
"""Settings that change no answer, and those whose outcome the provenance tells."""

Json = dict[str, Any]

Say = Callable[[str], None]

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Run:
    """What to evaluate and where to: `output` is the path of the results without suffix."""

    questions: Path
    output: Path
    written: bool = True
    fresh: bool = False


def evaluate(app: "App", settings: "Settings", run: Run, say: Say, progress: Progress) -> Json:
    """Ask all questions, write `<output>.json` and `<output>.md`, and return what the first holds.

    Answers are kept in `<output>.rows.jsonl`; those made before under the same conditions (questions, papers, prompts,
    settings, model, version) are not asked again. Raises InputError for a bad question file, and ModelError when the
    model is not there or goes away.
    """
    questions = read_questions(run.questions, [paper.title for paper in app.library.papers])
    described = _describe(app, settings, run, len(questions))
    with Journal(run.output.with_name(f"{run.output.name}.rows.jsonl"), _conditions(described), run.fresh) as journal:
        _tell(journal, len(questions), say)
        rows = {row["id"]: row for row in journal.rows if row["stage"] == "done"}
        progress(len(rows), len(questions))
        for question in questions:
            if question.id not in rows:
                rows[question.id] = answer_row(app, question, run.written)
                journal.append(rows[question.id])
                progress(len(rows), len(questions))
    results = {**described, **measured(questions, rows, app)}
    _write(run.output, results)
    return results


def answer_row(app: "App", question: Question, written: bool) -> Json:
    """Ask one question and return its row: the answer as JSON, with its id, its type and DEPTH papers retrieved.

    Raises ModelError when a written answer was asked for and no model wrote one.
    """
    choice = AS_STARTED if written else WITHOUT_MODEL
    asked = cast("Generator[Answer]", app.ask(question.question, question.history, choice))
    with closing(asked) as answers:
        *_, answer = answers
    of_the_record = answer.abstained or answer.lead or not answer.notices
    if written and answer.model is None and not of_the_record:
        raise ModelError(f"At question {question.id}: {' '.join(answer.notices)}", "What was answered is kept.")
    row = answer_json(answer)
    deeper = [result.paper.title for result in app.search(question.question, DEPTH, question.history)]
    retrieved = list(dict.fromkeys([*row["retrieved"], *deeper]))
    return {"id": question.id, "type": question.type, **row, "retrieved": retrieved}


def measured(questions: Sequence[Question], rows: Mapping[str, Json], app: "App") -> Json:
    """Return {metrics: {overall, types}, rows}: each row with its `gold` and its `scores`."""
    known = known_text([text for paper in app.library.papers for text in (paper.title, paper.abstract)])
    scored = [
        {**rows[q.id], "gold": list(q.gold), "acceptable": list(q.acceptable), "must_include": list(q.must_include),
         "scores": score(q, rows[q.id], known)}
        for q in questions
    ]  # fmt: skip
    types = dict.fromkeys(question.type for question in questions)
    by_type = {kind: summarise([row["scores"] for row in scored if row["type"] == kind]) for kind in types}
    reasons = dict.fromkeys(question.subtype for question in questions if question.type == ABSTAIN and question.subtype)
    declined = {
        reason: summarise(
            [
                row["scores"]
                for q, row in zip(questions, scored, strict=True)
                if (q.type, q.subtype) == (ABSTAIN, reason)
            ]
        )
        for reason in reasons
    }
    return {
        "metrics": {"overall": summarise([row["scores"] for row in scored]), "types": by_type, "declined": declined},
        "rows": scored,
    }


def read_results(path: Path) -> Json:
    """Return the results of an evaluation from its JSON file, or raise InputError."""
    results = parse_json(read_text(path), str(path))
    if not isinstance(results, dict) or not {"questions", "metrics", "rows"} <= set(results):
        raise InputError(f"{path} does not hold the results of an evaluation.", "Make them with: paperchat eval")
    return results


def output_path(questions: Path, output: Path | None, written: bool) -> Path:
    """Return where results go, without suffix: `output`, or `eval-<name of the questions>` in it or in this folder.

    Raises InputError when the folder is not there.
    """
    name = f"eval-{questions.stem}{'' if written else '-no-model'}"
    if output is None or output.is_dir():
        return (output or Path()) / name
    if not output.parent.is_dir():
        raise InputError(f"There is no folder {output.parent}.", "Make it, or choose another with --output.")
    return output.with_suffix("") if output.suffix in (".json", ".md") else output


def _describe(app: "App", settings: "Settings", run: Run, count: int) -> Json:
    try:
        provenance = app.receipts.provenance(run.written)
    except ModelError as error:
        raise ModelError(error.message, f"{error.fix.rstrip('.')}; or evaluate without a model: --no-model") from None
    chosen = {name: value or BY_SIZE for name, value in asdict(settings).items() if name not in NOT_SHOWN}
    return {
        "settings": {**chosen, "embedder": provenance.embedder, "prompts": provenance.prompts_digest},
        "model": provenance.model,
        "digest": provenance.model_digest,
        "version": __version__,
        "commit": describe_commit(CHECKOUT),
        "machine": describe_machine(),
        "date": datetime.now(timezone.utc).date().isoformat(),
        "papers": {"count": provenance.papers, "digest": provenance.papers_digest},
        "questions": {
            "name": run.questions.name,
            "count": count,
            "sha256": hashlib.sha256(run.questions.read_bytes()).hexdigest(),
        },
    }


def _conditions(described: Json) -> Json:
    """Return what a kept answer depends on."""
    plain = {name: described[name] for name in ("model", "digest", "version", "commit")}
    contents = {"questions": described["questions"]["sha256"], "set of papers": described["papers"]["digest"]}
    return {**contents, **plain, **described["settings"]}  # "papers" is a setting: how many are retrieved


def _tell(journal: Journal, count: int, say: Say) -> None:
    if journal.changed:
        say(f"Starting anew: {', '.join(journal.changed)} changed. Earlier answers are put aside (.rows.jsonl.old).")
    elif journal.rows:
        say(f"{len(journal.rows)} of {count} answers were kept from before; --fresh asks again.")


def _write(output: Path, results: Json) -> None:
    try:
        write_whole(output.with_name(f"{output.name}.json"), json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        write_whole(output.with_name(f"{output.name}.md"), report_markdown(results))
    except OSError as error:
        raise InputError(f"Cannot write {output}: {error.strerror}.", "Choose another with --output.") from None
