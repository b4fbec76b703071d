"""The words of a text as the keyword index counts them: stemmed, folded, without stop words."""

from collections.abc import Sequence
from math import log

from paperchat.text import lexicon
from paperchat.text.folding import folded
from paperchat.text.stemming import english_stemmer

TOKEN = r"(?u)[^\W_]+[+#]*"
"""Words, numbers and single letters; `C++`, `C#` and `R` are words."""


def inverse_frequency(holding: int, of: int) -> float:
    """Return how rare a word is that so many `of` all texts have: ln(1 + (N - n + 0.5) / (n + 0.5)), as in BM25."""
    return log(1 + (of - holding + 0.5) / (holding + 0.5))


def content_words(text: str) -> list[str]:
    """Return the stemmed words of a text without English stop words, in order, repeated as they occur."""
    return content_words_of([text])[0]


def content_words_of(texts: Sequence[str]) -> list[list[str]]:
    """Return the content words of each text, in one go: many texts take little longer than one."""
    import bm25s

    tokens: list[list[str]] = bm25s.tokenize(
        [text if text.isascii() else folded(text) for text in texts],
        token_pattern=TOKEN,
        stopwords=sorted(lexicon.words("stop_words.searching")),
        stemmer=english_stemmer(),
        return_ids=False,
        show_progress=False,
    )
    return tokens


def stop_stems(subset: str) -> frozenset[str]:
    """Return the content words of which a subset of the stop words is."""
    return frozenset(content_words(" ".join(lexicon.words(f"stop_words.{subset}"))))


ASKING = stop_stems("asking")
"""Content words that make a question and say nothing of what it is about."""
