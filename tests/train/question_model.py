"""Train what reads questions: `python -m tests.train.question_model FOLDER --base DIR` (PyTorch, on the processor).

FOLDER has what `pairs` wrote; DIR all-MiniLM-L6-v2 as float32 (model.safetensors, tokenizer.json, config.json). One
network with four heads: the kind of a question and what it wants from the mean of its tokens, what each of its words
does from its own token, and from the mean of question, title and sentence together whether that sentence answers.
Questions are read QUESTIONS times, pairs PAIRS times, those of real abstracts and of public question sets, where
`abstracts` and `public_pairs` wrote them, ABSTRACTS and PUBLIC times, in mixed batches. Questions over real abstracts
are of one paper: their kind is learned too. Writes FOLDER/question_model.onnx with int8 weights; the file tells its
labels. Collection N and the fields in LEFT_OUT are then not learned from, and tell how well
it does.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from tests.train.fitting import BEGIN, COLON, END, Pace, export, padded, train

READING = Path(__file__).parent.parent / "reading"
QUESTIONS, PAIRS, ABSTRACTS, PUBLIC, BATCH = 6, 3, 2, 1, 32
RATE, HEADS = 1e-4, 8.0
"""Highest learning rate, and how much higher it is in heads."""

ASKED, ALONE, TITLE, SAID = 48, 128, 24, 72
"""Most tokens of a question beside a sentence and alone, of a title, of a sentence; as `models/question_model`."""

POSITIVE = 3.0
"""Weight of a pair that answers."""

LEFT_OUT = ("education", "agriculture and food")
FRAME, ABOUT, OUT, NONE = 0, 1, 2, -100
LETTERS, LEAST = 5, 3
"""Letters by which a word of a question is one of its topic, and which it has at least unless it is of a name."""

MEANS = {"narrower": "list", "wider": "list", "edit": "edit", "answer": "answer"}
"""What a follow-up asks for; any other asks of one paper, as most do."""

UNNAMED = ("set", "assistant", "last", "answer")
"""Requests of which the rows do not say which."""

TAKEN_AS = {"fact": "one", "lookup": "one", "near": "one", "off": "one", "premise": "one"}


@dataclass(frozen=True)
class Asked:
    """A question as token ids, the tag of each, and the places of its labels; `group` is its field or collection."""

    text: str
    ids: list[int]
    tags: list[int]
    kind: int
    want: int
    group: str


Pair = tuple[list[int], float]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_questions(folder: Path) -> list[dict[str, Any]]:
    """Return all labelled questions, each with its `label` and `group`."""
    acts = {row["id"]: row["act"] for row in read_lines(READING / "acts.jsonl")}
    rows = []
    for name in ("a", "b", "acts", "plain"):
        rows += read_lines(READING / f"questions-{name}.jsonl")
    for name in ("a", "b"):
        rows += read_lines(READING / f"conversations-{name}.jsonl")
    for number in range(1, 7):
        found = [row for file in sorted(READING.glob(f"grounded-{number}*.jsonl")) for row in read_lines(file)]
        rows += [{**row, "kind": row["type"], "group": f"collection {number}"} for row in found]
    rows += [
        {"question": row["question"], "kind": "one", "field": "abstracts"} for row in read_more(folder, "abstracts")
    ]
    for row in rows:
        kind = MEANS.get(row["means"], "one") if row.get("means") else row["kind"]
        act = row.get("act") or acts.get(row.get("id", ""), "")
        row["label"], row["group"] = act or TAKEN_AS.get(kind, kind), row.get("group") or row["field"]
    return [row for row in rows if row["label"] not in UNNAMED]


def read_more(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of a file of pairs that may be there."""
    file = folder / f"{name}.jsonl"
    return read_lines(file) if file.exists() else []


def tags_of(row: dict[str, Any], offsets: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each token what its word does: say what the question is about, what it leaves out, or frame it."""

    def roots(text: str) -> set[str]:
        return {word.lower()[:LETTERS] for word in re.findall(r"\w+", text)}

    if "about" not in row:
        return [NONE] * len(offsets)
    out = roots(" ".join(row["excludes"]))
    about = {root for root in roots(row["about"]) if len(root) >= LEAST} | roots(" ".join(row["names"]))
    tags = [NONE] * len(offsets)
    for word in re.finditer(r"\w+", row["question"]):
        root = word[0].lower()[:LETTERS]
        tag = OUT if root in out else ABOUT if root in about else FRAME
        for place, (start, end) in enumerate(offsets):
            if word.start() <= start < end <= word.end():
                tags[place] = tag
    return tags


class QuestionNetwork(nn.Module):
    """MiniLM with a head for each task; its word embeddings stay as they are."""

    def __init__(self, base: Path, kinds: int, wants: int) -> None:
        from safetensors.torch import load_file

        super().__init__()
        self.m = BertModel(BertConfig.from_pretrained(base), add_pooling_layer=False)
        missing, _ = self.m.load_state_dict(load_file(base / "model.safetensors"), strict=False)
        assert not missing, missing
        self.m.embeddings.requires_grad_(False)
        size = self.m.config.hidden_size
        self.d = nn.Dropout(0.1)
        self.k, self.w, self.t = nn.Linear(size, kinds), nn.Linear(size, wants), nn.Linear(size, 3)
        self.p = nn.Sequential(nn.Linear(size, size), nn.Tanh(), nn.Dropout(0.1), nn.Linear(size, 1))

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return the odds of kinds, wants, of each token's tags, and the log odds of fit, for ids of (n, tokens)."""
        states = self.m(input_ids=ids, attention_mask=mask).last_hidden_state
        shares = mask[..., None].to(states.dtype)
        mean = self.d((states * shares).sum(1) / shares.sum(1))
        return self.k(mean), self.w(mean), self.t(self.d(states)), self.p(mean)[:, 0]


def coded(rows: Sequence[dict[str, Any]], tokens: Tokenizer) -> tuple[list[Asked], dict[str, list[str]]]:
    """Return questions as they are learned from, and the labels."""
    kinds, wants = sorted({row["label"] for row in rows}), sorted({row["wants"] for row in rows if "wants" in row})
    asked = []
    for row in rows:
        code = tokens.encode(row["question"])
        ids = code.ids[: ALONE - 1] + code.ids[-1:] if len(code.ids) > ALONE else code.ids
        tags = tags_of(row, code.offsets)[: len(ids)]
        kind, want = kinds.index(row["label"]), wants.index(row["wants"]) if "wants" in row else NONE
        asked.append(Asked(row["question"], ids, tags, kind, want, row["group"]))
    return asked, {"kinds": kinds, "wants": wants}


def read_pairs(folder: Path, tokens: Tokenizer, leave_out: int) -> list[Pair]:
    """Return the pairs as token ids, each as often as it is read, but those of a collection."""

    def cut(text: str, most: int) -> list[int]:
        ids: list[int] = tokens.encode(text, add_special_tokens=False).ids
        return ids[:most]

    rows = read_lines(folder / "pairs.jsonl") * PAIRS
    rows += read_more(folder, "abstracts") * ABSTRACTS + read_more(folder, "public") * PUBLIC
    return [
        ([BEGIN, *cut(row["question"], ASKED), END, *cut(title, TITLE), COLON, *cut(sentence, SAID), END], float(fits))
        for row in rows
        if row["collection"] != leave_out
        for title, sentence, fits in row["pairs"]
    ]


def batches(rows: Sequence[Any], times: int, length: Any, dice: random.Random) -> Iterator[list[Any]]:
    """Yield batches of rows of like length, all rows so many times."""
    for _ in range(times):
        order = list(rows)
        dice.shuffle(order)
        for start in range(0, len(order), BATCH * 20):
            near = sorted(order[start : start + BATCH * 20], key=length)
            yield from (near[at : at + BATCH] for at in range(0, len(near), BATCH))


def mixed(first: Sequence[Any], second: Sequence[Any], dice: random.Random) -> Iterator[Any]:
    """Yield the members of both in their order, mixed by chance."""
    left, right = iter(first), iter(second)
    turns = [True] * len(first) + [False] * len(second)
    dice.shuffle(turns)
    yield from (next(left) if turn else next(right) for turn in turns)


def loss_of(network: QuestionNetwork, batch: Sequence[Any]) -> Tensor:
    """Return the loss of a batch of questions, or of pairs."""
    alone = isinstance(batch[0], Asked)
    ids = padded([one.ids if alone else one[0] for one in batch])
    with torch.autocast("cpu", torch.bfloat16):
        kinds, wants, tags, fit = (odds.float() for odds in network(ids, (ids != 0).float()))
    if not alone:
        right = torch.tensor([fits for _, fits in batch])
        return nn.functional.binary_cross_entropy_with_logits(fit, right, pos_weight=torch.tensor(POSITIVE))
    entropy = nn.functional.cross_entropy
    known = padded([one.tags for one in batch], NONE)
    return (
        entropy(kinds, torch.tensor([one.kind for one in batch]), label_smoothing=0.05)
        + 0.3 * entropy(wants, torch.tensor([one.want for one in batch]), ignore_index=NONE)
        + entropy(tags.reshape(-1, 3), known.reshape(-1), ignore_index=NONE)
    )


def steps_of(asked: Sequence[Asked], pairs: Sequence[Pair], seed: int) -> list[Any]:
    """Return the batches of a training, those of questions and of pairs mixed."""
    dice = random.Random(seed)
    return list(
        mixed(
            list(batches(asked, QUESTIONS, lambda one: len(one.ids), dice)),
            list(batches(pairs, 1, lambda one: len(one[0]), dice)),
            dice,
        )
    )


def write(network: QuestionNetwork, labels: dict[str, list[str]], path: Path) -> None:
    """Write the network as ONNX, with its labels."""
    import onnx

    model = export(network, path, {"kinds": False, "wants": False, "tags": True, "fit": False})
    onnx.helper.set_model_props(model, {"labels": json.dumps(labels)})
    onnx.save(model, path)


def report(network: QuestionNetwork, asked: Sequence[Asked], labels: Sequence[str]) -> None:
    """Print the share of kinds that are right, and each that is not."""
    right = 0
    for one in asked:
        ids = torch.tensor([one.ids])
        with torch.no_grad():
            said = int(network(ids, (ids != 0).float())[0].argmax())
        right += said == one.kind
        if said != one.kind:
            print(f"{labels[one.kind]} taken as {labels[said]}: {one.text}")
    print(f"kind right in {right} of {len(asked)}")


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--leave-out", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    tokens = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokens.no_padding()
    tokens.no_truncation()
    asked, labels = coded(read_questions(options.folder), tokens)
    hidden = {*LEFT_OUT, f"collection {options.leave_out}"} if options.leave_out else set()
    network = QuestionNetwork(options.base, len(labels["kinds"]), len(labels["wants"]))
    pairs = read_pairs(options.folder, tokens, options.leave_out)
    steps = steps_of([one for one in asked if one.group not in hidden], pairs, options.seed)
    train(network, steps, loss_of, Pace(RATE, HEADS))
    report(network, [one for one in asked if one.group in hidden], labels["kinds"])
    write(network, labels, options.folder / "question_model.onnx")


if __name__ == "__main__":
    main()
