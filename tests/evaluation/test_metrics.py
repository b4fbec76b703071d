"""Every measure on cases worked by hand."""

import math
from typing import Any

import pytest

from paperchat.evaluation.metrics import (
    MEASURES,
    all_in,
    citation_precision,
    citation_recall,
    evidence_shares,
    invented_titles,
    ndcg_at,
    on_point,
    paired_p,
    recall_at,
    reciprocal_rank,
    score,
    share_included,
    summarise,
    unsupported_numbers,
    verdict_share,
)
from paperchat.evaluation.questions import Question
from paperchat.text.cleaning import known_text
from paperchat.types import Turn

FOUND = ["x", "A", "y", "b", "z", "c"]
"""With the gold papers A, B and C: ranks 2, 4 and 6, in another case."""


def test_retrieval_measures_have_their_definitions() -> None:
    gold = ["A", "B", "C"]
    assert recall_at(5, gold, FOUND) == 2 / 3
    assert recall_at(1, gold, FOUND) == 0
    assert (all_in(5, gold, FOUND), all_in(6, gold, FOUND)) == (0, 1)
    assert reciprocal_rank(10, gold, FOUND) == 1 / 2
    assert reciprocal_rank(1, gold, FOUND) == 0
    gained = 1 / math.log2(3) + 1 / math.log2(5)
    assert ndcg_at(5, gold, FOUND) == pytest.approx(gained / (1 + 1 / math.log2(3) + 1 / 2))
    assert ndcg_at(2, gold, FOUND) == pytest.approx(1 / math.log2(3) / (1 + 1 / math.log2(3)))
    assert ndcg_at(3, gold, ["c", "b", "a"]) == 1


def test_without_gold_papers_retrieval_says_nothing() -> None:
    assert [f(5, [], FOUND) for f in (recall_at, all_in, reciprocal_rank, ndcg_at)] == [None] * 4
    assert citation_recall([], ["a"]) is None


@pytest.mark.parametrize(
    ("cited", "precision", "recall"),
    [
        (["a", "b"], 1, 1),
        (["a", "x"], 1 / 2, 1 / 2),
        (["a", "ok"], 1, 1 / 2),
        (["a", "ok", "x", "y"], 1 / 3, 1 / 2),
        (["x"], 0, 0),
        (["ok"], None, 0),
        ([], None, 0),
    ],
    ids=["all", "one wrong", "acceptable counts for nothing", "both", "wrong alone", "acceptable alone", "silent"],
)
def test_citations(cited: list[str], precision: float | None, recall: float) -> None:
    gold, acceptable = ["A", "B"], ["OK", "B"]
    assert citation_precision(gold, acceptable, cited) == precision
    assert citation_recall(gold, cited) == recall


def test_required_strings_are_matched_as_people_write_them() -> None:
    assert share_included(["85.3", "20,000", "IMAGENET"], r"It has 85.3\% on imagenet with 20000 images.") == 1
    assert share_included(["20000"], "It has 20,000 images.") == 1
    assert share_included(["1,2"], "Of 1,2 and 3") == 1
    assert share_included(["tree", "learning rate"], "They share a tree.") == 1 / 2
    assert share_included([], "Anything") is None


@pytest.mark.parametrize(
    ("text", "invented"),
    [
        ("See “Deep Graphs of Everything”.", ["Deep Graphs of Everything"]),
        ('See "Masked Graph Models: A Survey" too.', ["Masked Graph Models: A Survey"]),
        ("See “graphmae: masked graphs”.", []),
        ("See “Masked Graphs”, a part of it.", []),
        ("See “Cora Data Set”, from an abstract.", []),
        ("It says “we mask the features of nodes”.", []),
        ("The “Blue Moon” trick.", []),
        ("Deep Graphs of Everything is a paper.", []),
    ],
    ids=[
        "invented",
        "straight quotes",
        "a title",
        "part of one",
        "in an abstract",
        "a phrase",
        "two words",
        "unquoted",
    ],
)
def test_titles_that_no_paper_has(text: str, invented: list[str]) -> None:
    assert invented_titles(text, known_text(["GraphMAE: Masked Graphs", "We use the Cora data set."])) == invented


@pytest.mark.parametrize(
    ("text", "quotes", "unsupported"),
    [
        (r"It reaches 84.2% on Cora.", [r"GraphMAE reaches 84.2\% accuracy."], []),
        ("It reaches 84.3% on Cora.", ["It reaches 84.2%."], ["84.3"]),
        ("It reaches 84 on Cora.", ["It reaches 84.2%."], ["84"]),
        ("It has 20000 rows, 85.30 and .5.", ["It has 20,000 rows, 85.3 and 0.5."], []),
        ("On CIFAR-10, wav2vec, 3D and ImageNet-1K.", [], []),
        ("It gains 3.1 and 2 points.", ["It gains 3.1.", "Then 2 more."], []),
        ("It gains 3.", [], ["3"]),
        ("From 5-10% in v1.2.3, by 14x.", ["5 to 10 by 14"], []),
    ],
    ids=["same", "other", "rounded", "by value", "names", "two quotes", "uncited", "ranges and versions"],
)
def test_numbers_that_no_cited_sentence_has(text: str, quotes: list[str], unsupported: list[str]) -> None:
    sentence = {"text": text, "citations": [{"quote": quote} for quote in quotes]}
    assert unsupported_numbers([sentence]) == unsupported


def test_a_number_must_be_in_the_sentence_that_this_sentence_cites() -> None:
    first = {"text": "One is 5.", "citations": [{"quote": "It is 7."}]}
    second = {"text": "One is 7.", "citations": [{"quote": "It is 5."}]}
    assert unsupported_numbers([first, second]) == ["5", "7"]


def test_support_counts_the_sentences_that_were_judged() -> None:
    sentences = [{"verdict": v} for v in ("supported", "supported", "unsure", "unsupported", "")] + [{"text": "x"}]
    assert verdict_share("supported", sentences) == 2 / 4
    assert verdict_share("unsupported", sentences) == 1 / 4
    assert verdict_share("supported", [{"text": "x"}, {"verdict": ""}]) is None


def row(**changed: Any) -> dict[str, Any]:
    plain = {"retrieved": ["a"], "cited": ["a"], "abstained": False, "text": "It is 5.", "prompt_tokens": 7}
    sentences = [{"text": "It is 5.", "citations": [{"quote": "5"}]}]
    return {**plain, "sentences": sentences, "timings": {"evidence": 0.5, "total": 2.0}, **changed}


def test_a_row_has_every_measure_and_none_where_it_says_nothing() -> None:
    scores = score(Question("1", "?", "fact", gold=("A",), must_include=("5",)), row(), "")
    assert set(scores) == {measure.name for measure in MEASURES}
    assert (scores["recall@5"], scores["citation_precision"], scores["must_include"]) == (1, 1, 1)
    assert (scores["abstained_rightly"], scores["abstained_wrongly"]) == (None, 0)
    assert (scores["evidence_s"], scores["first_token_s"], scores["prompt_tokens"]) == (0.5, None, 7)


def test_abstention_is_right_only_where_the_papers_do_not_answer() -> None:
    scores = score(Question("1", "?", "abstain", gold=("A",)), row(abstained=True), "")
    assert (scores["abstained_rightly"], scores["abstained_wrongly"], scores["citation_recall"]) == (1, None, None)
    assert scores["recall@5"] == 1
    assert score(Question("1", "?", "fact"), row(abstained=True), "")["abstained_wrongly"] == 1


@pytest.mark.parametrize(
    ("cited", "abstained", "met"),
    [([], False, 1), (["b"], False, 0), ([], True, 0), (["a"], False, 1)],
    ids=["nothing cited", "a paper cited", "declined", "the gold paper cited"],
)
def test_a_request_is_met_when_it_is_not_declined_and_cites_no_paper_but_gold_ones(
    cited: list[str], abstained: bool, met: float
) -> None:
    gold = ("A",) if cited == ["a"] else ()
    scores = score(Question("1", "?", "meta", gold=gold), row(cited=cited, abstained=abstained), "")
    assert (scores["meta_met"], scores["abstained_rightly"], scores["abstained_wrongly"]) == (met, None, None)
    assert score(Question("1", "?", "fact"), row(), "")["meta_met"] is None


@pytest.mark.parametrize(
    ("cited", "abstained", "rightly", "handled"),
    [(["a"], False, 1, 1), (["a", "b"], False, 0, 0), (["b"], False, 0, 0), ([], False, 0, 0), ([], True, 1, 0)],
    ids=["gold alone", "another beside it", "another", "nothing", "abstained"],
)
def test_a_false_premise_is_handled_by_its_gold_paper_alone(
    cited: list[str], abstained: bool, rightly: float, handled: float
) -> None:
    scores = score(Question("1", "?", "abstain", gold=("A",)), row(cited=cited, abstained=abstained), "")
    assert (scores["abstained_rightly"], scores["premise_handled"]) == (rightly, handled)
    without_gold = score(Question("1", "?", "abstain"), row(cited=cited, abstained=abstained), "")
    assert (without_gold["abstained_rightly"], without_gold["premise_handled"]) == (float(abstained), None)


def test_a_number_that_we_counted_is_not_unsupported() -> None:
    counted = row(sentences=[{"text": "118 papers.", "citations": []}], cited=[])
    assert score(Question("1", "?", "meta"), {**counted, "act": "set.count"}, "")["numbers_unsupported"] == 0
    assert score(Question("1", "?"), {**counted, "act": ""}, "")["numbers_unsupported"] == 1


def test_a_title_that_the_reader_brought_is_not_invented() -> None:
    text = "“Big Networks Learn Slowly” is not here."
    turn = Turn("What of Big Networks Learn Slowly?", "")
    assert score(Question("1", "?", history=(turn,)), row(text=text), "")["titles_invented"] == 0
    assert score(Question("1", "?"), row(text=text), "")["titles_invented"] == 1


def test_a_summary_is_of_the_questions_that_a_measure_speaks_of() -> None:
    summary = summarise([{"recall@5": 1.0}, {"recall@5": None}, {"recall@5": 0.0, "total_s": 3.0}])
    assert set(summary) == {"recall@5", "total_s"}
    assert (summary["recall@5"]["mean"], summary["recall@5"]["n"], summary["total_s"]["p50"]) == (0.5, 2, 3)


def test_the_paired_test_counts_sign_patterns() -> None:
    assert paired_p([]) == paired_p([0.0, 0.0]) == 1
    assert paired_p([1, 1, 1]) == 2 / 8
    assert paired_p([1, 1, -1]) == 1  # |sum| is 1 or 3 in all eight patterns
    assert paired_p([2, 1, 0]) == 2 / 4
    assert paired_p([0.1, 0.2, -0.3]) == 1  # the sum is 0 but for rounding


def test_many_differences_are_sampled_and_agree_with_the_sign_test() -> None:
    differences = [1.0] * 14 + [-1.0] * 6  # 20 of equal size: the exact sign test
    exact = sum(math.comb(20, k) for k in (*range(7), *range(14, 21))) / 2**20
    assert paired_p(differences) == pytest.approx(exact, abs=0.006)
    assert paired_p(differences) == paired_p(differences)
    assert paired_p([1.0] * 40) == 1 / 100_001


def test_evidence_is_told_by_the_sentences_cited() -> None:
    sentences = [{"citations": [{"quote": "It reached 80 %."}, {"quote": "We thank all. It was night."}]}]
    shares = evidence_shares(["It reached 80 %.", "It rained."], sentences)
    assert (shares["evidence_recall"], shares["evidence_precision"]) == (0.5, 0.5)
    assert evidence_shares(["It was night."], sentences)["evidence_recall"] == 1
    assert set(evidence_shares([], sentences).values()) == {None}


@pytest.mark.parametrize(
    ("texts", "evidence", "share"),
    [
        ([("It reached 80 %.", "It reached 80 %."), ("It was night.", "It was night.")], ["It reached 80 %."], 0.5),
        ([("So 80 % it is.", "Another sentence.")], ["It reached 80 %."], 1.0),
        ([("It was night.", "")], ["It reached 80 %."], None),
        ([("It reached 80 %.", "It reached 80 %.")], [], None),
    ],
    ids=["one of two", "a required string", "nothing cited", "no evidence known"],
)
def test_a_sentence_is_on_the_point_where_it_cites_evidence_or_holds_what_is_required(
    texts: list[tuple[str, str]], evidence: list[str], share: float | None
) -> None:
    sentences = [{"text": text, "citations": [{"quote": quote}] if quote else []} for text, quote in texts]
    question = Question("1", "How much?", evidence=tuple(evidence), must_include=("80 %",))
    assert on_point(question, sentences) == share
