"""Average the weights of branches: ``python -m claims.extraction.training.soup``.

Branches that were trained from one start lie in one basin, where the mean of their weights does
what an ensemble does at the price of one (Wortsman et al. 2022, "Model soups"). Each branch,
their mean, and their mean with the start are scored on dev; the best is written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor

from claims.extraction.neural.attributions import Options
from claims.extraction.neural.decode import transitions
from claims.extraction.neural.linking import LinkOptions
from claims.extraction.training.data import label, read_rows
from claims.extraction.training.network import Shape, Tagger
from claims.extraction.training.readout import TorchEncoder, read_all, start_state
from claims.extraction.training.search import MEASURES, load_scorer, objective, predict, score
from claims.extraction.training.train import open_tokenizer

State = Mapping[str, Tensor]


def main(arguments: list[str] | None = None) -> int:
    """Print the scores of each candidate; write the best as a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--branch", type=Path, action="append", required=True, help="checkpoint")
    parser.add_argument("--start", type=Path, help="what the branches began as")
    parser.add_argument("--dev", type=Path, required=True, help="gold: dev.jsonl.gz")
    parser.add_argument("--scorer", type=Path, required=True, help="score_quotes.py")
    parser.add_argument("--out", type=Path, required=True, help="the checkpoint to write")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    tokenizer = open_tokenizer(options.encoder)
    gold = list(read_rows(options.dev))
    articles = [label(row, tokenizer) for row in gold]
    scorer = load_scorer(options.scorer)
    best: State = {}
    top = -1.0
    for name, state in candidates(options.branch, options.start).items():
        network = Tagger(Shape.read(options.encoder))
        network.load_state_dict({**network.state_dict(), **state})
        readings = read_all(TorchEncoder(network, tokenizer), articles)
        learned = network.crf.scores.detach().numpy()
        decode = Options(transitions(0.0, learned, 0.4), LinkOptions(pull=8.0), join=0)
        scores = score(scorer, gold, predict(articles, readings, decode))
        total = objective(scores)
        print(name, {m: scores[m] for m in MEASURES}, round(total, 2), flush=True)
        if total > top:
            best, top = state, total
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": dict(best)}, options.out)
    return 0


def candidates(branches: Sequence[Path], start: Path | None) -> dict[str, State]:
    """Return the weights of each branch, of their mean, and of their mean with the start."""
    states = [start_state(path) for path in branches]
    found: dict[str, State] = {
        str(path): state for path, state in zip(branches, states, strict=True)
    }
    if len(states) > 1:
        found["mean of the branches"] = mean(states)
    if start is not None:
        found["mean with the start"] = mean([*states, start_state(start)])
    return found


def mean(states: Sequence[State]) -> State:
    """Return the mean of the weights that all states hold; what only some hold is theirs."""
    names = dict.fromkeys(name for state in states for name in state)
    averaged = {}
    for name in names:
        values = [state[name] for state in states if name in state]
        if values[0].is_floating_point():
            averaged[name] = torch.stack(values).mean(dim=0)
        else:
            averaged[name] = values[0]
    return averaged


if __name__ == "__main__":
    sys.exit(main())
