"""A paper as it is read: what is cleaned, what is verbatim, and which words each part has."""

from paperchat.text.abstracts import paper_sentences
from paperchat.text.cleaning import clean
from paperchat.text.paper_text import read_papers
from paperchat.text.tokens import content_words
from tests.samples import GRAPHS, PAPERS, paper, paper_texts


def test_a_sentence_its_cleaned_text_and_its_words_have_one_place() -> None:
    (text,) = paper_texts(GRAPHS)
    assert text.sentences == paper_sentences(GRAPHS)
    assert text.cleaned == tuple(clean(one.text) for one in text.sentences)
    assert text.words == tuple(tuple(content_words(one)) for one in text.cleaned)
    assert text.title_words == tuple(content_words(text.title))
    assert "84.2% accuracy" in text.cleaned[2]


def test_the_title_is_the_first_sentence_of_the_whole() -> None:
    (text,) = paper_texts(GRAPHS)
    assert text.whole.startswith("GraphMAE: Masked Graphs. Graphs are everywhere in data. We mask")
    assert text.vocabulary == {word for row in (text.title_words, *text.words) for word in row}


def test_papers_read_together_are_read_as_alone() -> None:
    empty = paper("Nothing said", "")
    both = read_papers((one, paper_sentences(one)) for one in (*PAPERS, empty))
    assert both == [text for one in (*PAPERS, empty) for text in paper_texts(one)]
    assert both[-1].words == ()
    assert read_papers([]) == []
