"""What the trainings of networks share (PyTorch): steps with a rate that rises and falls, and the file with 8 bits."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

BEGIN, END, COLON = 101, 102, 1025
"""Tokens between which a text stands, and the one between title and sentences; as `models/minilm`."""

FLOOR = 0.02
"""Least share of the rate."""


@dataclass(frozen=True)
class Pace:
    """The highest learning rate, how much higher it is in heads, and the share of the steps in which it rises."""

    rate: float
    heads: float
    warm: float = 0.06


def padded(rows: Sequence[Sequence[int]], filler: int = 0) -> Tensor:
    """Return rows as one tensor, shape (n, longest)."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])


def train(network: Any, steps: Sequence[Any], loss_of: Callable[[Any, Any], Tensor], pace: Pace) -> None:
    """Train a network, whose body is `m` and all else heads; the rate rises, then falls in a line."""
    body = [weight for name, weight in network.named_parameters() if name.startswith("m.") and weight.requires_grad]
    rest = [weight for name, weight in network.named_parameters() if not name.startswith("m.")]
    optimiser = torch.optim.AdamW([{"params": body}, {"params": rest}], lr=pace.rate, weight_decay=0.01)
    began, mean = time.monotonic(), 1.0
    network.train()
    for step, batch in enumerate(steps):
        share = min(1.0, (step + 1) / (len(steps) * pace.warm)) * max(FLOOR, 1 - step / len(steps))
        for group, times in zip(optimiser.param_groups, (1.0, pace.heads), strict=True):
            group["lr"] = pace.rate * share * times
        loss = loss_of(network, batch)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        mean = 0.98 * mean + 0.02 * float(loss.detach())
        if step % 50 == 0:
            print(f"{step} of {len(steps)}, {time.monotonic() - began:.0f} s, loss {mean:.3f}", flush=True)
    network.eval()


def export(network: Any, path: Path, outputs: Mapping[str, bool]) -> Any:
    """Write a network as ONNX with int8 weights, a scale for each of their columns; return the model.

    `outputs` are its names, each with whether it has a value for each token.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = path.with_suffix(".float.onnx")
    example = torch.tensor([[BEGIN, 2054, 2003, END], [BEGIN, 2073, END, 0]])
    each = {"ids": True, "mask": True, **outputs}
    torch.onnx.export(
        network, (example, (example != 0).long()), str(whole), input_names=["ids", "mask"], output_names=[*outputs],
        dynamic_axes={name: {0: "n", 1: "tokens"} if tokens else {0: "n"} for name, tokens in each.items()},
        opset_version=14, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    return onnx.load(path)
