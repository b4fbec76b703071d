"""A paper as it is read: its title and sentences cleaned and in words, made once and handed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from paperchat.text.cleaning import clean
from paperchat.text.tokens import content_words_of
from paperchat.types import Paper, Sentence


@dataclass(frozen=True)
class PaperText:
    """A paper's cleaned title, its sentences verbatim and cleaned, and the content words of each, in their order.

    `sentences[n]`, `cleaned[n]` and `words[n]` are of the same sentence, which is the `n`-th of the abstract.
    """

    paper: Paper
    title: str
    title_words: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    cleaned: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]

    @cached_property
    def whole(self) -> str:
        """The paper as one cleaned text: its title is the first sentence."""
        return " ".join((f"{self.title}.", *self.cleaned))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The content words of the title and of all sentences."""
        return frozenset(self.title_words).union(*self.words)


def read_papers(papers: Iterable[tuple[Paper, Sequence[Sentence]]]) -> list[PaperText]:
    """Return papers, each given with its sentences, as they are read; many at once take little longer than one."""
    parts = [
        (paper, sentences, [clean(text) for text in (paper.title, *(one.text for one in sentences))])
        for paper, sentences in papers
    ]
    words = iter(content_words_of([text for _, _, texts in parts for text in texts]))
    return [
        PaperText(
            paper,
            texts[0],
            tuple(next(words)),
            tuple(sentences),
            tuple(texts[1:]),
            tuple(tuple(next(words)) for _ in texts[1:]),
        )
        for paper, sentences, texts in parts
    ]
