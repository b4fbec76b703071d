"""What runs a model: the Ollama server, the embedder in this process, streams read aside."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.models.minilm import MiniLM as MiniLM
    from paperchat.models.model import Model as Model
    from paperchat.models.ollama import OllamaServer as OllamaServer
    from paperchat.models.ollama_embedder import OllamaEmbedder as OllamaEmbedder
    from paperchat.models.prompt_files import read_prompts as read_prompts

__getattr__, __all__ = face(
    __name__,
    {
        "MiniLM": "minilm",
        "Model": "model",
        "OllamaEmbedder": "ollama_embedder",
        "OllamaServer": "ollama",
        "read_prompts": "prompt_files",
    },
)
