"""Tune and write the committed model: ``python -m claims.extraction.training.package``.

Exports a checkpoint to int8, reads dev through the exported network, searches how its scores
become attributions, calibrates confidence, and writes config.json with the checksums.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from claims.extraction.assembly import assemble
from claims.extraction.neural import EXTRACTOR
from claims.extraction.neural.attributions import Attribution, Options
from claims.extraction.neural.decode import transitions
from claims.extraction.neural.labels import LABELS
from claims.extraction.neural.linking import LinkOptions
from claims.extraction.neural.model import OnnxEncoder
from claims.extraction.neural.overlaps import Overlaps
from claims.extraction.neural.pieces import special_pieces
from claims.extraction.neural.union import of_rules
from claims.extraction.neural.windows import Floats, Reading, read
from claims.extraction.tokens import sentences
from claims.extraction.training.calibrate import agreement, calibrated
from claims.extraction.training.data import Article, label, read_rows
from claims.extraction.training.export import ONNX_NAME, TOKENIZER_NAME, export, strip_tokenizer
from claims.extraction.training.readout import load_network
from claims.extraction.training.search import (
    MEASURES,
    load_scorer,
    objective,
    predict,
    regions,
    score,
)
from claims.extraction.training.train import open_tokenizer
from claims.extraction.training.worthiness import joined, refit

WORTH_NAME = "checkworthiness.npz"


def main(arguments: list[str] | None = None) -> int:
    """Write quotes.int8.onnx, tokenizer.json and config.json; print the scores on dev."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--weights", choices=["model", "average"], default="model")
    parser.add_argument("--dev", type=Path, required=True, help="gold: dev.jsonl.gz")
    parser.add_argument("--debates", type=Path, required=True, help="train.jsonl.gz of claims")
    parser.add_argument("--scorer", type=Path, required=True, help="score_quotes.py")
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--decode", type=Path, help="a config.json to decode as, not to search")
    parser.add_argument("--least", type=float, default=0.0, help="confidence below which to drop")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    network = load_network(options.encoder, options.checkpoint, options.weights)
    tokenizer = open_tokenizer(options.encoder)
    refit(network, options.debates, tokenizer)
    learned = network.crf.scores.detach().numpy()
    export(network, options.out / ONNX_NAME)
    strip_tokenizer(options.encoder / "tokenizer.json", options.out / TOKENIZER_NAME)
    gold = list(read_rows(options.dev))
    articles = [label(row, tokenizer) for row in gold]
    special = special_pieces(tokenizer)
    encoder = OnnxEncoder(options.out / ONNX_NAME, options.threads, *special)
    readings = [read(encoder, [a.pieces])[0] for a in tqdm(articles, desc="dev", mininterval=20)]
    scorer = load_scorer(options.scorer)
    if options.decode:
        best = Setting.read(options.decode)
    else:
        best = search(scorer, gold, articles, readings, learned)
    found = united(articles, predict(articles, readings, best.options()))
    by_model = [[a for a in quotes if a.confidence is None] for quotes in found]
    confidence, error = calibrated(
        [[a.evidence for a in quotes] for quotes in by_model],
        [agreement(scorer, row, quotes) for row, quotes in zip(gold, by_model, strict=True)],
    )
    kept = [
        [a for a in q if a.confidence is not None or confidence(a.evidence) >= options.least]
        for q in found
    ]
    worth, measured = joined(options.debates, encoder, tokenizer)
    report = options.out / "checkworthiness.json"
    known = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    report.write_text(json.dumps({**known, "held_out": measured}, indent=1) + "\n", "utf-8")
    config = {
        "engine": EXTRACTOR,
        "labels": list(LABELS),
        "decode": best.as_json(),
        "links": {"nobody": best.nobody, "pull": best.pull, "even": best.even},
        "worth": worth,
        "confidence": {"weights": confidence.weights, "bias": confidence.bias},
        "least_confidence": options.least,
        "dev": {**score(scorer, gold, kept), "confidence_calibration_error": round(error, 4)},
        "files": {
            name: digest(options.out / name) for name in (ONNX_NAME, TOKENIZER_NAME, WORTH_NAME)
        },
    }
    text = json.dumps(config, indent=1) + "\n"
    (options.out / "config.json").write_text(text, encoding="utf-8")
    print(json.dumps(config["dev"], indent=1))
    return 0


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def united(
    articles: Sequence[Article], found: Sequence[Sequence[Attribution]]
) -> list[list[Attribution]]:
    """Return attributions with the rules' quotations that touch none of them.

    The engine does more (``neural/union.py``), by a confidence that is not known yet.
    """
    whole = []
    for article, quotes in zip(articles, found, strict=True):
        marked = regions(article)
        _, by_rules = assemble(sentences(article.text, marked))
        taken = Overlaps([attribution.content for attribution in quotes])
        quoted = [rule for rule in by_rules if rule.marks and rule.content]
        added = [of_rules(rule) for rule in quoted if not taken.at(rule.content)]
        whole.append(sorted([*quotes, *added], key=lambda attribution: attribution.content[0]))
    return whole


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """One way to decode."""

    learned: Floats | None
    penalty: float = 0.0
    outside: float = 0.0
    nobody: float = 0.0
    pull: float = 0.0
    even: float = 0.3
    snap: int = 0
    join: int = 0

    @classmethod
    def read(cls, path: Path) -> Setting:
        """Return the setting that a config.json holds."""
        config = json.loads(path.read_text(encoding="utf-8"))
        decode = dict(config["decode"])
        learned = decode.pop("transitions")
        return cls(
            learned=None if learned is None else np.array(learned, np.float32),
            **decode,
            **config["links"],
        )

    def options(self) -> Options:
        """Return it as the engine takes it."""
        return Options(
            matrix=transitions(self.penalty, self.learned, self.outside),
            links=LinkOptions(self.nobody, self.pull, self.even),
            snap=self.snap,
            join=self.join,
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as config.json keeps it."""
        learned = None if self.learned is None else np.round(self.learned, 4).tolist()
        return {
            "penalty": self.penalty,
            "outside": self.outside,
            "transitions": learned,
            "snap": self.snap,
            "join": self.join,
        }


def search(
    scorer: Any,
    gold: Sequence[dict[str, Any]],
    articles: Sequence[Article],
    readings: Sequence[Reading],
    learned: Floats,
) -> Setting:
    """Return the best setting by the sum of what issue 3 measures, one group at a time."""
    best, top = Setting(None), -1.0
    for group in GROUPS:
        base = best
        for change in group:
            known = {**change, "learned": learned} if change.get("learned") else change
            setting = dataclasses.replace(base, **known)
            scores = score(scorer, gold, predict(articles, readings, setting.options()))
            total = objective(scores)
            print(change, {name: scores[name] for name in MEASURES}, round(total, 2), flush=True)
            if total > top:
                best, top = setting, total
    return best


GROUPS: tuple[tuple[dict[str, Any], ...], ...] = (
    ({"penalty": 0.0}, {"learned": True, "penalty": 0.0}),
    ({"outside": 0.2}, {"outside": 0.4}, {"outside": 0.6}, {"outside": 0.8}),
    ({"pull": 4.0}, {"pull": 8.0}, {"pull": 12.0}),
    ({"outside": 0.2}, {"outside": 0.4}, {"outside": 0.6}),
    ({"even": 0.2}, {"even": 0.4}),
    ({"nobody": -0.5}, {"nobody": 0.5}),
    ({"snap": 3},),
)
"""What is tried, one group after the other, each on top of the best of those before."""


if __name__ == "__main__":
    sys.exit(main())
