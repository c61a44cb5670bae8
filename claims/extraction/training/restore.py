"""The weights of an exported network, to go on training from: eight bits back to floats.

What rounding took is lost, some tenths of a point; further training wins it back.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import ModelProto, numpy_helper
from torch import Tensor

PREFIX = "network."
"""What export puts before the name of each parameter."""


def exported_state(path: Path) -> dict[str, Tensor]:
    """Return a ``Tagger``'s state from the ONNX file ``path`` and the config.json beside it.

    Raises OSError where a file cannot be read, and ValueError where the graph is not one that
    ``export`` wrote.
    """
    graph = onnx.load(str(path))
    stored = {item.name: numpy_helper.to_array(item) for item in graph.graph.initializer}
    state = {
        name.removeprefix(PREFIX): _tensor(value)
        for name, value in stored.items()
        if name.startswith(PREFIX) and value.dtype == np.float32 and value.size > 1
    }
    state.update(_matrices(graph, stored))
    state["words.weight"] = _embedding(stored)
    config = json.loads(path.with_name("config.json").read_text(encoding="utf-8"))
    learned = config["decode"].get("transitions")
    if learned is not None:
        state["crf.scores"] = torch.tensor(learned, dtype=torch.float32)
    return state


def _matrices(graph: ModelProto, stored: dict[str, NDArray[Any]]) -> dict[str, Tensor]:
    """Return the weight of each linear layer, named after the bias that is added behind it."""
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    found = {}
    for node in graph.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        weight = node.input[1]
        bias = _bias_behind(node, readers)
        scale = stored[weight.removesuffix("_quantized") + "_scale"]
        whole = stored[weight].astype(np.float32) * scale[None, :]
        found[bias.removeprefix(PREFIX).removesuffix("bias") + "weight"] = _tensor(whole.T)
    return found


def _bias_behind(node: onnx.NodeProto, readers: dict[str, list[onnx.NodeProto]]) -> str:
    """Return the name of the bias that is added to what ``node`` computes (ValueError)."""
    at = node
    for _ in range(4):
        behind = readers.get(at.output[0], [])
        if len(behind) != 1:
            break
        at = behind[0]
        for name in at.input:
            if at.op_type == "Add" and name.startswith(PREFIX) and name.endswith(".bias"):
                return name
    raise ValueError(f"{node.name} has no bias behind it: this is no graph that export wrote")


def _embedding(stored: dict[str, NDArray[Any]]) -> Tensor:
    """Return the table of embeddings: the one initializer of bytes with a scale a row."""
    scales = {v.shape[0]: v for v in stored.values() if v.ndim == 2 and v.shape[1] == 1}
    for value in stored.values():
        if value.ndim == 2 and value.dtype == np.int8 and value.shape[0] in scales:
            return _tensor(value.astype(np.float32) * scales[value.shape[0]])
    raise ValueError("the graph has no embedding in eight bits with a scale a row")


def _tensor(value: NDArray[Any]) -> Tensor:
    return torch.tensor(value, dtype=torch.float32)
