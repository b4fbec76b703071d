"""An abstract in chunks between sentences."""

from paperchat.storage.chunking import chunk_paper, chunk_parts
from paperchat.storage.readers.listing import SHIPPED, read_page
from tests.samples import GRAPHS
from tests.samples import paper as new_paper


def test_every_sentence_of_the_shipped_set_is_where_it_says() -> None:
    for paper in read_page(SHIPPED):
        sentences = [sentence for _, own in chunk_paper(paper) for sentence in own]
        assert [s.number for s in sentences] == list(range(len(sentences)))
        assert all(paper.abstract[s.start : s.end] == s.text for s in sentences)
        assert all(a.end <= b.start for a, b in zip(sentences, sentences[1:], strict=False))
        assert "".join(s.text for s in sentences).replace(" ", "") == paper.abstract.replace(" ", "")


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


def test_a_sentence_longer_than_a_chunk_is_in_parts_and_an_empty_abstract_has_no_sentence() -> None:
    endless = new_paper("Endless", "word " * 1000 + "end")
    assert " ".join(s.text for _, own in chunk_paper(endless) for s in own) == endless.abstract
    assert len(chunk_paper(endless)) > 1
    assert [s.text for _, own in chunk_paper(new_paper("Empty", "")) for s in own] == []


def test_parts_are_the_cleaned_title_and_sentences() -> None:
    ((_, sentences),) = chunk_paper(GRAPHS)
    parts = chunk_parts(GRAPHS.title, sentences)
    assert parts[0] == "GraphMAE: Masked Graphs"
    assert parts[3] == "GraphMAE reaches 84.2% accuracy on Cora."
