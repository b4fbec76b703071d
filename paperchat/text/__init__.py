"""Text as data: cleaning, sentences, tokens, language, words, names, numbers, mentions, refusals and the lexicon."""
