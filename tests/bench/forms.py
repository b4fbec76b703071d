"""Citations by construction against citations written freely: the same evidence, questions and model, both ways.

By construction the reply is JSON whose citations can only be labels that were shown; freely it is prose with the labels
in brackets.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from paperchat.app import App
from paperchat.generation.labelling import label_evidence, task_of
from paperchat.generation.prompting import answer_schema, fit
from paperchat.generation.reply_parsing import read_reply
from paperchat.generation.selection import choose
from paperchat.models.model import Model
from paperchat.models.ollama import OllamaServer
from paperchat.models.prompt_files import read_prompts
from paperchat.models.writers import overruling
from paperchat.paths import prompts_folder
from paperchat.settings import Settings
from paperchat.storage.embedding import Progress
from paperchat.types import AnswerSentence
from tests.bench.data import Query
from tests.bench.measures import mean

FREE = "Reply in plain sentences. After each sentence write in brackets the labels of what it rests on, such as [2b]."
NOTES = (
    (
        "Both ways get the same messages, but for the last line of the rules, which says how to reply. A sentence is "
        "cited when it names a label that was shown; supported is what the checker says without a model of those."
    ),
)


def compare(app: App, settings: Settings, queries: Sequence[Query], progress: Progress) -> list[dict[str, Any]]:
    """Return a row for each way of citing; shares are of sentences, precision and recall means over questions."""
    server = OllamaServer(settings.ollama_host, settings.model, settings.num_ctx, settings.timeout)
    prompts = read_prompts(prompts_folder())
    free = {**prompts, "system": "\n".join([*prompts["system"].strip().split("\n")[:-1], FREE])}
    strict = Model(server, prompts, settings.max_tokens, overruling(settings), time.perf_counter).chosen()
    ways = {"schema": strict, "free": replace(strict, prompts=free)}
    said: dict[str, list[tuple[Query, tuple[AnswerSentence, ...]]]] = {"schema": [], "free": []}
    for done, query in enumerate(queries, 1):
        reading = app.library.search(query.text, settings.papers).asking(query.question)
        chosen = choose(reading)
        labelled = label_evidence(chosen, strict.portion.around, strict.portion.evidence)
        task = task_of(reading, len(chosen))
        for way, model in ways.items():
            messages, left, _ = fit(model, query.question, query.history, labelled, task)
            pieces = model.chat(messages, answer_schema(left, task) if way == "schema" else None)
            raw = "".join(piece for piece in pieces if isinstance(piece, str))
            said[way].append((query, read_reply(raw, left)))
        progress(done, len(queries))
    return [{"citations": way, **_measured(app, answers)} for way, answers in said.items()]


def _measured(app: App, answers: Sequence[tuple[Query, tuple[AnswerSentence, ...]]]) -> Mapping[str, Any]:
    sentences = [sentence for _, written in answers for sentence in written]
    cited = [sentence for sentence in sentences if sentence.citations]
    verdicts = [app.checker.check(one.text, one.citations[0].title, None).verdict for one in cited]
    papers = [(set(query.gold), {c.paper_id for s in written for c in s.citations}) for query, written in answers]
    return {
        "questions": len(answers),
        "answered": sum(bool(written) for _, written in answers),
        "sentences": len(sentences),
        "cited": len(cited) / max(1, len(sentences)),
        "supported": verdicts.count("supported") / max(1, len(verdicts)),
        "precision": mean([len(gold & own) / len(own) for gold, own in papers if own]),
        "recall": mean([len(gold & own) / len(gold) for gold, own in papers]),
    }
