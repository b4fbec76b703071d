"""From evidence to an answer: the sentences that answer, comparisons, prompts and replies."""
