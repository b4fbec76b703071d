"""paperchat: answers over research papers, each sentence tied to the sentence of a paper that supports it.

In pipeline order: papers -> sentences -> chunk -> embed -> record, vectors, keyword (store) -> retrieve, rank ->
prompt -> ollama -> cite -> answer -> app -> cli, web.
"""

__version__ = "0.1.0"
