"""The pure functions: sentences, chunks, ranks, prompts, citations."""

import json
import math

import numpy as np
import pytest

from paperchat.dialogue.rewriting import search_query
from paperchat.generation.labelling import Shown, label_evidence
from paperchat.generation.prompting import answer_schema, count_tokens, evidence_text, fit
from paperchat.generation.reply_parsing import anchored, read_reply
from paperchat.generation.selection import Chosen
from paperchat.models.minilm import MiniLM, _pooled
from paperchat.retrieval.fusion import Fused, dense_legs, fuse, rerank, score_sentences
from paperchat.storage.bm25 import Keywords, document
from paperchat.storage.chunking import chunk_paper, chunk_parts
from paperchat.storage.reader import SHIPPED, read_page
from paperchat.storage.store import windows
from paperchat.text.sentences import split_sentences
from paperchat.text.token_estimate import estimate_tokens
from paperchat.text.tokens import content_words
from paperchat.types import AnswerSentence, Citation, Leg, Turn
from tests.samples import GRAPHS, SPEECH, paper_texts, silent_model
from tests.samples import paper as new_paper

PROMPTS = {"system": "Rules.", "question": "Evidence:\n$evidence\nQuestion: $question\n$task", "task-one": "Answer."}


def test_every_sentence_of_the_shipped_set_is_where_it_says() -> None:
    for paper in read_page(SHIPPED):
        sentences = [sentence for _, own in chunk_paper(paper) for sentence in own]
        assert [s.number for s in sentences] == list(range(len(sentences)))
        assert all(paper.abstract[s.start : s.end] == s.text for s in sentences)
        assert all(a.end <= b.start for a, b in zip(sentences, sentences[1:], strict=False))
        assert "".join(s.text for s in sentences).replace(" ", "") == paper.abstract.replace(" ", "")


def test_sentences_end_where_people_end_them() -> None:
    text = "We gain 1.5 points, e.g. on COCO. See https://a.b/c.d for code! Is it done?"
    assert [text[a:b] for a, b in split_sentences(text)] == [
        "We gain 1.5 points, e.g. on COCO.",
        "See https://a.b/c.d for code!",
        "Is it done?",
    ]
    assert split_sentences("") == []


def test_a_short_abstract_is_one_chunk_and_a_long_one_is_cut_between_sentences() -> None:
    ((chunk, sentences),) = chunk_paper(GRAPHS)
    assert chunk.text == GRAPHS.abstract
    assert chunk.id.startswith(f"{GRAPHS.id}:0:")
    assert [s.number for s in sentences] == [0, 1, 2]
    long = new_paper("Long Paper", " ".join(f"Two three four five six seven eight nine {n}." for n in range(60)))
    (first, early), (second, late) = chunk_paper(long)
    assert [s.number for s in (*early, *late)] == list(range(60))
    assert len(early) == 38  # of ten pieces, beside the two of the title: (384 - 2) // 10
    assert long.abstract == f"{first.text} {second.text}"


def test_a_sentence_longer_than_a_chunk_and_an_empty_abstract_keep_their_sentence() -> None:
    endless = new_paper("Endless", "word " * 1000 + "end")
    assert [s.text for _, own in chunk_paper(endless) for s in own] == [endless.abstract]
    assert [s.text for _, own in chunk_paper(new_paper("Empty", "")) for s in own] == [""]


def test_parts_are_the_cleaned_title_and_sentences() -> None:
    ((_, sentences),) = chunk_paper(GRAPHS)
    parts = chunk_parts(GRAPHS.title, sentences)
    assert parts[0] == "GraphMAE: Masked Graphs"
    assert parts[3] == "GraphMAE reaches 84.2% accuracy on Cora."


def test_a_sentence_is_the_mean_of_its_own_tokens_and_the_titles() -> None:
    tokens = np.arange(10, dtype=np.float32).reshape(5, 2)  # begin, title, one, two, end
    whole, one, two = _pooled(tokens, [1, 1, 1]).tolist()
    assert (whole, one, two) == ([4, 5], [3, 4], [4, 5])
    assert _pooled(tokens, [1, 2, 4])[2].tolist() == [2, 3]  # cut off: the title alone


def test_the_model_sees_a_sentence_in_its_abstract() -> None:
    parts = chunk_parts(GRAPHS.title, chunk_paper(GRAPHS)[0][1])
    model = MiniLM()
    together, short = model.embed_parts([parts, parts[:3]])
    assert together.shape == (4, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert 0.7 < together[1] @ short[1] < 0.999  # the same sentence, in another context
    assert together[0] @ model.embed_passages([" ".join(parts)])[0] == pytest.approx(1, abs=1e-3)
    question = model.embed_query("How many percent on Cora?")[0]
    assert int(np.argmax(together[1:] @ question)) == 2
    assert model.embed_parts([]) == []


def test_a_window_is_a_sentence_with_its_neighbours() -> None:
    one, other = [1.0, 0.0], [0.0, 1.0]
    found = windows(np.array([one, other, other], np.float32))
    half, third = math.sqrt(0.5), math.sqrt(0.2)
    assert np.allclose(found, [[half, half], [third, 2 * third], [0.0, 1.0]])
    assert np.allclose(windows(np.array([one], np.float32)), [one])


def test_papers_are_ranked_by_their_nearness() -> None:
    assert dense_legs({"a": 0.5, "b": 0.7}) == {"b": Leg(1, 0.7), "a": Leg(2, 0.5)}


def test_papers_asked_for_keep_their_rank_among_all() -> None:
    index = Keywords.build(("a", "b", "c"), ("graph graph", "graph speech sound", "speech"))
    assert list(index.search(["graph"], 1)) == ["a"]
    found = index.search(["graph"], 1, {"b", "c"})
    assert [(key, leg.rank) for key, leg in found.items()] == [("a", 1), ("b", 2)]


def test_fusion_adds_normalised_scores() -> None:
    dense = {"a": Leg(1, 0.9), "b": Leg(2, 0.63), "c": Leg(3, 0.36)}
    words = {"b": Leg(1, 4.0), "d": Leg(2, 2.0)}
    fused = fuse(dense, words, 3)
    assert [(one.paper_id, round(one.score, 6)) for one in fused] == [("b", 1.5), ("a", 1.0), ("d", 0.5)]
    assert fused[2].dense is None
    assert [one.score for one in fuse({"c": dense["c"], "a": dense["a"]}, {}, 2)] == [1.0, pytest.approx(0.0)]
    assert [one.score for one in fuse({"a": Leg(1, -0.1)}, {}, 2)] == [0.0]
    assert fuse({}, {}, 3) == []


def _reranked(question: str, **papers: tuple[str, ...]) -> dict[str, float]:
    found = [Fused(name, 1.0, None, None) for name in papers]
    words = {name: [part.split() for part in parts] for name, parts in papers.items()}
    return {
        one.paper_id: round(one.score, 6)
        for one in rerank(question.split(), found, words, dict.fromkeys(question.split(), 1.0))
    }


def test_words_that_stand_together_lead() -> None:
    apart = _reranked(
        "graph noise", far=("", "graph a b c d noise"), near=("", "noise a graph"), cut=("graph", "noise")
    )
    assert apart == {"near": 2.0, "far": 1.5, "cut": 1.5}
    assert list(apart) == ["near", "far", "cut"]


def test_words_of_one_root_count_in_part() -> None:
    found = _reranked("augmented speech", root=("", "augmentation", "speech"), whole=("speech", "b", "augmented b"))
    assert found == {"whole": 1.5, "root": round(1 + 0.5 * 0.5, 6)}  # one sentence has a word whole, no other has both
    assert _reranked("augmented", root=("", "augmentation")) == {"root": 1.3}  # augme, ugmen, gment of five runs
    assert _reranked("", any=("a", "b")) == {"any": 1.0}


def test_a_title_counts_more_than_the_abstract() -> None:
    index = Keywords.build(("t", "a"), (document("Graphs", "speech is here"), document("Speech", "graphs are here")))
    assert list(index.search(content_words("graphs"), 2)) == ["t", "a"]


def test_a_sentence_with_the_rare_word_asked_for_scores_highest() -> None:
    scores = score_sentences(["cora", "graph"], [["graph"], ["graph", "cora"], ["speech"]], [0.5, 0.5, 0.5])
    assert scores.index(max(scores)) == 1
    assert score_sentences(["a"], [], []) == []


def test_keywords_keep_letters_and_signs_and_drop_stop_words() -> None:
    assert content_words("C++ or R for the Graphs?") == ["c++", "r", "graph"]
    assert content_words("the of and") == []
    assert content_words("café") == content_words("cafe")


def test_a_paper_without_a_word_of_the_question_is_no_hit() -> None:
    index = Keywords.build(("g", "s"), (GRAPHS.abstract, SPEECH.abstract))
    assert set(index.search(content_words("speech tokens"), 10)) == {"s"}
    assert index.search(content_words("C++"), 10) == {}
    assert index.search(content_words("the"), 10) == {}


def test_the_estimate_of_tokens_is_never_below_one_a_word() -> None:
    assert estimate_tokens("self-supervised learning 85.3%") >= 8
    assert estimate_tokens("") == 0
    assert estimate_tokens("\u4e2d\u6587") == 4


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("what about on audio?", True),
        ("how does it compare to the first?", True),
        ("can I download it", True),
        ("Which graph methods report accuracy on Cora above eighty percent?", False),
    ],
)
def test_a_question_that_leans_on_the_last_is_searched_with_it(question: str, leans: bool) -> None:
    query = search_query(question, [Turn("What is GraphMAE?", "A method.")])
    assert query.startswith("What is GraphMAE?") == leans
    assert search_query(question, []) == question


def _chosen() -> tuple[Chosen, ...]:
    return tuple(Chosen(text, text.sentences, text.sentences[0]) for text in paper_texts(GRAPHS, SPEECH))


def test_evidence_has_short_labels_within_the_budget() -> None:
    labelled = label_evidence(_chosen(), False, 1000)
    assert list(labelled) == ["1a", "1b", "1c", "2a", "2b", "2c"]
    cited = labelled["1c"].citation
    assert cited.quote == GRAPHS.abstract[cited.start : cited.end]
    assert "[1c] GraphMAE reaches 84.2% accuracy on Cora." in evidence_text(labelled)
    assert list(label_evidence(_chosen(), False, 1)) == ["1a"]


def test_a_prompt_is_trimmed_to_fit_and_says_so() -> None:
    labelled = label_evidence(_chosen(), False, 1000)
    history = [Turn("old " * 50, "answer " * 50), Turn("newer", "yes")]
    whole, _, nothing = fit(silent_model(PROMPTS, 10_000), "Why?", history, labelled)
    assert nothing == ""
    assert whole[1].content.startswith("old")
    messages, kept, dropped = fit(silent_model(PROMPTS, 60), "Why?", history, labelled)
    assert count_tokens(messages) <= 60
    assert 1 <= len(kept) < 6
    assert "left out" in dropped
    messages, _, dropped = fit(silent_model(PROMPTS, 300), "word " * 2000, [], labelled)
    assert count_tokens(messages) <= 300
    assert "question was cut" in dropped


def test_braces_and_dollars_in_a_question_are_text() -> None:
    messages, _, _ = fit(silent_model(PROMPTS, 10_000), "what is {context_str} and $evidence?", [], {})
    assert "Question: what is {context_str} and $evidence?\n" in messages[-1].content


def shown(paper: str, quote: str, start: int) -> Shown:
    """Return a sentence of the paper with this id, from this place on, as a model is shown it."""
    citation = Citation(paper, paper.upper(), quote, start, start + len(quote))
    return Shown(citation, citation.title, quote, frozenset(content_words(quote)))


LABELLED = {"1a": shown("p", "quote one", 0), "1b": shown("p", "quote two", 10), "2a": shown("q", "quote three", 0)}


def test_a_sentence_copied_from_beside_the_one_it_cites_cites_the_one_it_copies() -> None:
    labelled = {
        "1a": shown("p", "Trees are rare in deserts.", 0),
        "1b": shown("p", "We prune trees by their depth.", 27),
        "2a": shown("q", "We prune trees by their depth and age.", 0),
    }
    stray = AnswerSentence("We prune trees by depth.", (labelled["1a"].citation,))
    assert anchored(stray, labelled).citations == (labelled["1b"].citation,)
    for kept in (
        AnswerSentence("Deserts have few trees.", (labelled["1a"].citation,)),
        AnswerSentence("Trees are rare and old.", ()),
    ):
        assert anchored(kept, labelled) == kept


def test_the_sentence_that_alone_has_the_numbers_is_cited_too() -> None:
    labelled = {
        "1a": shown("p", "We propose WAD, which distils by weight.", 0),
        "1b": shown("p", "It wins on CIFAR10 by 4.5 points.", 41),
        "2a": shown("q", "Ours wins on CIFAR10 by 4.5 points and 3 more.", 0),
    }
    first, second = labelled["1a"].citation, labelled["1b"].citation
    sentence = AnswerSentence("The second was evaluated on CIFAR10.", (first,))
    assert anchored(sentence, labelled).citations == (first, second)
    for kept in ("WAD distils by weight.", "It was evaluated on SVHN."):
        assert anchored(AnswerSentence(kept, (first,)), labelled).citations == (first,)


def test_a_schema_allows_only_the_labels_shown() -> None:
    cites = answer_schema(LABELLED)["properties"]["sentences"]["items"]["properties"]["cites"]
    assert cites["items"]["enum"] == ["1a", "1b", "2a"]


def test_a_schema_holds_each_sentence_to_its_paper_or_the_first_to_a_title() -> None:
    each = answer_schema(LABELLED, "each")["properties"]["sentences"]["prefixItems"]
    assert [one["properties"]["cites"]["items"]["enum"] for one in each] == [["1a", "1b"], ["2a"]]
    first, then = answer_schema(LABELLED, "title")["properties"]["sentences"]["prefixItems"]
    assert [one["properties"]["text"]["const"] for one in first["anyOf"]] == ["“P”", "“Q”"]
    assert then["properties"]["text"] == {"type": "string"}
    assert "items" in answer_schema({"1a": LABELLED["1a"]}, "each")["properties"]["sentences"]


def test_a_reply_is_read_at_every_moment_of_its_stream() -> None:
    raw = json.dumps(
        {"sentences": [{"text": "It masks [1a] nodes.", "cites": ["1b", "9z"]}, {"text": "B.", "cites": ["2a"]}]}
    )
    previous = ""
    for end in range(len(raw) + 1):
        text = " ".join(sentence.text for sentence in read_reply(raw[:end], LABELLED))
        assert len(text) >= len(previous) - len(" [1a]")
        previous = text
    first, second = read_reply(raw, LABELLED)
    assert first.text == "It masks nodes."
    assert [c.quote for c in first.citations] == ["quote two", "quote one"]
    assert second.citations == (LABELLED["2a"].citation,)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It has two parts.\u201d}]}", "It has two parts."),
        ("It has two parts. }]}", "It has two parts."),
        ("It is $x_{a_{1}}", "It is $x_{a_{1}}"),
        ("It is \u201cBarlow Twins\u201d", "It is \u201cBarlow Twins\u201d"),
    ],
)
def test_the_end_of_its_json_is_no_text(text: str, kept: str) -> None:
    (sentence,) = read_reply(json.dumps({"sentences": [{"cites": ["1a"], "text": text}]}), LABELLED)
    assert sentence.text == kept


@pytest.mark.parametrize(
    ("raw", "texts", "quotes"),
    [
        ("It works [1a]. It is fast [2].", ["It works.", "It is fast."], ["quote one", "quote three"]),
        ("It works. [1b]", ["It works."], ["quote two"]),
        ('```json\n{"sentences": [{"text": "Yes.", "cites": ["1a"]}]}\n```', ["Yes."], ["quote one"]),
        ("1a: It works [1b].", ["It works."], ["quote two"]),
        ("3D scenes work [1b].", ["3D scenes work."], ["quote two"]),
        ("The paper 2 is fast [2a], paper 9 is not.", ["“Q” is fast, paper 9 is not."], ["quote three"]),
        ("No marks here.", ["No marks here."], []),
        ("Unknown [7a].", ["Unknown [7a]."], []),
        ("{broken", [], []),
        ('{"sentences": [{"cites": ["1a"]}, 3, {"text": 5}]}', [], []),
        ("", [], []),
    ],
)
def test_replies_without_structure_are_read_tolerantly(raw: str, texts: list[str], quotes: list[str]) -> None:
    sentences = read_reply(raw, LABELLED)
    assert [sentence.text for sentence in sentences] == texts
    assert [c.quote for sentence in sentences for c in sentence.citations] == quotes
