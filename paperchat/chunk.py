"""From an abstract to sentences, and from sentences to the small windows that are embedded. Pure functions."""

import hashlib
from collections.abc import Sequence

from paperchat.text import clean
from paperchat.types import Chunk, Paper, Sentence

CHUNKING = "title + sentence +-1, v1"
"""Names what `chunk_paper` does: an index built by another recipe is stale."""

NEIGHBOURS = 1


def sentences_of(paper: Paper, spans: Sequence[tuple[int, int]]) -> tuple[Sentence, ...]:
    """Return the sentences of a paper's abstract at these (start, end) character offsets."""
    return tuple(
        Sentence(paper.id, number, start, end, paper.abstract[start:end]) for number, (start, end) in enumerate(spans)
    )


def chunk_paper(paper: Paper, sentences: Sequence[Sentence]) -> tuple[Chunk, ...]:
    """Return one chunk a sentence: the cleaned title and the sentence with one neighbour on each side."""
    title = clean(paper.title)
    return tuple(_chunk(paper, title, sentences, number) for number in range(len(sentences)))


def _chunk(paper: Paper, title: str, sentences: Sequence[Sentence], number: int) -> Chunk:
    window = sentences[max(0, number - NEIGHBOURS) : number + NEIGHBOURS + 1]
    text = f"{title}\n{' '.join(clean(sentence.text) for sentence in window)}"
    return Chunk(f"{paper.id}:{number}:{text_hash(text)[:12]}", paper.id, number, text)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
