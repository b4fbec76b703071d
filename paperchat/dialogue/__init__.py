"""A question in its conversation: what it points at, what it goes on from, its language."""
