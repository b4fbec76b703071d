"""What runs a model: the Ollama server, the embedder in this process, streams read aside."""
