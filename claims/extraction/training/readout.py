"""A trained network as the engine's ``Encoder``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from tqdm import tqdm

from claims.extraction.neural.pieces import Integers, special_pieces
from claims.extraction.neural.windows import Floats, Reading, read
from claims.extraction.training.data import Article
from claims.extraction.training.network import Shape, Tagger
from claims.extraction.training.restore import exported_state


class TorchEncoder:
    """A checkpoint behind the interface that the engine reads."""

    def __init__(self, model: Tagger, tokenizer: Tokenizer) -> None:
        """Take a network, as it is, for inference."""
        self.model = model.eval()
        self.first, self.last = special_pieces(tokenizer)

    def __call__(
        self, ids: Integers, surfaces: Integers, lengths: Integers
    ) -> tuple[Floats, Floats, Floats]:
        """Return log-probabilities, link vectors, and worth."""
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            scores, links, worth = self.model(*map(torch.from_numpy, (ids, surfaces, lengths)))
        likely = torch.log_softmax(scores.float(), dim=-1)
        return likely.numpy(), links.float().numpy(), worth.float().numpy()


def load_network(encoder: Path, checkpoint: Path, weights: str = "model") -> Tagger:
    """Return the network of a checkpoint, or of an exported network (.onnx).

    ``weights`` is "model" or "average". A head that the file does not hold is untrained.
    """
    network = Tagger(Shape.read(encoder))
    network.load_state_dict({**network.state_dict(), **start_state(checkpoint, weights)})
    return network.eval()


def start_state(path: Path, weights: str = "model") -> dict[str, torch.Tensor]:
    """Return the weights of an exported network (.onnx) or of a checkpoint."""
    if path.suffix == ".onnx":
        return exported_state(path)
    state: dict[str, torch.Tensor] = torch.load(path, weights_only=True)[weights]
    return state


def read_all(encoder: TorchEncoder, articles: Sequence[Article]) -> list[Reading]:
    """Read every article."""
    return [read(encoder, [a.pieces])[0] for a in tqdm(articles, mininterval=20)]
