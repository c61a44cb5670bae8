"""The network: a six-layer BERT encoder with a label head, a CRF and two linking heads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from claims.extraction.neural.labels import LABELS, follows
from claims.extraction.neural.pieces import SURFACES

LINK_SIZE = 64
"""Numbers in each of the four link vectors of a piece."""

FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder, as its config.json gives them."""

    vocabulary: int
    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float

    @classmethod
    def read(cls, folder: Path) -> Shape:
        """Read them from the config.json of a downloaded encoder."""
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return cls(
            vocabulary=config["vocab_size"],
            hidden=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            inner=config["intermediate_size"],
            positions=config["max_position_embeddings"],
            epsilon=config["layer_norm_eps"],
        )


class Dropout(nn.Module):
    """Dropout by bytes of numpy's generator: torch's own takes a tenth of a step on a CPU."""

    def __init__(self, rate: float) -> None:
        """Set the share that is dropped; it is rounded to 1/256."""
        super().__init__()
        self.least = round(256 * rate)
        self.random = np.random.default_rng(0)

    def forward(self, states: Tensor) -> Tensor:
        """Return ``states`` with some of them nought, the others scaled up."""
        if not self.training or not self.least:
            return states
        drawn = np.frombuffer(self.random.bytes(states.numel()), np.uint8) >= self.least
        kept = torch.from_numpy(drawn).view(states.shape).to(states.dtype)
        return states * kept.mul_(256 / (256 - self.least))


class Layer(nn.Module):
    """One transformer layer, normalised behind each half as in BERT."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        """Make an untrained layer."""
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.hidden, shape.hidden)
        self.key = nn.Linear(shape.hidden, shape.hidden)
        self.value = nn.Linear(shape.hidden, shape.hidden)
        self.mixed = nn.Linear(shape.hidden, shape.hidden)
        self.mixed_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.wide = nn.Linear(shape.hidden, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.hidden)
        self.narrow_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.dropout = Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Return the next states; ``bias`` is added to the attention scores."""
        rows, positions, hidden = states.shape
        split = (rows, positions, self.heads, hidden // self.heads)
        query = self.query(states).view(split).transpose(1, 2)
        key = self.key(states).view(split).transpose(1, 2)
        value = self.value(states).view(split).transpose(1, 2)
        attended = self._attend(query, key, value, bias.to(query.dtype))
        attended = attended.transpose(1, 2).reshape(rows, positions, hidden)
        states = self.mixed_norm(states + self.dropout(self.mixed(attended)))
        inner = self.narrow(functional.gelu(self.wide(states)))
        after: Tensor = self.narrow_norm(states + self.dropout(inner))
        return after

    def _attend(self, query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
        if not self.training:
            return functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        # On a CPU the fused kernel's way back takes three times as long as these.
        scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2) + bias
        return torch.softmax(scores, dim=-1) @ value


class Tagger(nn.Module):
    """Pieces in; label scores, link vectors and check-worthiness out."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        """Make an untrained network."""
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.surfaces = nn.Embedding(SURFACES, shape.hidden)
        nn.init.normal_(self.surfaces.weight, std=0.01)
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = Dropout(dropout)
        self.labels = nn.Linear(shape.hidden, len(LABELS))
        self.links = nn.Linear(shape.hidden, 4 * LINK_SIZE)
        self.worth = nn.Linear(shape.hidden, 2)
        self.crf = Transitions()

    def forward(
        self, ids: Tensor, surfaces: Tensor, lengths: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return what the heads make of the last states, each ``[rows, positions, ...]``.

        Label scores, links (``4 * LINK_SIZE``), and two numbers for check-worthiness: how much
        a piece weighs in the span it stands in, and the score it brings.
        """
        states = self.dropout(self.states(ids, surfaces, lengths)[-1])
        return self.labels(states), self.links(states), self.worth(states)

    def states(self, ids: Tensor, surfaces: Tensor, lengths: Tensor) -> list[Tensor]:
        """Return the states behind each layer, ``[rows, positions, hidden]``."""
        at = torch.arange(ids.shape[1], device=ids.device)
        bias = torch.where(at[None, :] < lengths[:, None], 0.0, FORBIDDEN)[:, None, None, :]
        states = self.words(ids) + self.positions(at)[None] + self.surfaces(surfaces)
        states = self.dropout(self.norm(states))
        found = []
        for layer in self.layers:
            states = layer(states, bias)
            found.append(states)
        return found

    def head_parameters(self) -> list[nn.Parameter]:
        """Return the parameters that start from nothing."""
        heads = (self.labels, self.links, self.worth, self.crf, self.surfaces)
        return [parameter for head in heads for parameter in head.parameters()]

    def load_encoder(self, folder: Path) -> None:
        """Take the weights of a BERT in ``folder`` (model.safetensors)."""
        stored = load_file(folder / "model.safetensors")
        stored = {name.removeprefix("bert."): value for name, value in stored.items()}
        kinds = stored["embeddings.token_type_embeddings.weight"][0]
        renamed = {
            "words.weight": stored["embeddings.word_embeddings.weight"],
            "positions.weight": stored["embeddings.position_embeddings.weight"] + kinds,
            "norm.weight": stored["embeddings.LayerNorm.weight"],
            "norm.bias": stored["embeddings.LayerNorm.bias"],
        }
        parts = {
            "attention.self.query": "query",
            "attention.self.key": "key",
            "attention.self.value": "value",
            "attention.output.dense": "mixed",
            "attention.output.LayerNorm": "mixed_norm",
            "intermediate.dense": "wide",
            "output.dense": "narrow",
            "output.LayerNorm": "narrow_norm",
        }
        for number in range(len(self.layers)):
            for theirs, ours in parts.items():
                for kind in ("weight", "bias"):
                    value = stored[f"encoder.layer.{number}.{theirs}.{kind}"]
                    renamed[f"layers.{number}.{ours}.{kind}"] = value
        own = self.state_dict()
        missing = [name for name in renamed if own[name].shape != renamed[name].shape]
        if missing:
            raise ValueError(f"the encoder in {folder} has another shape: {missing[0]}")
        own.update(renamed)
        self.load_state_dict(own)


class Transitions(nn.Module):
    """A linear-chain CRF's transition scores; what BIO forbids stays forbidden."""

    allowed: Tensor

    def __init__(self) -> None:
        """Start with all that is allowed equally likely."""
        super().__init__()
        count = len(LABELS)
        self.scores = nn.Parameter(torch.zeros(count, count))
        pairs = [[follows(a, b) for b in range(count)] for a in range(count)]
        self.register_buffer("allowed", torch.tensor(pairs))

    def matrix(self) -> Tensor:
        """Return the scores ``[before, after]``."""
        return torch.where(self.allowed, self.scores, FORBIDDEN)

    def loss(self, scores: Tensor, gold: Tensor, lengths: Tensor) -> Tensor:
        """Return the mean negative log-likelihood a piece.

        ``scores`` ``[rows, positions, labels]`` and ``gold`` are without special pieces;
        ``lengths`` counts the pieces of each row. A window may begin inside a span.
        """
        matrix = self.matrix()
        positions = scores.shape[1]
        alive = torch.arange(positions)[None, :] < lengths[:, None]
        known = gold.clamp(min=0)
        emitted = scores.gather(2, known[:, :, None])[:, :, 0]
        moved = matrix[known[:, :-1], known[:, 1:]]
        path = (emitted * alive).sum() + (moved * alive[:, 1:]).sum()
        alpha = scores[:, 0]
        for at in range(1, positions):
            step = torch.logsumexp(alpha[:, :, None] + matrix[None], dim=1) + scores[:, at]
            alpha = torch.where(alive[:, at, None], step, alpha)
        total = torch.logsumexp(alpha, dim=1).sum()
        return (total - path) / lengths.sum()
