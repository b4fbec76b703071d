"""Train the claim network: `python -m tests.train.train FOLDER --base DIR --minutes N` (PyTorch, on the CPU).

DIR has all-MiniLM-L6-v2 as float32 (model.safetensors, tokenizer.json, config.json). FOLDER has what `data` wrote. The
network reads evidence and claim together and gives the log odds of supported, contradicted and neutral. It trains for N
minutes on pairs.jsonl and four times on hand.jsonl, the learning rate falling to its floor; with `--hand` on few of
pairs.jsonl. Every few minutes the weights are saved; a run goes on from them with `--resume`.
"""

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

LABELS = ("supported", "contradicted", "neutral", "not_supported")
TOKENS, BATCH, SORTED = 192, 32, 50
"""Tokens that are read; pairs of a step; batches among which pairs are put beside those of like length."""
HAND, FLOOR, WARM, SAVES = 4, 0.03, 0.04, 300.0
"""Times that hand.jsonl is read; share of the learning rate that is left in the end; share of the time in which it
rises; seconds between saves."""

Row = tuple[list[int], list[int], int]
"""Token ids, 0 or 1 for evidence or claim, and the place of the label in LABELS."""


class ClaimNetwork(nn.Module):
    """MiniLM read from its first token and from the mean of the claim's tokens."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.body = BertModel(BertConfig.from_pretrained(base), add_pooling_layer=False)
        size = self.body.config.hidden_size
        self.between = nn.Linear(2 * size, size)
        self.out = nn.Linear(size, 3)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """Return log odds, shape (n, 3), of token ids of shape (n, tokens)."""
        states = self.body(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        claim = (types * mask).unsqueeze(-1).to(states.dtype)
        mean = (states * claim).sum(1) / claim.sum(1).clamp(min=1)
        return self.out(torch.nn.functional.gelu(self.between(torch.cat([states[:, 0], mean], -1))))


def loaded(base: Path) -> ClaimNetwork:
    """Return the network with the body of the base."""
    from safetensors.torch import load_file

    network = ClaimNetwork(base)
    missing, _ = network.body.load_state_dict(load_file(base / "model.safetensors"), strict=False)
    assert not missing, missing
    network.body.embeddings.word_embeddings.weight.requires_grad = False
    return network


def tokeniser(base: Path) -> Tokenizer:
    """Return the tokenizer of the base; the longer of evidence and claim is cut."""
    one = Tokenizer.from_file(str(base / "tokenizer.json"))
    one.enable_truncation(TOKENS, strategy="longest_first")
    one.no_padding()
    return one


def read(file: Path, tokens: Tokenizer) -> list[Row]:
    """Return the pairs of a file as token ids."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    claims = [" ".join(row["claim"].split()[:80]) for row in rows]
    coded = tokens.encode_batch([(row["premise"], claim) for row, claim in zip(rows, claims, strict=True)])
    return [(code.ids, code.type_ids, LABELS.index(row["label"])) for code, row in zip(coded, rows, strict=True)]


def batches(rows: Sequence[Row], dice: random.Random) -> Iterator[list[Row]]:
    """Yield batches of pairs of like length, in no order."""
    order = list(rows)
    dice.shuffle(order)
    span = BATCH * SORTED
    for start in range(0, len(order), span):
        near = sorted(order[start : start + span], key=lambda row: len(row[0]))
        cut = [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
        dice.shuffle(cut)
        yield from cut


def padded(rows: Sequence[Row]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return ids, mask, types of shape (n, tokens) and labels of shape (n)."""
    longest = max(len(ids) for ids, _, _ in rows)
    ids, mask, types = (torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(3))
    for place, (own, kinds, _) in enumerate(rows):
        ids[place, : len(own)] = torch.tensor(own)
        types[place, : len(own)] = torch.tensor(kinds)
        mask[place, : len(own)] = 1
    return ids, mask, types, torch.tensor([label for _, _, label in rows])


def loss_of(odds: Tensor, labels: Tensor) -> Tensor:
    """Return the mean cross-entropy; "not_supported" is right by what contradicted and neutral have together."""
    logs = torch.log_softmax(odds.float(), -1)
    all_logs = torch.cat([logs, torch.logsumexp(logs[:, 1:], -1, keepdim=True)], -1)
    chosen = all_logs.gather(1, labels[:, None])[:, 0]
    return -(0.95 * chosen + 0.05 * logs.mean(-1)).mean()


def rate(share: float) -> float:
    """Return the learning rate, as a share of the highest, at a share of the run."""
    if share < WARM:
        return share / WARM
    return FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * min(1.0, (share - WARM) / (1 - WARM))))


def train(network: ClaimNetwork, rows: Sequence[Row], folder: Path, options: Any) -> None:
    """Train for as many minutes, or once through the rows where that is shorter; save as it goes."""
    groups = {"body": [], "head": []}  # type: dict[str, list[Tensor]]
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            groups["body" if name.startswith("body") else "head"].append(weight)
    optimiser = torch.optim.AdamW(
        [{"params": groups["body"], "lr": options.rate}, {"params": groups["head"], "lr": 5 * options.rate}],
        weight_decay=0.01, fused=True,
    )  # fmt: skip
    highest = [group["lr"] for group in optimiser.param_groups]
    dice, began, saved, seen, mean = random.Random(options.seed), time.monotonic(), time.monotonic(), 0, 1.0
    network.train()
    for step, batch in enumerate(batches(rows, dice)):
        share = max((time.monotonic() - began) / (60 * options.minutes), seen / len(rows))
        if share >= 1:
            break
        for group, top in zip(optimiser.param_groups, highest, strict=True):
            group["lr"] = top * rate(share)
        ids, mask, types, labels = padded(batch)
        with torch.autocast("cpu", torch.bfloat16):
            odds = network(ids, mask, types)
        loss = loss_of(odds, labels)
        loss.backward()
        nn.utils.clip_grad_norm_([w for w in network.parameters() if w.requires_grad], 1.0)
        optimiser.step()
        optimiser.zero_grad()
        seen += len(batch)
        mean = 0.98 * mean + 0.02 * float(loss)
        if step % 50 == 0:
            print(f"{share:.3f} {seen} pairs, {seen / (time.monotonic() - began):.1f}/s, loss {mean:.4f}", flush=True)
        if time.monotonic() - saved > SAVES:
            torch.save(network.state_dict(), folder / "network.pt")
            saved = time.monotonic()
    torch.save(network.state_dict(), folder / "network.pt")


def main() -> None:
    """Train, and save the network to FOLDER/network.pt."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--hand", action="store_true", help="train on few pairs but those written by hand")
    parser.add_argument("--resume", action="store_true", help="start from FOLDER/network.pt")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    network = loaded(options.base)
    if options.resume:
        network.load_state_dict(torch.load(options.folder / "network.pt"))
    tokens = tokeniser(options.base)
    rows = read(options.folder / "pairs.jsonl", tokens)
    hand = read(options.folder / "hand.jsonl", tokens)
    if options.hand:
        rows = random.Random(options.seed).sample(rows, min(len(rows), 2 * len(hand)))
    rows += HAND * hand
    train(network, rows, options.folder, options)


if __name__ == "__main__":
    main()
