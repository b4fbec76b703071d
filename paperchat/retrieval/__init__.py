"""Finds papers and their sentences: search, lists over the whole set, look-ups."""
