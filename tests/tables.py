"""Two made papers set side by side."""

from paperchat.generation.comparison import table_of
from paperchat.types import Paper, Table
from tests.samples import reading

ALPHA = Paper(
    "a" * 12,
    "ALPHA: Learning with & without Teachers",
    "Labels are expensive and training suffers from a lack of them. We propose ALPHA, which learns from a "
    "teacher network. We evaluate it on the ImageNet and COCO datasets. "
    "It outperforms earlier work by 3.1 points of accuracy.",
    "test",
)
BETA = Paper(
    "b" * 12,
    "=BETA: Learning from Noise",
    "However, previous methods fail when the images are noisy. In this paper we introduce BETA, which needs no "
    "teacher. Experiments on the CIFAR-10 dataset show that BETA achieves 91.2% accuracy.",
    "test",
)


def a_table(question: str = "compare ALPHA and BETA: which one needs a teacher?") -> Table:
    """Return both papers side by side."""
    table = table_of(reading(question, (ALPHA, 1.0), (BETA, 1.0)), (0, 1))
    assert table is not None
    return table


def row_texts(table: Table, aspect: str) -> list[str]:
    """Return a row's texts, empty where nothing is stated."""
    return [cell.text if cell else "" for cell in table.cells[table.aspects.index(aspect)]]
