"""An engine's scores on a gold file of attributions, as a row of the table in README.md.

    python -m benchmarks.polnear GOLD.jsonl[.gz] SCORER.py [--engine rules|model]
        [--bootstrap N]

GOLD and SCORER lie outside the repository (the shared data folder); the texts are not ours to
commit. Each article goes through the command line as a newsroom's would, then the scorer prints
its table, and the row of the table comes last. Exit status 1 if the engine or the scorer fails.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help='lines of {"id", "text", "attributions"}')
    parser.add_argument("scorer", type=Path, help="score_quotes.py")
    parser.add_argument("--engine", choices=["rules", "model"], default="model")
    parser.add_argument("--bootstrap", type=int, default=0, metavar="N", help="intervals")
    options = parser.parse_args()

    data = options.gold.read_bytes()
    if options.gold.suffix == ".gz":
        data = gzip.decompress(data)
    rows = [json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip()]
    given = "".join(json.dumps({"id": row["id"], "text": row["text"]}) + "\n" for row in rows)
    words = sum(len(row["text"].split()) for row in rows)

    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "claims.extraction", "--jsonl", "--engine", options.engine],
        input=given.encode(),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.stderr.write(done.stderr.decode(errors="replace"))
        return 1
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predicted.write_bytes(done.stdout)
        command = [sys.executable, str(options.scorer), str(options.gold), str(predicted)]
        if options.bootstrap:
            command += ["--bootstrap", str(options.bootstrap)]
        scored = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    print(scored.stdout)
    print(row(options.engine, scored.stdout))
    print(f"{len(rows)} articles, {words:,} words, {words / seconds:,.0f} words/s with start-up")
    return 1 if scored.returncode else 0


MEASURES = (
    "source exact",
    "cue exact",
    "content exact",
    "content chars",
    "relation",
    "quoted relation",
)


def row(name: str, table: str) -> str:
    """Return F1 in percent, with its interval, of the measures that the table compares."""
    cells = [_cell(table, measure) for measure in MEASURES]
    return f"| {name} | {' | '.join(cells)} |"


def _cell(table: str, measure: str) -> str:
    line = next(line for line in table.splitlines() if line.startswith(measure))
    figures = re.findall(r"\d\.\d+", line)
    shown = [f"{100 * float(figure):.1f}" for figure in figures]
    return f"{shown[2]} ({shown[3]}–{shown[4]})" if len(shown) > 4 else shown[2]


if __name__ == "__main__":
    sys.exit(main())
