"""A trained network as the engine's ``Encoder``, and readings of a corpus kept for search."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from tqdm import tqdm

from claims.extraction.neural.labels import LABELS
from claims.extraction.neural.pieces import Integers, special_pieces
from claims.extraction.neural.windows import Floats, Reading, View, read, spans
from claims.extraction.training.data import Article
from claims.extraction.training.network import Shape, Tagger


class TorchEncoder:
    """A checkpoint behind the interface that the engine reads."""

    def __init__(self, model: Tagger, tokenizer: Tokenizer) -> None:
        """Take a network, as it is, for inference."""
        self.model = model.eval()
        self.first, self.last = special_pieces(tokenizer)

    def __call__(
        self, ids: Integers, surfaces: Integers, lengths: Integers
    ) -> tuple[Floats, Floats]:
        """Return log-probabilities and link vectors."""
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            scores, links = self.model(*map(torch.from_numpy, (ids, surfaces, lengths)))
        return torch.log_softmax(scores.float(), dim=-1).numpy(), links.float().numpy()


def load_network(encoder: Path, checkpoint: Path, weights: str) -> Tagger:
    """Return the network of a checkpoint; ``weights`` is "model" or "average"."""
    network = Tagger(Shape.read(encoder))
    network.load_state_dict(torch.load(checkpoint, weights_only=True)[weights])
    return network.eval()


def read_all(encoder: TorchEncoder, articles: Sequence[Article]) -> list[Reading]:
    """Read every article."""
    return [read(encoder, [a.pieces])[0] for a in tqdm(articles, mininterval=20)]


def save_readings(path: Path, readings: Sequence[Reading]) -> None:
    """Keep readings in one file, at half precision."""
    links = [v.links for r in readings for v in r.views]
    np.savez(
        path,
        scores=np.concatenate([r.scores for r in readings]).astype(np.float16),
        counts=np.array([len(r.scores) for r in readings]),
        links=np.concatenate(links).astype(np.float16),
    )


def load_readings(path: Path) -> list[Reading]:
    """Return what ``save_readings`` kept."""
    stored = np.load(path)
    scores, links = stored["scores"].astype(np.float32), stored["links"].astype(np.float32)
    readings = []
    at = row = 0
    for count in stored["counts"].tolist():
        views = []
        for start, stop in spans(count):
            views.append(View(start, stop, links[row : row + stop - start + 1]))
            row += stop - start + 1
        readings.append(Reading(scores[at : at + count].reshape(count, len(LABELS)), tuple(views)))
        at += count
    return readings
