"""Where things are on this machine, in a checkout and when installed as a wheel; nothing else."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

CHECKOUT = PACKAGE.parent

CHECKER = PACKAGE / "data" / "checker.json"
"""The trained weights of the citation checker; made by `python -m tests.train_checker`."""

QUESTION_MODEL = PACKAGE / "data" / "question_model.onnx"
"""What was learned of questions; made by `python -m tests.train.question_model`."""

CLAIM_MODEL = PACKAGE / "data" / "claim_model.onnx"
"""What was learned of claims; made by `python -m tests.train.claim_model`."""

PRODUCTS = PACKAGE / "data" / "products.onnx"
"""A product of the largest numbers of eight bits, to see whether it comes out right; made by `tests.train.products`."""

LEARNED = PACKAGE / "data" / "learned.json"
"""The weights that settle what was found; made by `python -m tests.train.weights`."""


def prompts_folder() -> Path:
    """Return the folder of prompt files: the checkout's own, else the wheel's copy."""
    own = CHECKOUT / "prompts"
    return own if own.is_dir() and (CHECKOUT / "pyproject.toml").is_file() else PACKAGE / "prompts"


def default_data() -> Path:
    """Return the store's folder: `vectorstore/` of the checkout, else the user's data folder."""
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "vectorstore"
    from platformdirs import user_data_path

    return user_data_path("paperchat", appauthor=False) / "vectorstore"
