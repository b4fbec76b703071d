"""The citation checker: meaning, verdicts, what the model is asked; then labelled claims."""

from pathlib import Path

from paperchat.models.minilm import MiniLM
from paperchat.paths import prompts_folder
from paperchat.types import Check
from paperchat.verification.checker import Checker, question
from paperchat.verification.evidence import Evidence, PaperEvidence, Quoted, whole_paper
from tests.samples import as_evidence, paper
from tests.tides import SENTENCES, TITLE
from tests.verification.conftest import Find


def test_a_number_of_the_other_paper_cited_is_marked(checker: Checker, find: Find, two: tuple[PaperEvidence]) -> None:
    evidence = Evidence(two, tuple(Quoted(one, 0) for one in two))
    claim = "TideNet reaches 84%, while StormNet reaches 84%."
    check = checker.judge(find(claim, evidence), evidence.quotes)
    assert (check.verdict, check.wrong_numbers) == ("unsupported", ((16, 19),))
    assert check.reason == '"84%" is of “StormNet”, not of “TideNet”.'


def test_a_number_of_another_sentence_of_the_paper_is_marked(
    checker: Checker, find: Find, tides: PaperEvidence
) -> None:
    claim = "TideNet reaches 83.2% accuracy on BuoyBench."
    evidence = Evidence((tides,), (Quoted(tides, 1),))
    check = checker.judge(find(claim, evidence), evidence.quotes)
    assert (check.verdict, [claim[slice(*span)] for span in check.wrong_numbers]) == ("unsupported", ["83.2%"])
    assert check.reason == '"83.2%" is not in the cited sentence, but elsewhere in the paper.'


def test_a_claim_that_another_paper_says_names_that_paper(
    checker: Checker, find: Find, embedder: MiniLM, tides: PaperEvidence
) -> None:
    claim = "Octopuses taste with their arms and recognise single keepers."
    said = "We show that octopuses taste with their arms and recognise their keepers."
    other = as_evidence(paper("Minds of Octopuses", said), embedder)
    check = checker.judge(find(claim, whole_paper(tides, [Quoted(other, 0)])), SENTENCES)
    assert (check.verdict, "Minds of Octopuses" in check.reason) == ("unsupported", True)


def test_what_is_told_of_the_wrong_paper_names_the_right_one(
    checker: Checker, find: Find, embedder: MiniLM, tides: PaperEvidence
) -> None:
    claim = "TideNet hides patches of the first photograph and fills them in from the second photograph."
    said = "Patches of the first photograph are hidden and filled in from the second photograph."
    other = as_evidence(paper("Seeing Twice", said), embedder)
    alone = find(claim, whole_paper(tides))
    beside = find(claim, whole_paper(tides, [Quoted(other, 0)]))
    assert (alone.faults, alone.elsewhere) == ((), "")
    assert (beside.faults, beside.elsewhere) == ((), 'Another paper says this: "Seeing Twice".')
    check = checker.judge(beside, SENTENCES)
    assert (check.verdict, check.reason) == ("unsupported", beside.elsewhere)


def test_a_more_certain_yes_never_lowers_a_score(checker: Checker, find: Find, tides: PaperEvidence) -> None:
    evidence = whole_paper(tides)
    for claim in (SENTENCES[0], "Pilots have only a handful of buoys."):
        found = find(claim, evidence)
        scores = [checker.judge(found, SENTENCES, yes).score for yes in (0.1, 0.4, 0.6, 0.9)]
        assert scores == sorted(scores)
    copied, far = (find(c, evidence) for c in (SENTENCES[0], "Few gauges float where pilots are."))
    assert checker.judge(copied, SENTENCES, 0.5).score > checker.judge(far, SENTENCES, 0.5).score


def test_the_verdict_has_its_reason_quote_and_wrong_numbers(checker: Checker, find: Find, tides: PaperEvidence) -> None:
    def check(claim: str, yes: float | None = None) -> Check:
        return checker.judge(find(claim, whole_paper(tides)), SENTENCES, yes)

    right = check("TideNet runs three times faster than WaveFlow.")
    assert (right.verdict, right.quote, right.wrong_numbers) == ("supported", SENTENCES[3], ())
    wrong = check("TideNet runs 30x faster than WaveFlow.")
    assert (wrong.verdict, wrong.wrong_numbers) == ("unsupported", ((13, 16),))
    assert check("TideNet runs 30x faster than WaveFlow.", yes=0.999).verdict == "unsupported"
    assert check("Pilots have only a handful of buoys.", yes=0.97).verdict == "supported"
    assert check("Pilots have only a handful of buoys.", yes=0.03).verdict == "unsupported"
    assert check(SENTENCES[0]).verdict == "supported"


def test_a_model_s_yes_cannot_lift_what_the_cited_sentence_is_not_about(
    checker: Checker, find: Find, tides: PaperEvidence
) -> None:
    evidence = Evidence((tides,), (Quoted(tides, 0),))
    findings = find("Bread is baked from flour.", evidence)
    assert not findings.faults
    assert not checker.is_open(findings)
    assert checker.judge(findings, evidence.quotes, yes=0.999).verdict == "unsupported"


def test_nothing_cited_or_nothing_said_is_no_crash(
    checker: Checker, find: Find, embedder: MiniLM, tides: PaperEvidence
) -> None:
    nothing, empty = Evidence((tides,), ()), whole_paper(as_evidence(paper(TITLE, ""), embedder))
    for claim, evidence in (("TideNet works.", nothing), ("It is so.", whole_paper(tides)), ("91.4%", empty)):
        assert 0 <= checker.judge(find(claim, evidence), evidence.quotes).score <= 1


def test_the_question_shows_the_best_sentences_in_their_order(find: Find, tides: PaperEvidence) -> None:
    evidence = whole_paper(tides)
    claim = "TideNet costs $5 per run."
    prompt = (prompts_folder() / "check.md").read_text(encoding="utf-8")
    findings = find(claim, evidence)
    system, user = question(prompt, claim, evidence, findings)
    assert (system.role, user.role) == ("system", "user")
    assert f"Claim: {claim}" in user.content
    shown = [place for place, sentence in enumerate(SENTENCES) if sentence.replace("\\", "") in user.content]
    assert shown == sorted(findings.best)


def test_labelled_claims_are_told_apart_without_a_model(
    shared: Path, checker: Checker, find: Find, embedder: MiniLM
) -> None:
    """Nothing is trained on them. Balanced accuracy is .85 or more; 9 in 10 exchanged numbers are caught."""
    from tests.train_checker import dev_claims

    rows = dev_claims(embedder, shared)
    called = [checker.judge(find(row.claim, row.evidence), row.evidence.quotes) for row in rows]
    right = [(row, (check.verdict == "supported") == row.supported) for row, check in zip(rows, called, strict=True)]
    shares = [[good for row, good in right if row.supported is side] for side in (True, False)]
    assert sum(side.count(True) / len(side) for side in shares) / 2 >= 0.85
    exchanged = [good for row, good in right if row.kind == "number-swapped"]
    assert exchanged.count(True) >= 0.9 * len(exchanged)
