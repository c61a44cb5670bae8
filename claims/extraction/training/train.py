"""Fine-tune the encoder: ``python -m claims.extraction.training.train``.

The schedule runs over epochs or over minutes, whichever ends first, so that a run on a busy
machine still ends annealed. A run that was stopped goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from claims.extraction.neural.pieces import Integers, special_pieces
from claims.extraction.training.data import (
    IGNORED,
    Article,
    Window,
    batches,
    collate,
    read_articles,
    windows,
)
from claims.extraction.training.debates import (
    Sentences,
    collate_debates,
    draw,
    read_debates,
    worth_loss,
)
from claims.extraction.training.network import LINK_SIZE, Dropout, Shape, Tagger
from claims.extraction.training.readout import start_state
from claims.extraction.training.syntax import (
    LAYER,
    ParseHeads,
    Parses,
    collate_parses,
    read_parses,
)

CHECKPOINT_STEPS = 100
DEBATE_STEPS = 4
"""One step in so many learns from debates too, from DEBATE_ROWS windows."""
DEBATE_ROWS = 4


def main(arguments: list[str] | None = None) -> int:
    """Train; write ``last.pt`` while running and ``epoch-N.pt`` after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the encoder")
    parser.add_argument("--train", type=Path, required=True, help="gold: train.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=0.0, help="end by then; 0: no limit")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=254, help="pieces in a window")
    parser.add_argument("--overlap", type=int, default=40)
    parser.add_argument("--smoothing", type=float, default=0.02)
    parser.add_argument("--average", type=float, default=0.995, help="decay of the mean weights")
    parser.add_argument("--crf", type=float, default=0.5, help="weight of the CRF's loss")
    parser.add_argument("--link", type=float, default=0.2, help="weight of the links' loss")
    parser.add_argument("--warm", type=float, default=0.06, help="share of the schedule")
    parser.add_argument("--start", type=Path, help="an exported network or a checkpoint")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--mask", type=float, default=0.0, help="share of pieces hidden")
    parser.add_argument("--freeze", action="store_true", help="leave the embeddings as they are")
    parser.add_argument("--agree", type=float, default=0.0, help="weight of R-Drop's divergence")
    parser.add_argument("--syntax", type=Path, help="parses: train.syntax.jsonl.gz")
    parser.add_argument("--parse", type=float, default=0.1, help="weight of the parses' loss")
    parser.add_argument("--debates", type=Path, help="check-worthiness: train.jsonl.gz")
    parser.add_argument("--worth", type=float, default=0.3, help="weight of its loss")
    options = parser.parse_args(arguments)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = open_tokenizer(options.encoder)
    articles = read_articles(options.train, tokenizer)
    Trainer(options, articles, tokenizer).run()
    return 0


def open_tokenizer(folder: Path) -> Tokenizer:
    """Return the encoder's tokenizer without truncation or padding."""
    tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class Trainer:
    """One training run and its state."""

    def __init__(
        self, options: argparse.Namespace, articles: list[Article], tokenizer: Tokenizer
    ) -> None:
        """Start from the encoder, or from the last checkpoint in the output folder."""
        self.options = options
        self.articles = articles
        self.first, self.last = special_pieces(tokenizer)
        self.mask = tokenizer.token_to_id("[MASK]") or 0
        shape = Shape.read(options.encoder)
        self.model = Tagger(shape, options.dropout)
        self.model.load_encoder(options.encoder)
        if options.start:
            # Heads that a start does not have yet stay as they are.
            self.model.load_state_dict({**self.model.state_dict(), **start_state(options.start)})
        self.parses: Parses | None = None
        self.parse_heads: ParseHeads | None = None
        if options.syntax:
            self.parses = read_parses(options.syntax, articles)
            self.parse_heads = ParseHeads(shape.hidden, self.parses.sizes)
        self.debates: list[Sentences] = []
        if options.debates:
            self.debates = read_debates(options.debates, tokenizer, held_out=False)
        if options.freeze:
            self.model.words.weight.requires_grad_(False)
            self.model.positions.weight.requires_grad_(False)
        self.random = np.random.default_rng(options.seed)
        for number, part in enumerate(self.model.modules()):
            if isinstance(part, Dropout):
                part.random = np.random.default_rng((options.seed, number))
        self.optimizer = self._optimizer()
        self.average = copy.deepcopy(self.model)
        self.epoch, self.step, self.total, self.elapsed = 0, 0, 0, 0.0
        self._resume()

    def _optimizer(self) -> torch.optim.AdamW:
        """Return AdamW; the parse heads, which start from nothing, learn fastest."""
        options = self.options
        heads = self.model.head_parameters()
        chosen = {id(parameter) for parameter in heads}
        body = [p for p in self.model.parameters() if id(p) not in chosen and p.requires_grad]
        groups = [(body, options.rate), (heads, options.head_rate)]
        if self.parse_heads is not None:
            groups.append((list(self.parse_heads.parameters()), 1e-3))
        return torch.optim.AdamW(
            [{"params": values, "lr": rate, "base": rate} for values, rate in groups],
            weight_decay=0.01,
            fused=True,
        )

    def run(self) -> None:
        """Train to the end of the schedule."""
        while self.epoch < self.options.epochs and self._progress() < 1.0:
            rng = random.Random(f"{self.options.seed}/{self.epoch}")  # noqa: S311 (no secret)
            cut = windows(self.articles, rng, self.options.size, self.options.overlap)
            groups = batches(cut, rng, self.options.batch)
            self._one_epoch(groups)
            self.epoch += 1
            self.step = 0
            self._save(self.options.out / f"epoch-{self.epoch}.pt", weights_only=True)
            self._save(self.options.out / "last.pt")

    def _one_epoch(self, groups: list[list[Any]]) -> None:
        self.model.train()
        self.steps = len(groups)
        bar = tqdm(groups, desc=f"epoch {self.epoch + 1}", file=sys.stdout, mininterval=20)
        began = time.monotonic()
        smooth: dict[str, float] = {}
        for number, group in enumerate(bar):
            if number < self.step:
                continue
            losses = self._update(group)
            for name, value in losses.items():
                smooth[name] = 0.98 * smooth.get(name, value) + 0.02 * value
            self.step, self.total = number + 1, self.total + 1
            now = time.monotonic()
            self.elapsed += now - began
            began = now
            if self.step % CHECKPOINT_STEPS == 0:
                self._save(self.options.out / "last.pt")
                self._log(smooth)
                bar.set_postfix({k: f"{v:.4f}" for k, v in smooth.items()}, refresh=False)
            if self._progress() >= 1.0:
                break

    def _progress(self) -> float:
        """Return how much of the schedule is behind, 0..1."""
        steps = getattr(self, "steps", None)
        within = self.step / steps if steps else 0.0
        done = (self.epoch + within) / self.options.epochs
        if self.options.minutes:
            done = max(done, self.elapsed / (60.0 * self.options.minutes))
        return min(1.0, done)

    def _update(self, group: list[Window]) -> dict[str, float]:
        progress, warm = self._progress(), self.options.warm
        scale = progress / warm if progress < warm else (1.0 - progress) / (1.0 - warm)
        for parameters in self.optimizer.param_groups:
            parameters["lr"] = parameters["base"] * max(scale, 0.01)
        losses = self._losses(group)
        weights = {"labels": 1.0, "crf": self.options.crf, "parse": self.options.parse}
        weights |= {"cue": self.options.link, "source": self.options.link}
        weights |= {"agree": self.options.agree, "worth": self.options.worth}
        # Syntax leads at first; at the end attributions are all that is learned.
        weights["parse"] *= 1.0 - progress
        self.optimizer.zero_grad(set_to_none=True)
        torch.stack([weights[name] * value for name, value in losses.items()]).sum().backward()
        if self.debates and self.total % DEBATE_STEPS == 0:
            losses["worth"] = self._worth()
            (weights["worth"] * losses["worth"]).backward()
        learned = [p for group in self.optimizer.param_groups for p in group["params"]]
        nn.utils.clip_grad_norm_(learned, 1.0)
        self.optimizer.step()
        decay = min(self.options.average, (1 + self.total) / (10 + self.total))
        with torch.no_grad():
            pairs = zip(self.average.parameters(), self.model.parameters(), strict=True)
            means, values = zip(*(pair for pair in pairs if pair[1].requires_grad), strict=True)
            torch._foreach_lerp_(means, values, 1.0 - decay)
        return {name: value.item() for name, value in losses.items()}

    def _losses(self, group: list[Window]) -> dict[str, Tensor]:
        """Return the losses of a batch; with R-Drop it is read twice, hidden differently."""
        batch = collate(group, self.first, self.last)
        copies = 2 if self.options.agree else 1
        lengths = torch.from_numpy(batch.lengths).repeat(copies)
        gold = torch.from_numpy(batch.labels).repeat(copies, 1)
        ids = self._hidden(np.concatenate([batch.ids] * copies))
        surfaces = torch.from_numpy(batch.surfaces).repeat(copies, 1)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.model.states(ids, surfaces, lengths)
            last = self.model.dropout(states[-1])
            scores, links = self.model.labels(last), self.model.links(last)
        scores, links = scores.float(), links.float()
        found = {
            "labels": functional.cross_entropy(
                scores.flatten(0, 1),
                gold.flatten(),
                ignore_index=IGNORED,
                label_smoothing=self.options.smoothing,
            ),
            "crf": self.model.crf.loss(scores[:, 1:-1], gold[:, 1:-1], lengths - 2),
            "cue": _link_loss(links, 0, np.concatenate([batch.cue_of] * copies), lengths),
            "source": _link_loss(links, 1, np.concatenate([batch.source_of] * copies), lengths),
        }
        if copies > 1:
            one, other = torch.log_softmax(scores, dim=-1).chunk(2)
            apart = (one.exp() - other.exp()) * (one - other)
            found["agree"] = apart.sum(dim=-1)[torch.from_numpy(batch.labels) != IGNORED].mean()
        if self.parses is not None and self.parse_heads is not None:
            parsed = collate_parses(group, self.parses, batch.ids.shape[1])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found["parse"] = self.parse_heads(
                    states[LAYER][: len(group)], torch.from_numpy(parsed), lengths[: len(group)]
                )
        return found

    def _hidden(self, ids: Integers) -> Tensor:
        """Return ``ids`` with a share of the pieces hidden behind [MASK]."""
        if self.options.mask:
            chosen = self.random.random(ids.shape, dtype=np.float32) < self.options.mask
            ids = np.where(chosen & (ids != 0) & (ids != self.first), self.mask, ids)
        return torch.from_numpy(ids)

    def _worth(self) -> Tensor:
        size = self.options.size
        rng = random.Random(f"{self.options.seed}/{self.total}")  # noqa: S311 (no secret)
        drawn = draw(self.debates, rng, DEBATE_ROWS, size)
        batch = collate_debates(self.debates, drawn, (self.first, self.last), size)
        surfaces, lengths = map(torch.from_numpy, (batch.surfaces, batch.lengths))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            _, _, worth = self.model(self._hidden(batch.ids), surfaces, lengths)
        return worth_loss(worth, batch)

    def _log(self, losses: dict[str, float]) -> None:
        row = {"epoch": self.epoch, "step": self.step, "minutes": round(self.elapsed / 60, 2)}
        row["progress"] = round(self._progress(), 4)
        row.update({name: round(value, 5) for name, value in losses.items()})
        with (self.options.out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")

    def _save(self, path: Path, weights_only: bool = False) -> None:
        state: dict[str, Any] = {
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
        }
        if not weights_only:
            if self.parse_heads is not None:
                state["parse_heads"] = self.parse_heads.state_dict()
            state["optimizer"] = self.optimizer.state_dict()
            state["at"] = (self.epoch, self.step, self.total, self.elapsed)
            state["random"] = torch.get_rng_state()
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(path)

    def _resume(self) -> None:
        path = self.options.out / "last.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        if self.parse_heads is not None:
            self.parse_heads.load_state_dict(state["parse_heads"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.step, self.total, self.elapsed = state["at"]
        torch.set_rng_state(state["random"])


def _link_loss(links: Tensor, kind: int, gold: Any, lengths: Tensor) -> Tensor:
    """Return the loss of pointing each linked piece at the first piece of its target."""
    target = torch.from_numpy(gold)
    rows, at = torch.nonzero(target != IGNORED, as_tuple=True)
    if not len(rows):
        return links.sum() * 0.0
    size = LINK_SIZE
    queries = links[:, :, 2 * kind * size : (2 * kind + 1) * size]
    keys = links[:, :, (2 * kind + 1) * size : (2 * kind + 2) * size]
    scores = torch.bmm(queries, keys.transpose(1, 2))[rows, at] / size**0.5
    outside = torch.arange(scores.shape[1])[None, :] >= (lengths - 1)[rows][:, None]
    scores = scores.masked_fill(outside, -1e4)
    return functional.cross_entropy(scores, target[rows, at])


if __name__ == "__main__":
    sys.exit(main())
