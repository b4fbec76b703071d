"""The sentence splitter: the only place that knows syntok."""

from collections.abc import Iterable, Iterator, Sequence

from paperchat.text.sentence_ends import settled
from paperchat.types import Paper, Sentence

LONGEST = 2_000
"""Most characters of a sentence of a draft or a reply, and of any that is matched."""


def split_sentences(text: str) -> Sequence[tuple[int, int]]:
    """Return the (start, end) character offsets of each sentence of `text`, in order, without surrounding space.

    syntok (a rule-based segmenter for English, German and Spanish) reads abbreviations, decimals and URLs.
    """
    from syntok import segmenter

    spans = []
    for paragraph in segmenter.analyze(text):
        for tokens in paragraph:
            last = tokens[-1]
            spans.append((tokens[0].offset, last.offset + len(last.value)))
    return settled(text, _whole(text, spans))


def short_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield what `split_sentences` returns; one that goes on beyond LONGEST is cut, at a space where it can be."""
    for start, end in split_sentences(text):
        yield from _cut(text, start, end)


def sentences_at(paper: Paper, spans: Iterable[tuple[int, int]]) -> tuple[Sentence, ...]:
    """Return the sentences of a paper's abstract that stand at these places, in order."""
    return tuple(Sentence(paper.id, n, start, end, paper.abstract[start:end]) for n, (start, end) in enumerate(spans))


def _whole(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the spans inside the text and free of surrounding space: syntok unescapes a few characters in its tokens."""
    kept = []
    for index, (start, end) in enumerate(spans):
        limit = spans[index + 1][0] if index + 1 < len(spans) else len(text)
        piece = text[start : min(end, limit)]
        end = start + len(piece.rstrip())
        if end > start:
            kept.append((start, end))
    return kept


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of at most LONGEST characters that make up one."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        stop = space if space > 0 else start + LONGEST
        yield start, stop
        start = stop + (len(text[stop:end]) - len(text[stop:end].lstrip()))
    if end > start:
        yield start, end
