"""The citation checker: numbers and what they are bound to, names, directions, meaning; then labelled claims."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperchat.cli.main import main
from paperchat.evaluation.claims import tally
from paperchat.generation.checking import Checking
from paperchat.models.minilm import MiniLM
from paperchat.models.ollama import OllamaServer
from paperchat.paths import CHECKER, prompts_folder
from paperchat.retrieval.library import Library
from paperchat.storage.store import Store
from paperchat.text.entities import Known, abbreviations, names
from paperchat.text.numbers import covers, quantities, same_value
from paperchat.text.words import Word, opposites, stem, words
from paperchat.types import Answer, AnswerSentence, Check, Message, ModelInfo
from paperchat.verification.alignment import align
from paperchat.verification.attribution import foreign
from paperchat.verification.checker import Checker, log_odds, question, read_checker
from paperchat.verification.evidence import Evidence, PaperEvidence, Quoted, whole_paper
from paperchat.verification.features import Findings
from paperchat.verification.number_binding import Bound, bind, misbound
from paperchat.verification.rules import MISBOUND, ClaimFault
from tests.fake_app import cite, make_result
from tests.samples import PAPERS, SPEECH, TREES, HashEmbedder, as_evidence, paper
from tests.scripted_ollama import Reply, ScriptedOllama

TITLE = "TideNet: Forecasting Harbour Tides from Sparse Buoys"
SENTENCES = (
    "Harbour tides matter to pilots, yet buoys are few.",
    "We present TideNet, a graph network (GN) that learns from unlabelled recordings of 48 harbours.",
    "TideNet reaches 91.4\\% accuracy on BuoyBench and 83.2\\% on DeepTide, while the linear model is far behind.",
    "It is trained on 2.5 million recordings, needs 12 GPU hours and runs 3x faster than WaveFlow.",
    "Errors fall by 7, 11, and 19 percent for storms, neap tides, and spring tides, respectively.",
    "Without weather data the error increases, and the method does not help in rivers.",
)


@pytest.fixture(scope="module")
def embedder() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="module")
def checker() -> Checker:
    return read_checker(json.loads(CHECKER.read_text(encoding="utf-8")))


Find = Callable[[str, Evidence], Findings]


@pytest.fixture
def find(checker: Checker, embedder: MiniLM) -> Find:
    """Returns what is found of a claim beside its evidence."""
    return lambda claim, evidence: checker.find(claim, embedder.embed_passages([claim])[0], evidence)


@pytest.fixture(scope="module")
def tides(embedder: MiniLM) -> PaperEvidence:
    return as_evidence(paper(TITLE, " ".join(SENTENCES)), embedder)


@pytest.fixture(scope="module")
def harbours(embedder: MiniLM) -> PaperEvidence:
    return as_evidence(paper("TideNet", " ".join(HARBOURS)), embedder)


@pytest.fixture
def faults(find: Find, tides: PaperEvidence) -> Callable[[str], list[ClaimFault]]:
    return lambda claim: list(find(claim, whole_paper(tides)).faults)


# Numbers


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("85.3 %", 85.3, "%"),
        ("85.3 percent", 85.3, "%"),
        ("85.3 per cent", 85.3, "%"),
        ("85.3\\%", 85.3, "%"),
        ("2.2 percentage points", 2.2, "%"),
        ("2x", 2, "x"),
        ("twice", 2, "x"),
        ("three times", 3, "x"),
        ("200-fold", 200, "x"),
        ("a factor of eight", 8, "x"),
        ("10k", 10_000, ""),
        ("4,700,000", 4_700_000, ""),
        ("4.7M", 4_700_000, ""),
        ("4.7 million", 4_700_000, ""),
        ("half a billion", 500_000_000, ""),
        ("two and a half million", 2_500_000, ""),
        ("sixty-one", 61, ""),
        ("two hundred and five", 205, ""),
        ("five", 5, ""),
        ("+0.9", 0.9, ""),
        ("-1.5", 1.5, ""),
        ("4300h", 4300, ""),
        ("16kHz", 16, ""),
    ],
)
def test_a_number_is_read_in_any_usual_form(text: str, value: float, unit: str) -> None:
    sentence = f"The gain is {text} here."
    (found,) = quantities(sentence)
    assert found.value == pytest.approx(value)
    assert found.unit == unit
    assert text.removesuffix("kHz").removesuffix("h").endswith(sentence[found.start : found.end].strip())


@pytest.mark.parametrize("text", ["ResNet-50", "GPT-4", "3D maps", "ViT-B/16", "MoCov2", "zero-shot", "one of them"])
def test_digits_of_a_name_are_no_number(text: str) -> None:
    assert quantities(f"It uses {text}.") == ()


def test_a_list_and_a_range_share_the_last_unit_but_a_year_has_none() -> None:
    assert [q.unit for q in quantities("gains of 2.4, 9.0, and 12.6 percent")] == ["%", "%", "%"]
    assert [(q.value, q.unit) for q in quantities("3 to 5%")] == [(3, "%"), (5, "%")]
    assert [q.unit for q in quantities("In 2021, 5% fell")] == ["", "%"]


def test_equal_numbers_are_equal_in_other_words() -> None:
    def same(first: str, second: str) -> bool:
        return same_value(quantities(first)[0], quantities(second)[0])

    assert same("about 190 thousand", "193k")
    assert not same("190 thousand", "193k")
    assert not same("5%", "5x")
    assert same("it halves the cost", "2x cheaper")
    assert covers(quantities("sixty-six tasks")[0], quantities("50 of one and 16 of another"))


def bound(text: str) -> tuple[Bound, ...]:
    return bind(text, words(text), quantities(text), {})


def test_respectively_binds_each_number_to_its_item() -> None:
    first, second = bound("It gains 5% and 8% on Cora and Reddit, respectively.")
    assert first.terms["cora"] > second.terms.get("cora", 0)
    assert second.terms["reddit"] > first.terms.get("reddit", 0)


def test_the_list_beside_the_numbers_is_theirs() -> None:
    text = "We get 22.1%, 27.9% and 25.5% gain on Vox-O, Vox-E and Vox-H sets, with fewer, smaller, and simpler steps."
    rows = bound(text)
    assert [max(("o", "e", "h"), key=lambda term: row.terms.get(term, 0)) for row in rows] == ["o", "e", "h"]
    assert len({row.terms["gain"] for row in rows}) == 1  # all three are gains, the last no more than the others


def test_an_exchanged_number_fits_another_one_better() -> None:
    stated = [(one, 1.0) for one in bound("Accuracy is 70.1 on Cora and 60.5 on Reddit.")]
    right = misbound(bound("On Reddit accuracy is 60.5."), stated, {}, 1.0)
    wrong = misbound(bound("On Reddit accuracy is 70.1."), stated, {}, 1.0)
    assert [gap for *_, gap in right] == [0]
    assert wrong[0][2] > MISBOUND
    assert wrong[0][1].quantity.value == 60.5


TRUE_NUMBERS = [
    "TideNet reaches 91.4 percent accuracy on BuoyBench.",
    "On DeepTide it reaches 83.2%, on BuoyBench 91.4%.",
    "It was trained on two and a half million recordings.",
    "TideNet is three times faster than WaveFlow.",
    "TideNet learns from forty-eight harbours.",
    "Errors fall by 19% for spring tides and by 7% for storms.",
    "It needs twelve GPU hours.",
]
FALSE_NUMBERS = [
    ("TideNet reaches 83.2 percent accuracy on BuoyBench.", "83.2 percent"),
    ("TideNet reaches 83.2% accuracy on BuoyBench and 91.4% on DeepTide.", "83.2%"),
    ("It was trained on 3.5 million recordings.", "3.5 million"),
    ("TideNet is five times faster than WaveFlow.", "five times"),
    ("TideNet learns from twelve harbours and needs 48 GPU hours.", "twelve"),
    ("Errors fall by 7 percent for spring tides.", "7 percent"),
    ("Errors fall by 19, 11 and 7 percent for storms, neap tides and spring tides.", "19"),
]


@pytest.mark.parametrize("claim", TRUE_NUMBERS)
def test_a_right_number_is_no_fault(claim: str, faults: Callable[[str], list[ClaimFault]]) -> None:
    assert faults(claim) == []


@pytest.mark.parametrize(("claim", "number"), FALSE_NUMBERS)
def test_a_wrong_or_exchanged_number_is_marked(
    claim: str, number: str, faults: Callable[[str], list[ClaimFault]]
) -> None:
    found = faults(claim)
    assert {fault.kind for fault in found} <= {"number", "binding"}
    assert claim[found[0].start : found[0].end].strip() == number
    assert number in found[0].reason


# Names, directions, meaning


def test_names_are_found_by_their_form() -> None:
    text = "Here BERT and the iPhone beat ResNet-50 of Google's lab at 10k steps."
    assert [text[a:b] for a, b in names(text)] == ["BERT", "iPhone", "ResNet-50", "Google"]


def test_an_abbreviation_stands_for_its_long_form() -> None:
    assert abbreviations("We use Random Mix Match (RMM) here.") == {"rmm": ("random", "mix", "match")}
    known = Known("Self-supervised learning with ReMixMatch (RMM) on ImageNet-1K in Brazilian cities.")
    assert all(known.holds(name) for name in ("SSL", "RMM", "Remixmatch", "ImageNet", "Brazil", "ImageNet-1K"))
    assert not any(known.holds(name) for name in ("ImageNet-21K", "COCO", "DeepMind", "SSM"))


@pytest.mark.parametrize("claim", ["TideNet was built at DeepMind.", "TideNet is a graph network like GraphSAGE."])
def test_a_name_that_the_paper_lacks_is_a_fault(claim: str, faults: Callable[[str], list[ClaimFault]]) -> None:
    assert [fault.kind for fault in faults(claim)] == ["name"]


@pytest.mark.parametrize(
    "claim",
    [
        "With weather data the error increases.",
        "Without weather data the error decreases.",
        "The method does help in rivers.",
        "TideNet runs 3x slower than WaveFlow.",
        "TideNet learns from labelled recordings of 48 harbours.",
    ],
)
def test_one_word_that_turns_the_meaning_is_a_fault(claim: str, faults: Callable[[str], list[ClaimFault]]) -> None:
    assert [fault.kind for fault in faults(claim)] == ["direction"]


HARBOURS = (
    "While tides are predicted from buoys, storms are predicted from satellite images.",
    "The local branch repairs missing readings and the global branch repairs shifted clocks.",
    "TideNet does not require labelled storms.",
    "It improves on the baseline in most of the harbours.",
    "It benefits from high-dimensional readings.",
    "At first they train a sea tokenizer on billions of old readings to parse buoy logs.",
    "The parser is frozen.",
    "A refined flow is found with a self-supervised objective, and coarse maps serve instead of exact charts.",
)


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("While storms are predicted from buoys, tides are predicted from satellite images.", "exchange"),
        ("The local branch repairs shifted clocks and the global branch repairs missing readings.", "exchange"),
        ("They train a sea parser on billions of old readings to parse buoy logs.", "exchange"),
        ("Exact charts serve instead of coarse maps.", "exchange"),
        ("A refined flow is found with a supervised objective.", "direction"),
        ("TideNet needs labelled storms.", "direction"),
        ("It profits from low-dimensional readings.", "direction"),
        ("TideNet performs worse than the baseline in most of the harbours.", "direction"),
        ("TideNet improves on the baseline in all harbours.", "scope"),
        ("It improves only on readings that are high-dimensional.", "scope"),
    ],
)
def test_who_does_what_and_how_far_it_holds(claim: str, kind: str, find: Find, harbours: PaperEvidence) -> None:
    assert kind in {fault.kind for fault in find(claim, whole_paper(harbours)).faults}


@pytest.mark.parametrize(
    "claim",
    [
        "Storms are predicted from satellite images, while tides are predicted from buoys.",
        "The global branch repairs shifted clocks and the local branch repairs missing readings.",
        "TideNet gets by without labelled storms.",
        "In most of the harbours TideNet improves on the baseline.",
        "High-dimensional readings help it.",
    ],
)
def test_another_order_or_wording_is_no_fault(claim: str, find: Find, harbours: PaperEvidence) -> None:
    assert not find(claim, whole_paper(harbours)).faults


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("TideNet reaches 91% on BuoyBench, while StormNet reaches 84% on GaleSet.", []),
        ("StormNet reaches 84% and TideNet reaches 91%.", []),
        ("TideNet reaches 84%, while StormNet reaches 91%.", ["84%", "91%"]),
        ("TideNet was tested on GaleSet, while StormNet reaches 84%.", ["GaleSet"]),
        ("Both TideNet and StormNet reach 84%.", []),
    ],
)
def test_each_of_two_papers_is_given_its_own(claim: str, wrong: list[str], two: tuple[PaperEvidence, ...]) -> None:
    assert [claim[one.start : one.end] for one in foreign(align(claim, Evidence(two, ()), {}))] == wrong


@pytest.fixture(scope="module")
def two(embedder: MiniLM) -> tuple[PaperEvidence, ...]:
    papers = (paper("TideNet", "It reaches 91\\% on BuoyBench."), paper("StormNet", "It reaches 84\\% on GaleSet."))
    return tuple(as_evidence(one, embedder) for one in papers)


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


def test_opposites_go_both_ways() -> None:
    table = opposites()
    assert all(word in table[other] for word, others in table.items() for other in others)
    assert stem("labelled") != stem("unlabelled")
    assert stem("generalisation") == stem("generalization")


def test_clauses_are_counted() -> None:
    assert [word.clause for word in words("Cats sleep, dogs run but fish swim")] == [0, 0, 1, 1, 2, 2, 2]


def test_a_claim_that_another_paper_says_names_that_paper(
    checker: Checker, find: Find, embedder: MiniLM, tides: PaperEvidence
) -> None:
    claim = "Octopuses taste with their arms and recognise single keepers."
    said = "We show that octopuses taste with their arms and recognise their keepers."
    other = as_evidence(paper("Minds of Octopuses", said), embedder)
    check = checker.judge(find(claim, whole_paper(tides, [Quoted(other, 0)])), SENTENCES)
    assert (check.verdict, "Minds of Octopuses" in check.reason) == ("unsupported", True)


def test_what_is_told_of_the_wrong_paper_names_the_right_one(
    find: Find, embedder: MiniLM, tides: PaperEvidence
) -> None:
    claim = "TideNet hides patches of the first photograph and fills them in from the second photograph."
    said = "Patches of the first photograph are hidden and filled in from the second photograph."
    other = as_evidence(paper("Seeing Twice", said), embedder)
    alone = find(claim, whole_paper(tides))
    beside = find(claim, whole_paper(tides, [Quoted(other, 0)]))
    assert [fault.kind for fault in alone.faults] == []
    assert [fault.reason for fault in beside.faults] == ['Another paper says this: "Seeing Twice".']


def test_a_more_certain_yes_never_lowers_a_score(checker: Checker, find: Find, tides: PaperEvidence) -> None:
    evidence = whole_paper(tides)
    for claim in (SENTENCES[0], "Pilots have only a handful of floating gauges."):
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
    assert check("Pilots have only a handful of floating gauges.", yes=0.97).verdict == "supported"
    assert check("Pilots have only a handful of floating gauges.", yes=0.03).verdict == "unsupported"
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


# The model's Yes


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


def _first_token(**chances: float) -> str:
    top = [{"token": token, "logprob": log_odds(p)} for token, p in chances.items()]
    message = {"role": "assistant", "content": "Yes"}
    return json.dumps(
        {"message": message, "done": True, "logprobs": [{"token": "Yes", "logprob": -1, "top_logprobs": top}]}
    )


def test_yes_is_weighed_against_no() -> None:
    asked = [Message("user", "Is it so?")]
    with ScriptedOllama() as running:
        server = OllamaServer(running.url)
        running.replies(Reply(body=_first_token(Maybe=0.9)), Reply(body='{"message": {"role": "assistant"}}'))
        model = server.choose()
        assert server.yes_probability(model, asked) is None
        assert server.yes_probability(model, asked) is None
        same = {"Yes": 0.1, " yes": 0.1, "NO": 0.1}
        running.replies(Reply(body=_first_token(**same)))
        assert server.yes_probability(model, asked) == pytest.approx(2 / 3)
        asked_last = running.bodies("/api/chat")[-1]
        assert (asked_last["logprobs"], asked_last["options"]["num_predict"]) == (True, 1)


@pytest.mark.ollama
def test_a_real_model_says_how_probable_its_yes_is(real_ollama: str) -> None:
    server = OllamaServer(real_ollama, num_ctx=2048)
    ask = "Evidence: The cat is black.\n\nClaim: The cat is {}.\n\nIs the claim true? Answer Yes or No."
    true, false = (
        server.yes_probability(server.choose(), [Message("user", ask.format(c))]) for c in ("black", "white")
    )
    assert true is not None
    assert false is not None
    assert 0 <= false < true <= 1


# The command, and labelled claims

PAGE = f"new\n\nMar 12\n\n{TITLE}\n\n{' '.join(SENTENCES)}\n\nA Second Paper\n\nNothing is said here about tides.\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("check")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    assert main(["index", str(folder / "page.txt"), "--data", str(folder / "store")]) == 0
    return str(folder / "store")


def _check(store: str, file: Path, *flags: str) -> int:
    return main(["check", str(file), "--data", store, *flags])


def test_the_command_prints_the_documented_json_and_sums_up(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[Any] = [
        {"id": 1, "claim": SENTENCES[0], "title": TITLE.upper(), "label": "supported", "kind": "copy"},
        {"id": 2, "claim": FALSE_NUMBERS[0][0], "title": TITLE, "label": "contradicted", "kind": "number"},
        {"id": 3, "claim": "It is so.", "title": "Unknown", "label": "supported", "kind": "lost"},
    ]
    file = tmp_path / "claims.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert _check(store, file, "--json", "--no-model") == 0
    out, err = capsys.readouterr()
    found = [json.loads(line) for line in out.splitlines()]
    assert [set(row) for row in found] == [{"id", "verdict", "score", "reason", "quote"}] * 3
    assert [row["verdict"] for row in found] == ["supported", "unsupported", "unsupported"]
    assert found[0]["quote"] == SENTENCES[0]
    assert 'no paper of the set has the title "unknown"' in found[2]["reason"].lower()
    assert "false alarms, copy: 0 of 1" in err
    assert "false alarms, lost: 1 of 1" in err
    assert "misses, number: 0 of 1" in err
    assert "balanced accuracy: 0.750 of 3" in err


def test_without_a_server_the_command_says_so_and_goes_on(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps({"id": 1, "claim": SENTENCES[0], "title": TITLE}), encoding="utf-8")
    assert _check(store, file) == 0
    out, err = capsys.readouterr()
    assert "supported" in out
    assert "Checked without a model." in err


def test_with_a_server_the_model_is_asked(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps({"id": 1, "claim": "Buoys at sea are few and rare.", "title": TITLE}), encoding="utf-8")
    with ScriptedOllama() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        server.replies(Reply(body=_first_token(Yes=0.99, No=0.01)), Reply(body=_first_token(Yes=0.01, No=0.99)))
        assert _check(store, file, "--json") == 0
        assert _check(store, file, "--json") == 0
    assert [json.loads(line)["verdict"] for line in capsys.readouterr().out.splitlines()] == [
        "supported",
        "unsupported",
    ]


def test_a_model_that_fails_in_the_middle_leaves_the_rest_to_the_rules(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "claims.jsonl"
    row = {"claim": "Buoys at sea are few and rare.", "title": TITLE}
    file.write_text("\n".join(json.dumps({"id": number, **row}) for number in (1, 2, 3)), encoding="utf-8")
    with ScriptedOllama() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        server.replies(Reply(body=_first_token(Yes=0.99, No=0.01)), Reply(status=500, body="gone"))
        assert _check(store, file, "--json") == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 2, 3]
    assert "Claim 2 and those after it are checked without a model." in err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": 1, "claim": "A."}', "line 2: no title"),
        ('{"id": 1, "title": "A"}', "line 2: no claim"),
        ('{"claim": "A.", "title": "A"}', "line 2: no id"),
        ('{"id": 1, "claim": "", "title": "A"}', "line 2: no claim"),
        ('{"id": 1, "claim": ["A."], "title": "A"}', "line 2: no text"),
        ("[1]", "line 2: no id"),
        ("{", "line 2 is not JSON"),
    ],
)
def test_a_row_that_lacks_something_is_one_clear_error(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, words: str
) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text('{"id": 0, "claim": "A.", "title": "B"}\n' + line, encoding="utf-8")
    assert _check(store, file, "--no-model") == 1
    assert words in capsys.readouterr().err


def test_rows_without_labels_are_not_summed_up() -> None:
    assert tally([{"id": 1}], [Check("supported", 0.9, "")]) == ()


def test_labelled_claims_are_told_apart_without_a_model(
    shared: Path, checker: Checker, find: Find, embedder: MiniLM
) -> None:
    """Balanced accuracy, supported against the rest, is .85 or more; at least 9 in 10 exchanged numbers are caught."""
    from tests.train_checker import dev_claims

    rows = dev_claims(embedder, shared)
    called = [checker.judge(find(row.claim, row.evidence), row.evidence.quotes) for row in rows]
    right = [(row, (check.verdict == "supported") == row.supported) for row, check in zip(rows, called, strict=True)]
    shares = [[good for row, good in right if row.supported is side] for side in (True, False)]
    assert sum(side.count(True) / len(side) for side in shares) / 2 >= 0.85
    exchanged = [good for row, good in right if row.kind == "number-swapped"]
    assert exchanged.count(True) >= 0.9 * len(exchanged)


def test_checking_claims_embeds_the_claims_and_nothing_else(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    store = Store(tmp_path, embedder, lambda line: None, lambda done, total: None)
    store.add(PAPERS)
    store.refresh()
    library = Library(store, embedder, 8)
    checker = read_checker(json.loads(CHECKER.read_text(encoding="utf-8")))
    checking = Checking(library, checker, OllamaServer("http://127.0.0.1:9"), "")
    embedder.embedded = 0
    claims = ["Word errors fall by 3.1 points on LibriSpeech.", "Trees share one ensemble."]
    for claim in claims:
        for one in PAPERS:
            checking.check(claim, one.title)
    assert embedder.embedded == len(claims) * len(PAPERS)
    embedder.embedded = 0
    assert [one.text for one in checking.trace(" ".join(claims))] == claims
    assert embedder.embedded == len(claims)
    cited = AnswerSentence("Errors fall by 9 points.", (cite(make_result(SPEECH, 1), 1), cite(make_result(TREES, 2))))
    answer = Answer("What falls?", tuple(make_result(one, n) for n, one in enumerate(PAPERS, 1)), (cited,))
    embedder.embedded = 0
    *_, last = checking.settle(answer, ModelInfo("m", "d", 4096, 1.0, thinking=False))
    assert embedder.embedded == 1
    assert last.sentences[0].verdict == "unsupported"
    store.close()


def test_a_paper_is_read_once_for_all_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(text: str) -> tuple[Word, ...]:
        read.append(text)
        return words(text)

    for module in ("evidence", "alignment"):
        monkeypatch.setattr(f"paperchat.verification.{module}.words", counted)
    one = as_evidence(paper("TideNet", " ".join(HARBOURS)), HashEmbedder())
    checker = read_checker(json.loads(CHECKER.read_text(encoding="utf-8")))
    claims = ("TideNet needs labelled storms.", "The parser is frozen.", "Tides are predicted.")
    for claim in claims:
        checker.find(claim, one.vectors[0], whole_paper(one))
    assert sorted(read) == sorted((*HARBOURS, *claims))
