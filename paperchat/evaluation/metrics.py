"""Measures of retrieval, citations and answers, in the field's definitions. Pure functions.

Titles are compared in their normalised form (`text.normalised`). A measure that says nothing about a question, such as
the recall of a question without gold papers, is None there and is left out of means.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from paperchat.evaluation.questions import Question
from paperchat.text.cleaning import clean, known_text, normalised, quoted_titles
from paperchat.text.numbers import without_separators, written

Row = Mapping[str, Any]
"""What was answered to one question, as the command line prints it: retrieved, cited, abstained, text, sentences, …"""

ABSTAIN = "abstain"
"""The type of the questions that the papers do not answer."""

META = "meta"
"""The type of the requests about the set, the assistant or the last answer, which are no questions to the papers."""

EXACT = 16
"""Most differences whose signs are all tried, 2 ** EXACT ways; more are sampled."""

SAMPLES = 100_000
"""Sign patterns sampled, from a fixed seed: the standard error of a p value near .05 is .0007."""

VERDICTS = ("supported", "unsure", "unsupported")


def recall_at(k: int, gold: Collection[str], retrieved: Sequence[str]) -> float | None:
    """Return Recall@k = |gold ∩ first k| / |gold|; its mean over questions is the macro average.

    As LitSearch reports it (Ajith et al. 2024, arXiv:2407.18940). None without gold.
    """
    wanted = _titles(gold)
    return len(wanted & _titles(retrieved[:k])) / len(wanted) if wanted else None


def all_in(k: int, gold: Collection[str], retrieved: Sequence[str]) -> float | None:
    """Return 1 when every gold paper is among the first k, else 0: recall_at(k) = 1. None without gold."""
    recall = recall_at(k, gold, retrieved)
    return None if recall is None else float(recall == 1)


def reciprocal_rank(k: int, gold: Collection[str], retrieved: Sequence[str]) -> float | None:
    """Return 1 / rank of the first gold paper among the first k, 0 when there is none; its mean is MRR@k.

    Voorhees 1999, The TREC-8 Question Answering Track Report. None without gold.
    """
    wanted = _titles(gold)
    ranks = [rank for rank, title in enumerate(retrieved[:k], 1) if normalised(title) in wanted]
    return (1 / ranks[0] if ranks else 0.0) if wanted else None


def ndcg_at(k: int, gold: Collection[str], retrieved: Sequence[str]) -> float | None:
    """Return nDCG@k with gains of 0 or 1: sum of 1 / log2(rank + 1) over the gold in the first k, by the best such sum.

    Järvelin and Kekäläinen 2002, doi:10.1145/582415.582418, with the discount log2(rank + 1). None without gold.
    """
    wanted = _titles(gold)
    if not wanted:
        return None
    found = sum(1 / math.log2(rank + 1) for rank, title in enumerate(retrieved[:k], 1) if normalised(title) in wanted)
    return found / sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(wanted)) + 1))


def citation_precision(gold: Collection[str], acceptable: Collection[str], cited: Collection[str]) -> float | None:
    """Return |cited ∩ gold| / |cited without the acceptable|; None when nothing that counts is cited.

    An acceptable paper that is not gold neither helps nor harms. An answer that cites nothing is not precise but
    silent: it shows in the recall.
    """
    wanted = _titles(gold)
    counted = _titles(cited) - (_titles(acceptable) - wanted)
    return len(counted & wanted) / len(counted) if counted else None


def citation_recall(gold: Collection[str], cited: Collection[str]) -> float | None:
    """Return |cited ∩ gold| / |gold|; None without gold."""
    wanted = _titles(gold)
    return len(wanted & _titles(cited)) / len(wanted) if wanted else None


def rests_on(gold: Collection[str], cited: Collection[str]) -> bool:
    """Tell whether an answer cites gold papers and no others."""
    return bool(cited) and _titles(cited) <= _titles(gold)


def share_included(must_include: Collection[str], text: str) -> float | None:
    """Return the share of strings that `text` holds; None when there are none to hold.

    They are matched as substrings, without regard to case, thousands separators and LaTeX left-overs.
    """
    said = _plain(text)
    return sum(_plain(wanted) in said for wanted in must_include) / len(must_include) if must_include else None


def evidence_shares(evidence: Collection[str], sentences: Sequence[Mapping[str, Any]]) -> dict[str, float | None]:
    """Return how much of the evidence is cited, and how much of what is cited is evidence; None without either.

    A cited sentence is evidence where it holds a sentence of it or is held by one: a quote may be cut, or be of two.
    """
    wanted = [text for text in map(normalised, evidence) if text]
    cited = {text for one in sentences for citation in one["citations"] if (text := normalised(citation["quote"]))}
    told = [any(text in quote or quote in text for quote in cited) for text in wanted]
    right = [any(text in quote or quote in text for text in wanted) for quote in cited]
    return {
        "evidence_recall": sum(told) / len(told) if told else None,
        "evidence_precision": sum(right) / len(right) if right and wanted else None,
    }


def on_point(question: Question, sentences: Sequence[Mapping[str, Any]]) -> float | None:
    """Return the share of an answer's sentences that cite a sentence of the evidence, or hold a required string.

    The others may be true, and are not what was asked. None where no evidence is known, or nothing is cited.
    """
    told = [one for one in sentences if one["citations"]] if any(map(normalised, question.evidence)) else []
    shares = [evidence_shares(question.evidence, [one])["evidence_precision"] for one in told]
    held = [share_included(question.must_include, one["text"]) for one in told]
    return sum(map(any, zip(shares, held, strict=True))) / len(told) if told else None


def invented_titles(text: str, *known: str) -> list[str]:
    """Return what `text` quotes as a title (`quoted_titles`) although `known`, all there was to read, does not have it.

    `known` is made by `known_text`.
    """
    text = clean(text)
    quoted = [text[start:end] for start, end in quoted_titles(text)]
    return [title for title in quoted if not any(f" {normalised(title)} " in k for k in known)]


def unsupported_numbers(sentences: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the numbers in an answer's sentences that occur in none of the sentences which that sentence cites.

    Numbers are compared by value (20,000 is 20000, 85.30 is 85.3). Digits that belong to a name, as in CIFAR-10,
    wav2vec or 3D, are no numbers, nor are numbers in words or in a title that is quoted.
    """
    return [
        number
        for sentence in sentences
        for number in _numbers(_without_titles(clean(sentence["text"])))
        if _value(number) not in {_value(n) for c in sentence["citations"] for n in _numbers(c["quote"])}
    ]


def _without_titles(text: str) -> str:
    for start, end in reversed(quoted_titles(text)):
        text = text[:start] + text[end:]
    return text


def verdict_share(verdict: str, sentences: Sequence[Mapping[str, Any]]) -> float | None:
    """Return the share of the judged sentences with this verdict; None when no sentence was judged."""
    judged = [sentence["verdict"] for sentence in sentences if sentence.get("verdict") in VERDICTS]
    return judged.count(verdict) / len(judged) if judged else None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of one question: its name, what it says, whether more is better, and how its values are written."""

    name: str
    meaning: str
    more_is_better: bool = True
    unit: str = "share"


MEASURES = (
    Measure("recall@5", "share of the gold papers among the first 5"),
    Measure("recall@10", "share of the gold papers among the first 10"),
    Measure("mrr@10", "1 / rank of the first gold paper, 0 after 10"),
    Measure("ndcg@10", "gold papers among the first 10, discounted by rank"),
    Measure("all_gold@8", "questions with all gold papers among the first 8"),
    Measure("citation_precision", "share of the cited papers that are gold; acceptable ones do not count"),
    Measure("citation_recall", "share of the gold papers that are cited"),
    Measure("evidence_recall", "share of the sentences that hold the answer which are cited"),
    Measure("evidence_precision", "share of the sentences cited that hold the answer"),
    Measure("on_point", "share of the sentences that cite such a sentence or hold a required string"),
    Measure("supported", "share of the judged sentences that their citations support"),
    Measure("unsupported", "share of the judged sentences that they do not support", more_is_better=False),
    Measure("must_include", "share of the required strings that the answer holds"),
    Measure(
        "abstained_rightly", "abstentions or false premises handled, of the questions that the papers do not answer"
    ),
    Measure("premise_handled", "false premises answered from their gold papers alone"),
    Measure("meta_met", "requests about set, assistant or answer that are met and cite no paper but gold ones"),
    Measure("abstained_wrongly", "abstentions, of the questions that they do answer", more_is_better=False),
    Measure("titles_invented", "quoted titles that no paper has, an answer", more_is_better=False, unit="count"),
    Measure("numbers_unsupported", "numbers not in the sentences cited, an answer", more_is_better=False, unit="count"),
    Measure("evidence_s", "seconds until the evidence is shown", more_is_better=False, unit="seconds"),
    Measure("first_token_s", "seconds until the first written word", more_is_better=False, unit="seconds"),
    Measure("total_s", "seconds until the answer is whole", more_is_better=False, unit="seconds"),
    Measure("prompt_tokens", "tokens of the prompt, as the model server counted", more_is_better=False, unit="tokens"),
)


def score(question: Question, row: Row, known: str) -> dict[str, float | None]:
    """Return every measure of one answer, by name; `known` is the text of all papers (`known_text`).

    Citations and required strings are scored where the papers answer the question, and abstention apart. A question
    of the type ABSTAIN with gold papers has a false premise: it may be put right from these instead. One of the
    type META is wrong when it is declined, or cites a paper that is not gold.
    """
    gold, retrieved, cited = question.gold, row["retrieved"], row["cited"]
    answerable, meta = question.type != ABSTAIN, question.type == META
    asked = known_text(
        [question.question, *(text for turn in question.history for text in (turn.question, turn.answer))]
    )
    return {
        "recall@5": recall_at(5, gold, retrieved),
        "recall@10": recall_at(10, gold, retrieved),
        "mrr@10": reciprocal_rank(10, gold, retrieved),
        "ndcg@10": ndcg_at(10, gold, retrieved),
        "all_gold@8": all_in(8, gold, retrieved),
        "citation_precision": citation_precision(gold, question.acceptable, cited) if answerable and gold else None,
        "citation_recall": citation_recall(gold, cited) if answerable else None,
        **evidence_shares(question.evidence if answerable else (), row["sentences"]),
        "on_point": on_point(question, row["sentences"]) if answerable else None,
        "supported": verdict_share("supported", row["sentences"]),
        "unsupported": verdict_share("unsupported", [*row["sentences"], *row.get("withheld", ())]),
        "must_include": share_included(question.must_include, row["text"]) if answerable else None,
        "abstained_rightly": None if answerable else float(row["abstained"] or rests_on(gold, cited)),
        "premise_handled": float(rests_on(gold, cited)) if gold and not answerable else None,
        "meta_met": float(not row["abstained"] and _titles(cited) <= _titles(gold)) if meta else None,
        "abstained_wrongly": float(row["abstained"]) if answerable and not meta else None,
        "titles_invented": float(len(invented_titles(row["text"], known, asked))),
        "numbers_unsupported": float(len(unsupported_numbers(_claims(row)))),
        "evidence_s": row["timings"].get("evidence"),
        "first_token_s": row["timings"].get("first_token"),
        "total_s": row["timings"].get("total"),
        "prompt_tokens": row["prompt_tokens"],
    }


def _claims(row: Row) -> list[Mapping[str, Any]]:
    """Return the sentences of an answer that are of papers; what a request is told of the set is counted by us."""
    return [sentence for sentence in row["sentences"] if sentence["citations"] or not row.get("act")]


def summarise(scores: Sequence[Mapping[str, float | None]]) -> dict[str, dict[str, float]]:
    """Return, for each measure that any question has: its mean, the number n of questions it is of, p50 and p95."""
    summary = {}
    for measure in MEASURES:
        values = [value for row in scores if (value := row.get(measure.name)) is not None]
        if values:
            p50, p95 = np.percentile(values, (50, 95))
            summary[measure.name] = {
                "mean": float(np.mean(values)), "n": len(values), "p50": float(p50), "p95": float(p95)
            }  # fmt: skip
    return summary


def paired_p(differences: Sequence[float]) -> float:
    """Return the two-sided p value of a paired randomisation test that the mean of `differences` is 0.

    p is the share of sign patterns whose |sum| is at least the one seen (Fisher; Smucker, Allan and Carterette 2007,
    doi:10.1145/1321440.1321528). Up to EXACT differences that are not 0 all patterns are tried; of more, SAMPLES are
    drawn, and p = (1 + hits) / (1 + SAMPLES) (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585).
    """
    changed = np.array([d for d in differences if d != 0], dtype=np.float64)
    count = len(changed)
    if count == 0:
        return 1.0
    seen = abs(changed.sum()) - 1e-9 * np.abs(changed).sum()  # sums that differ by rounding alone are equal
    if count <= EXACT:
        bits = np.arange(2**count)[:, None] >> np.arange(count) & 1
        return float(np.mean(np.abs((bits * 2 - 1) @ changed) >= seen))
    generator = np.random.default_rng(1)
    hits = 0
    for _ in range(SAMPLES // 1000):
        signs = generator.integers(0, 2, size=(1000, count), dtype=np.int8) * 2.0 - 1
        hits += int(np.count_nonzero(np.abs(signs @ changed) >= seen))
    return (1 + hits) / (1 + SAMPLES)


def _titles(titles: Collection[str]) -> set[str]:
    return {normalised(title) for title in titles}


def _plain(text: str) -> str:
    return without_separators(clean(text)).casefold()


def _numbers(text: str) -> list[str]:
    return written(clean(text))


def _value(number: str) -> str | Decimal:
    return Decimal(number) if number.count(".") < 2 else number  # noqa: PLR2004 -- 1.2.3 is a version
