"""Train what judges claims: `python -m tests.train.claim_model FOLDER --base DIR` (PyTorch, on the processor).

FOLDER has what `claim_pairs` wrote; DIR all-MiniLM-L6-v2 as float32 (model.safetensors, tokenizer.json, config.json).
It begins from the network that reads questions (--begin), which has learned from papers already. A claim, the title of
a paper and sentences of it are read together; a head over the mean of the tokens tells supported, contradicted and
neutral. Labelled sets and made claims come first, once; claims by hand last, HAND times, with some of the others.
Writes FOLDER/claim_model.onnx with eight-bit weights.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from tests.train.fitting import BEGIN, COLON, END, Pace, export, padded, train

LABELS = ("supported", "contradicted", "neutral")
NOT_TOLD = -1
"""The label of a pair of which only is told that the claim is not supported."""

CLAIM, TITLE, WHOLE = 64, 24, 176
"""Most tokens of a claim, of a title, and of all together; as `models/claim_model`."""

BATCH, HAND, AGAIN = 32, 2, 0.15
"""Pairs of a step, how often claims by hand are read, and the share of the others that is read again beside them."""

RATE, WARM, HEAD = 1e-4, 0.05, 5.0
"""Highest learning rate, share of the steps in which it rises, how much higher it is in the head."""

FROZEN = 2
"""Layers, from below, that stay as they are, as the embeddings of words do."""

BY_HAND = ("invented", "real", "invented beside", "real beside")

Pair = tuple[list[int], int]


class ClaimNetwork(nn.Module):
    """MiniLM with one head."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(base, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
        config._attn_implementation = "eager"
        self.m = BertModel(config, add_pooling_layer=False)
        for part in (self.m.embeddings, *self.m.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        size = self.m.config.hidden_size
        self.h = nn.Sequential(nn.Dropout(0.1), nn.Linear(size, size), nn.Tanh(), nn.Dropout(0.1), nn.Linear(size, 3))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the odds of the labels, shape (n, 3), for ids of (n, tokens)."""
        states = self.m(input_ids=ids, attention_mask=mask).last_hidden_state
        shares = mask[..., None].to(states.dtype)
        odds: Tensor = self.h((states * shares).sum(1) / shares.sum(1))
        return odds


def begin(network: ClaimNetwork, base: Path, model: Path | None) -> None:
    """Give a network the weights that it begins from: those of `base`, or those that an ONNX file keeps in 8 bits."""
    from safetensors.torch import load_file

    state = load_file(base / "model.safetensors")
    missing, _ = network.m.load_state_dict(state, strict=False)
    assert not missing, missing
    if model:
        network.m.load_state_dict(
            {name: kept.reshape(state[name].shape) for name, kept in read_back(model, state)}, strict=False
        )


def read_back(model: Path, like: dict[str, Tensor]) -> Iterator[tuple[str, Tensor]]:
    """Yield the weights of the layers of a model as float32; products name theirs after their place in the network."""
    import onnx

    from tests.train.average import MARK, read, whole

    kept = onnx.load(model)
    arrays = read(kept)
    for name, array in arrays.items():
        if name.startswith("m.encoder") and name.removeprefix("m.") in like:
            yield name.removeprefix("m."), torch.tensor(array)
    for node in kept.graph.node:
        if node.op_type == "MatMulInteger" and "encoder/layer" in node.name and node.input[1] in arrays:
            place = node.name.split("/m/", 1)[1].split("/MatMul", 1)[0].replace("/", ".")
            weight = whole(arrays, node.input[1].removesuffix(MARK))
            yield f"{place.replace('layer.layer.', 'layer.')}.weight", torch.tensor(weight.T.copy())


def read_pairs(folder: Path, tokens: Tokenizer, dice: random.Random) -> list[Pair]:
    """Return the pairs as token ids, in the order in which they are read."""

    def cut(text: str, most: int) -> list[int]:
        ids: list[int] = tokens.encode(text, add_special_tokens=False).ids
        return ids[:most]

    first, hand = list[Pair](), list[Pair]()
    for line in (folder / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        ids = [BEGIN, *cut(row["claim"], CLAIM), END, *cut(row["title"], TITLE), COLON, *cut(row["said"], WHOLE)]
        label = LABELS.index(row["label"]) if row["label"] in LABELS else NOT_TOLD
        (hand if row["source"] in BY_HAND else first).append(([*ids[: WHOLE - 1], END], label))
    dice.shuffle(first)
    second = [*hand * HAND, *dice.sample(first, int(len(first) * AGAIN))]
    dice.shuffle(second)
    return [*first, *second]


def batches(pairs: Sequence[Pair], dice: random.Random) -> list[list[Pair]]:
    """Return batches of pairs of like length, about in their order."""
    made = []
    for start in range(0, len(pairs), BATCH * 20):
        near = sorted(pairs[start : start + BATCH * 20], key=lambda one: len(one[0]))
        some = [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
        dice.shuffle(some)
        made += some
    return made


def loss_of(network: ClaimNetwork, batch: Sequence[Pair]) -> Tensor:
    """Return the loss of a batch; of a pair that is only told not to be supported, that of not being so."""
    ids = padded([ids for ids, _ in batch])
    with torch.autocast("cpu", torch.bfloat16):
        odds = network(ids, (ids != 0).float()).float()
    shares = odds.log_softmax(1)
    labels = torch.tensor([label for _, label in batch])
    told = labels != NOT_TOLD
    other = torch.logsumexp(shares[:, 1:], 1)
    smooth = 0.95 * shares.gather(1, labels.clamp(min=0)[:, None])[:, 0] + 0.05 * shares.mean(1)
    return -torch.where(told, smooth, other).mean()


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--begin", type=Path, help="the model that reads questions")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    dice = random.Random(options.seed)
    tokens = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokens.no_padding()
    tokens.no_truncation()
    network = ClaimNetwork(options.base)
    begin(network, options.base, options.begin)
    train(network, batches(read_pairs(options.folder, tokens, dice), dice), loss_of, Pace(RATE, HEAD, WARM))
    torch.save(network.state_dict(), options.folder / "claim_model.pt")
    export(network, options.folder / "claim_model.onnx", {"odds": False})


if __name__ == "__main__":
    main()
