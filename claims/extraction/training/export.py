"""Export a checkpoint to int8 ONNX: ``python -m claims.extraction.training.export``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from claims.extraction.training.network import Tagger
from claims.extraction.training.readout import load_network

ONNX_NAME = "quotes.int8.onnx"
TOKENIZER_NAME = "tokenizer.json"


class ByteEmbedding(nn.Module):
    """An embedding in eight bits with a scale a row.

    onnxruntime's own quantisation has one scale for the whole table, which costs half a point.
    """

    rows: Tensor
    scales: Tensor

    def __init__(self, weight: Tensor) -> None:
        """Round a table of embeddings."""
        super().__init__()
        scales = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scales).to(torch.int8))
        self.register_buffer("scales", scales)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the embeddings of ``ids``."""
        return self.rows[ids].float() * self.scales[ids]


class Exported(nn.Module):
    """The network as the engine calls it: log-probabilities in place of scores."""

    def __init__(self, network: Tagger) -> None:
        """Wrap a trained network."""
        super().__init__()
        self.network = network
        network.add_module("words", ByteEmbedding(network.words.weight.detach()))

    def forward(
        self, ids: Tensor, surfaces: Tensor, lengths: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return log-probabilities of labels, link vectors, and worth."""
        scores, links, worth = self.network(ids, surfaces, lengths)
        return torch.log_softmax(scores, dim=-1), links, worth


def main(arguments: list[str] | None = None) -> int:
    """Write the quantised network and the tokenizer into the model's folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--weights", choices=["model", "average"], default="model")
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    options = parser.parse_args(arguments)
    network = load_network(options.encoder, options.checkpoint, options.weights)
    options.out.mkdir(parents=True, exist_ok=True)
    export(network, options.out / ONNX_NAME)
    strip_tokenizer(options.encoder / "tokenizer.json", options.out / TOKENIZER_NAME)
    return 0


def export(network: Tagger, path: Path) -> None:
    """Write ``network`` to ``path``, its weights in eight bits."""
    sample = torch.ones(2, 9, dtype=torch.int64)
    inputs = (sample, sample.clone(), torch.tensor([9, 5]))
    rows, positions = torch.export.Dim("rows"), torch.export.Dim("positions", max=512)
    shapes = ({0: rows, 1: positions}, {0: rows, 1: positions}, {0: rows})
    with tempfile.TemporaryDirectory() as folder:
        whole, clean = Path(folder) / "whole.onnx", Path(folder) / "clean.onnx"
        torch.onnx.export(
            Exported(network).eval(),
            inputs,
            str(whole),
            input_names=["ids", "surfaces", "lengths"],
            output_names=["scores", "links", "worth"],
            dynamic_shapes=shapes,
            dynamo=True,
            external_data=False,
        )
        quant_pre_process(str(whole), str(clean), skip_symbolic_shape=True)
        quantize_dynamic(
            str(clean),
            str(path),
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
        )


def strip_tokenizer(source: Path, target: Path) -> None:
    """Copy a tokenizer without its truncation and padding."""
    stored: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    stored["truncation"] = stored["padding"] = None
    target.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
