"""Does it pay to put windows of several articles into one batch of the network?

    python -m benchmarks.extraction_batching [--articles 24] [--rounds 3]

Prints the word pieces a second of processor time (other work on the machine counts less there
than on the clock), one article at a time and several together, and by how much the scores of an
article depend on its neighbours: in eight bits all windows of a batch share one scale.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

from claims.extraction.marks import quoted_regions
from claims.extraction.neural.model import load
from claims.extraction.neural.pieces import read_pieces
from claims.extraction.neural.windows import read
from claims.ingest import read_file

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3, help="the fastest counts (3)")
    options = parser.parse_args()
    model = load()
    pages = sorted((ROOT / "claims" / "demo" / "articles").glob("*.html"))
    whole = [read_file(path).text for path in pages]
    articles = [whole[k % len(whole)] for k in range(options.articles)]
    for name, texts in (("whole articles", articles), ("first 600 characters", short(articles))):
        pieces = [read_pieces(model.tokenizer, text, quoted_regions(text)) for text in texts]
        count = sum(map(len, pieces))
        alone = None
        for together in (1, 8):
            best = float("inf")
            for _ in range(options.rounds):
                start = time.process_time()
                readings = []
                for at in range(0, len(pieces), together):
                    readings += read(model.encoder, pieces[at : at + together])
                best = min(best, time.process_time() - start)
            scores = [reading.scores for reading in readings]
            alone = alone or scores
            apart = max(float(np.abs(a - b).max()) for a, b in zip(alone, scores, strict=True))
            print(
                f"{name:<22}{together:>3} together{count / best:>10,.0f} pieces/s of processor time"
                f"   scores differ by {apart:.2f} at most"
            )
    return 0


def short(texts: list[str]) -> list[str]:
    return [text[:600] for text in texts]


if __name__ == "__main__":
    sys.exit(main())
