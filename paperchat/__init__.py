"""paperchat: answers over research papers, each sentence tied to the sentence of a paper that supports it.

The rooms, from the ground up: text -> models, query, storage, verification, export -> retrieval -> dialogue ->
generation -> app -> evaluation, web, cli. CONTRIBUTING.md has the way of a question through them.
"""

__version__ = "0.1.0"
