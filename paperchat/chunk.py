"""From an abstract to its sentences and the small windows that are embedded, by LlamaIndex's parser. Pure functions."""

import hashlib
from functools import cache
from typing import Any

from paperchat.sentences import split_sentences
from paperchat.text import clean
from paperchat.types import Chunk, Paper, Sentence

CHUNKING = "title + sentence +-1, v1"
"""Names what `chunk_paper` does: an index built by another recipe is stale."""

NEIGHBOURS = 1


def chunk_paper(paper: Paper) -> tuple[tuple[Sentence, Chunk], ...]:
    """Return each sentence of the abstract with its chunk: the cleaned title, the sentence, one neighbour each side."""
    from llama_index.core import Document

    nodes = _parser().get_nodes_from_documents([Document(text=paper.abstract, id_=paper.id)])
    return tuple(_pair(paper, number, node) for number, node in enumerate(nodes))


def _pair(paper: Paper, number: int, node: Any) -> tuple[Sentence, Chunk]:
    start, end = node.start_char_idx, node.end_char_idx
    sentence = Sentence(paper.id, number, start, end, paper.abstract[start:end])
    text = f"{clean(paper.title)}\n{clean(node.metadata['window'])}"
    return sentence, Chunk(chunk_id(paper.id, number, text_hash(text)), paper.id, number, text)


def chunk_id(paper_id: str, number: int, text_sha256: str) -> str:
    """Return a chunk's id: equal content has an equal id."""
    return f"{paper_id}:{number}:{text_sha256[:12]}"


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _parser() -> Any:
    from llama_index.core.node_parser import SentenceWindowNodeParser

    return SentenceWindowNodeParser.from_defaults(sentence_splitter=_split, window_size=NEIGHBOURS)


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)] or [text]
