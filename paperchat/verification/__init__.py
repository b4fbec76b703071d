"""Whether cited sentences support a sentence."""
