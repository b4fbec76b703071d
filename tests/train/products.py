"""Write the product by which is seen how this processor multiplies: `python -m tests.train.products OUT.onnx`."""

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

ROWS, COLUMNS = 64, 16


def main(to: Path) -> None:
    """Write a network that multiplies `row`, (1, ROWS) of uint8, by a table of the largest int8, (ROWS, COLUMNS)."""
    table = numpy_helper.from_array(np.full((ROWS, COLUMNS), 127, np.int8), "table")
    row = helper.make_tensor_value_info("row", TensorProto.UINT8, [1, ROWS])
    products = helper.make_tensor_value_info("products", TensorProto.INT32, [1, COLUMNS])
    node = helper.make_node("MatMulInteger", ["row", "table"], ["products"])
    graph = helper.make_graph([node], "products", [row], [products], [table])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, to)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
