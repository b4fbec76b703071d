"""Text as data: cleaning, sentences, tokens, language, words, names, numbers, mentions, refusals and the lexicon."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.text.cleaning import clean as clean
    from paperchat.text.language_id import language_of as language_of
    from paperchat.text.numbers import quantities as quantities
    from paperchat.text.paper_text import PaperText as PaperText
    from paperchat.text.sentences import split_sentences as split_sentences
    from paperchat.text.tokens import content_words as content_words

__getattr__, __all__ = face(
    __name__,
    {
        "PaperText": "paper_text",
        "clean": "cleaning",
        "content_words": "tokens",
        "language_of": "language_id",
        "quantities": "numbers",
        "split_sentences": "sentences",
    },
)
