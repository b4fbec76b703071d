import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from paperchat.errors import InputError, ModelError, StoreError
from paperchat.models.ollama import OllamaServer
from paperchat.settings import Settings
from paperchat.text.cleaning import normalised
from paperchat.types import Answer, Check, Message, Turn, Usage
from tests.bench import answers, checks, data, forms, load, peers, report, retrieval, scale
from tests.bench.embedders import CachedEmbedder, SyntheticEmbedder, TimedEmbedder
from tests.bench.measures import exponent, mean, percentile, ratios
from tests.bench.parts import main
from tests.bench.systems import LlamaIndex, close_all
from tests.bench.systems import peers as peer_systems
from tests.bench.tabs import Seen
from tests.bench.wire import Wire
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES, HashEmbedder
from tests.scripted_ollama import Reply, ScriptedOllama
from tests.shipped import open_app, said

if TYPE_CHECKING:
    from paperchat.app import App


def quiet(*_: object) -> None:
    return None


def test_means_leave_out_what_says_nothing() -> None:
    assert mean([1.0, None, 0.0]) == 0.5
    assert mean([None]) is None


def test_percentiles_lie_between_the_nearest_values() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.5
    assert percentile(list(range(101)), 95) == 95
    assert percentile([], 50) is None


def test_ratios_are_to_the_least() -> None:
    assert ratios({"slow": 6.0, "fast": 2.0}) == {"slow": 3.0, "fast": 1.0}


@pytest.mark.parametrize(
    ("grown", "expected"),
    [(2.0, 0.0), (20.0, 1.0), (200.0, 2.0), (0.0, None)],
    ids=["does not grow", "in proportion", "with the square", "not measured"],
)
def test_the_exponent_tells_how_a_measure_grows_from_1000_to_10000(grown: float, expected: float | None) -> None:
    found = exponent(1_000, 10_000, 2.0, grown)
    assert found is None if expected is None else found == pytest.approx(expected)


def test_growth_compares_each_size_with_the_next() -> None:
    small = dict.fromkeys(scale.GROWING, 1.0) | {"papers": 1_000}
    large = dict.fromkeys(scale.GROWING, 10.0) | {"papers": 10_000, "index MB": None}
    (row,) = scale.growth([small, large])
    assert (row["from"], row["to"]) == (1_000, 10_000)
    assert row["disk MB"] == pytest.approx(1)
    assert row["index MB"] is None


def _row(key: str, system: str, total: float, waited: float, first: float) -> answers.Row:
    return answers.Row(key, system, 0.1, first, total, waited, 1, 500, 40, 2.0, "Yes.")


def test_what_paperchat_adds_is_a_share_of_the_bare_call() -> None:
    rows = {}
    for key, total in (("q1", 10.5), ("q2", 11.0), ("q3", 10.2)):
        rows[key, "paperchat"] = _row(key, "paperchat", total, 10.0, 3.0)
        rows[key, "bare call"] = _row(key, "bare call", 10.0, 10.0, 2.0)
    found = answers.added(rows)
    assert (found["questions"], found["same reply"]) == (3, 3)
    assert found["total"] == pytest.approx(0.05)
    assert found["first token"] == pytest.approx(0.5)
    assert found["own work"] == pytest.approx(0.05)
    assert [row["n"] for row in answers.by_system(rows)] == [3, 3, 0]


def test_the_wire_passes_a_chat_on_as_it_is_and_keeps_what_passed() -> None:
    with ScriptedOllama(delay=0.01) as server, Wire(server.url, 5) as wire:
        server.replies(Reply(["Hel", "lo"], prompt_tokens=7), Reply(status=503, body="busy"))
        ours = OllamaServer(wire.url)
        info = ours.choose()
        *pieces, usage = [piece for piece in ours.chat(info, [Message("user", "Hi")], None, 50) if piece]
        with pytest.raises(ModelError, match="busy"):
            list(ours.chat(info, [Message("user", "Hi")], None, 50))
        first, second = wire.exchanges
        assert "".join(map(str, pieces)) == first.text == "Hello"
        assert usage == Usage(first.prompt_tokens, first.output_tokens, "stop")
        assert first.prompt_tokens == 7
        assert first.first is not None
        assert first.began < first.first < first.ended
        assert json.loads(first.body) == server.chats[0]
        assert (second.text, wire.longest()) == ("", first)


class TinyApp:
    """Asks the model as App does: one request, held to a schema."""

    def __init__(self, host: str) -> None:
        self._model = OllamaServer(host)

    def ask(self, question: str, *_history: object) -> Iterator[Answer]:
        yield Answer(question, timings={"evidence": 0.1})
        for _ in self._model.chat(self._model.choose(), [Message("user", question)], {"type": "object"}, 50):
            pass
        yield Answer(question, stage="done", timings={"evidence": 0.1})


def test_all_answers_pass_the_wire_and_a_second_run_asks_nothing_again(tmp_path: Path) -> None:
    pytest.importorskip("llama_index.llms.ollama", reason="needs the extra: pip install -e '.[bench]'")
    queries = [data.Query(str(n), "fact", f"What of graphs {n}?", f"What of graphs {n}?", ()) for n in range(2)]
    written = json.dumps({"sentences": [{"text": "Graphs.", "cites": ["1a"]}]})
    theirs = LlamaIndex(tmp_path / "chroma", HashEmbedder(), PAPERS)
    with ScriptedOllama(default=Reply([written])) as server, Wire(server.url, 5) as wire:
        settings = Settings(tmp_path, ollama_host=server.url)

        def asked() -> answers.Answers:
            app = cast("App", TinyApp(wire.url))
            return answers.Answers(settings, wire, app, theirs.index, tmp_path / "answers.jsonl")

        first = asked()
        for turn, query in enumerate(queries):
            first.ask(query, turn)
        first.close()
        chats = len(server.chats)
        again = asked()
        for turn, query in enumerate(queries):
            again.ask(query, turn)
        again.close()
    theirs.close()
    assert chats == len(server.chats) == 2 * 2 * 3  # two questions, three systems, another prompt before each
    assert again.rows == first.rows
    ours, bare, citation = ([row for row in first.rows.values() if row.system == name] for name in answers.SYSTEMS)
    assert [row.text for row in ours] == [row.text for row in bare] == [written] * 2
    assert [row.prompt_tokens for row in ours] == [row.prompt_tokens for row in bare]
    assert all(row.calls == 1 and row.evidence is not None for row in (*ours, *citation))
    theirs_asked = next(chat for chat in server.chats if "Source 1" in str(chat["messages"]))
    ours_asked = next(chat for chat in server.chats if chat.get("format"))
    assert theirs_asked["options"]["num_ctx"] == ours_asked["options"]["num_ctx"] == 8192
    assert theirs_asked["options"]["num_predict"] == settings.max_tokens
    assert theirs_asked["options"]["temperature"] == 0


@pytest.fixture
def data_folder(data: Path) -> Path:
    """The folder of the shipped papers; `data` is a module here."""
    return data


def test_both_ways_of_citing_answer_the_same_questions(data_folder: Path) -> None:
    question = "What accuracy does a vanilla Swin-B backbone reach on ImageNet-1K?"
    with ScriptedOllama() as server:
        settings = Settings(data_folder, ollama_host=server.url)
        with open_app(data_folder, server.url) as app:
            gold = next(paper.id for paper in app.library.papers if paper.title.startswith("Heuristic Vision"))
            query = data.Query("q", "fact", question, question, (gold,))
            server.replies(said(("It reaches 85.3% accuracy on ImageNet-1K.", ["1a"])), "Nobody knows. Or so.")
            held, free = forms.compare(app, settings, [query], lambda done, total: None)
        asked = server.bodies("/api/chat")
    assert (held["cited"], held["precision"], held["recall"]) == (1, 1, 1)
    assert (free["sentences"], free["cited"], free["recall"]) == (2, 0, 0)
    assert ("format" in asked[0], bool(asked[1].get("format"))) == (True, False)
    assert asked[0]["messages"][1] == asked[1]["messages"][1]


def test_peers_rank_the_same_questions_without_a_model(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    rows = [
        {"id": "1", "type": "fact", "question": "masked node features of graphs", "gold": [GRAPHS.title]},
        {"id": "2", "type": "fact", "question": "speech tokens on LibriSpeech", "gold": [SPEECH.title]},
        {"id": "3", "type": "lookup", "question": "boosted trees ensemble for control", "gold": [TREES.title]},
        {"id": "4", "type": "abstain", "question": "quantum gravity tokens", "gold": []},
    ]
    file.write_text("\n".join(map(json.dumps, rows)))
    queries = data.read_questions(file, PAPERS)
    cache = CachedEmbedder(HashEmbedder(), tmp_path / "vectors.sqlite3")
    systems = peer_systems(tmp_path, cache, PAPERS, quiet, quiet)
    try:
        found = peers.compare(systems, queries, 2, quiet)
    finally:
        close_all(systems)
        cache.close()
    table = {row["system"]: row for row in peers.quality(found, queries)}
    assert set(table) == {"paperchat", "LlamaIndex", "Chroma", "BM25"}
    for row in table.values():
        assert row["Recall@5"] == row["Recall@20"] == 1
        assert row["nDCG@10"] == 1
        assert row["p50 ms"] <= row["p95 ms"]
    assert min(row["times the fastest"] for row in table.values()) == 1
    assert all(len(row["seconds"]) == 8 for row in found)
    assert [(row["type"], row["n"]) for row in peers.by_type(found, queries)] == [("fact", 2), ("lookup", 1)]


@pytest.mark.parametrize(
    "history",
    [
        [{"question": "Masked graphs?", "answer": "GraphMAE."}],
        [{"role": "user", "content": "Masked graphs?"}, {"role": "assistant", "content": "GraphMAE."}],
    ],
    ids=["turns", "chat messages"],
)
def test_a_question_that_leans_on_the_conversation_is_searched_with_the_one_before(tmp_path: Path, history) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"id": "1", "question": "What does it reach?", "history": history, "gold": []}))
    (query,) = data.read_questions(file, PAPERS)
    assert query.text == "Masked graphs? What does it reach?"
    assert query.history == (Turn("Masked graphs?", "GraphMAE."),)


def test_ids_of_papers_differ_in_what_titles_do_not() -> None:
    names = ["conf:AbC", "conf:aBc", "conf:a-bc", "conf/a-bc"]
    keys = [data._key(name) for name in names]
    assert len({normalised(key) for key in keys}) == len(names)
    assert not any(":" in key for key in keys)  # a colon parts a chunk's id


def test_a_gold_title_that_no_paper_has_is_named(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"id": "1", "question": "What?", "gold": ["No Such Paper"]}))
    with pytest.raises(InputError, match="No Such Paper"):
        data.read_questions(file, PAPERS)


def test_a_vector_that_was_kept_is_not_made_again(tmp_path: Path) -> None:
    texts = [f"text {number}" for number in range(100)]
    first = CachedEmbedder(inner := HashEmbedder(), tmp_path / "vectors.sqlite3")
    vectors = first.embed_passages(texts[:70])
    first.close()
    again = CachedEmbedder(inner, tmp_path / "vectors.sqlite3")
    whole = again.embed_passages([*texts, texts[0]])
    again.close()
    assert inner.embedded == 100
    assert whole.shape == (101, inner.dimension)
    assert (whole[:70] == vectors).all()
    assert (whole[100] == whole[0]).all()


def test_a_chunk_that_was_kept_is_not_made_again(tmp_path: Path) -> None:
    cache = CachedEmbedder(inner := HashEmbedder(), tmp_path / "vectors.sqlite3")
    first = cache.embed_parts([("title", "one", "two")])
    again = cache.embed_parts([("title", "one", "two"), ("title", "three")])
    cache.close()
    assert inner.embedded == 2
    assert [len(rows) for rows in again] == [3, 2]
    assert (again[0] == first[0]).all()


def test_synthetic_vectors_are_of_unit_length_and_follow_the_text_alone() -> None:
    made = SyntheticEmbedder(HashEmbedder())
    one, two = made.embed_passages(["a", "b"])
    assert one @ one == pytest.approx(1)
    assert abs(one @ two) < 0.3
    assert (made.embed_passages(["a"])[0] == one).all()
    assert made.name != HashEmbedder().name


def test_the_second_start_fails_when_it_embeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "ml_papers", lambda size: list(PAPERS[:size]))
    monkeypatch.setattr(data, "litsearch_texts", lambda: ["masked graphs", "speech tokens"])
    made = scale.index(3, tmp_path / "store", TimedEmbedder(HashEmbedder()))
    assert made["passages"] == 3
    assert scale.serve(tmp_path / "store", TimedEmbedder(HashEmbedder()))["embedded at start"] == 0
    with pytest.raises(StoreError, match="embedded 3 passages"):
        scale.serve(tmp_path / "store", TimedEmbedder(HashEmbedder("another")))


def test_a_question_is_answered_refused_or_lost_and_what_is_anothers_is_counted() -> None:
    seen = [
        Seen(1, evidence=1.0, ended=2.0, stage="done", waited=True, marks={1}),
        Seen(2, evidence=3.0, ended=4.0, stage="done", marks={2, 1, 3}),
        Seen(3, refused="Too many questions wait already: 64."),
        Seen(4, ended=1.0, stage="stopped", marks={4}),
    ]
    counts = load._counts(seen)
    names = ("asked", "answered", "told to wait", "refused", "lost", "foreign", "evidence p50 s")
    assert [counts[name] for name in names] == [4, 2, 1, 1, 1, 2, 2.0]


def test_a_larger_store_begins_with_the_smaller_one(tmp_path: Path) -> None:
    (tmp_path / "mlpapers-20").mkdir()
    (tmp_path / "mlpapers-20" / "papers.sqlite3").write_text("twenty")
    (tmp_path / "scifact-30").mkdir()
    assert (retrieval.home_of(tmp_path, "mlpapers", 60) / "papers.sqlite3").read_text() == "twenty"
    assert not retrieval.home_of(tmp_path, "mlpapers", 10).exists()


def test_the_report_names_versions_and_machine_and_no_path(tmp_path: Path) -> None:
    path = report.write(
        tmp_path, "peers", {"rounds": 3}, {"Table": [{"system": "a", "p50 ms": 1.5}, {"n": 2000}]}, ["N."]
    )
    text = path.read_text()
    assert "| a | 1.50 | - |\n| - | - | 2,000 |" in text
    assert "chromadb" in text
    assert "cores" in text
    assert str(tmp_path) not in text
    assert str(Path.home()) not in text
    assert json.loads((tmp_path / "peers.json").read_text())["settings"] == {"rounds": 3}


def test_wrong_input_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["peers", "--folder", str(tmp_path), "--questions", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["scale", "--sizes", "0"])


def test_each_round_of_checks_is_timed_and_counted(tmp_path: Path) -> None:
    claims = [
        {"id": 1, "claim": "It is so.", "title": "T", "label": "supported"},
        {"id": 2, "claim": "B.", "title": "T"},
    ]
    checker = ListedChecker()
    rows = checks.compare(checker, claims, 2, quiet)
    assert checker.asked[1:] == ["It is so.", "B."] * 2
    assert [(row["round"], row["claims"]) for row in rows] == [(1, 2), (2, 2)]
    assert all(row["claims a second"] > 0 and row["p50 ms"] <= row["p95 ms"] for row in rows)
    assert rows[0]["right"] == "balanced accuracy: 1.000 of 1 labelled claims"
    assert report.write(tmp_path, "check", {}, {"Checks": rows}, checks.NOTES).exists()


class ListedChecker:
    """Finds everything supported, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def check(self, claim: str, _title: str) -> Check:
        self.asked.append(claim)
        return Check("supported", 0.9, "")
