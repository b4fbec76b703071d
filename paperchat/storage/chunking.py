"""From an abstract to its sentences and the chunks that are embedded, by LlamaIndex's parser. Pure functions."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from paperchat.text.abstracts import paper_sentences
from paperchat.text.cleaning import clean
from paperchat.text.sentences import sentences_at, split_sentences
from paperchat.types import Chunk, Paper, Sentence

CHUNKING = "title + whole sentences to 384 tokens, each pooled in context, v4"
"""Names what `chunk_paper` does and how its parts are embedded: an index built by another recipe is stale."""

CHUNK_TOKENS = 384
"""Longest chunk with its title, in tokens as `_pieces` estimates them: most abstracts are one chunk."""

LEAST = 64
"""Tokens left to the sentences, however long the title is."""

PIECE = re.compile(r"\w{1,8}|[^\w\s]")
"""About one token of WordPiece: scientific words are cut into pieces of some eight letters."""


def chunk_paper(paper: Paper) -> tuple[tuple[Chunk, tuple[Sentence, ...]], ...]:
    """Return the chunks of a paper, each with its sentences: the title and as many whole sentences as fit.

    Most abstracts are one chunk. Each sentence of the abstract is in exactly one. Without an abstract the title
    alone is one, of no sentence.
    """
    from llama_index.core import Document

    if not paper.abstract.strip():
        return ((_chunk(paper, 0, ()), ()),)
    sentences = paper_sentences(paper) or sentences_at(paper, [(0, len(paper.abstract))])
    room = max(LEAST, CHUNK_TOKENS - len(_pieces(clean(paper.title))))
    nodes = _parser(room).get_nodes_from_documents([Document(text=paper.abstract, id_=paper.id)])
    starts = list(accumulate((node.start_char_idx or 0 for node in nodes), max, initial=0))
    groups = [[s for s in sentences if start <= s.start < end] for start, end in _pairs(starts, len(paper.abstract))]
    return tuple((_chunk(paper, number, group), tuple(group)) for number, group in enumerate(filter(None, groups)))


def chunk_parts(title: str, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Return what is embedded for a chunk: the cleaned title, then each cleaned sentence."""
    return (clean(title), *(clean(sentence.text) for sentence in sentences))


def chunk_id(paper_id: str, number: int, text_sha256: str) -> str:
    """Return a chunk's id: equal content has an equal id."""
    return f"{paper_id}:{number}:{text_sha256[:12]}"


def text_hash(parts: Sequence[str]) -> str:
    """Return the SHA-256 of a chunk's parts, 64 hexadecimal digits."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _chunk(paper: Paper, number: int, sentences: Sequence[Sentence]) -> Chunk:
    key = chunk_id(paper.id, number, text_hash(chunk_parts(paper.title, sentences)))
    text = paper.abstract[sentences[0].start : sentences[-1].end] if sentences else ""
    return Chunk(key, paper.id, number, paper.title, text, tuple((s.start, s.end) for s in sentences))


def _pairs(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, (*starts[1:], end + 1), strict=True))


@cache
def _parser(room: int) -> Any:
    from llama_index.core.node_parser import SentenceSplitter

    return SentenceSplitter(
        chunk_size=room, chunk_overlap=0, tokenizer=_pieces, chunking_tokenizer_fn=_split, include_prev_next_rel=False
    )


def _pieces(text: str) -> list[str]:
    return PIECE.findall(text)


def _split(text: str) -> list[str]:
    """Return the sentences of a text, each with the space behind it."""
    starts = [0, *(start for start, _ in split_sentences(text)[1:])]
    return [text[start:end] for start, end in zip(starts, (*starts[1:], len(text)), strict=True)]
