"""The trained model on disk: found, checked against its checksums, and opened once a process."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from claims.extraction.neural import EXTRACTOR, ModelUnavailable
from claims.extraction.neural.attributions import Attribution, Options
from claims.extraction.neural.confidence import ConfidenceModel
from claims.extraction.neural.decode import transitions
from claims.extraction.neural.labels import LABELS
from claims.extraction.neural.linking import LinkOptions
from claims.extraction.neural.pieces import Integers, special_pieces
from claims.extraction.neural.windows import Floats
from claims.extraction.neural.worth import JointWorth, WorthModel

FOLDER = Path(__file__).resolve().parents[1] / "model"
CONFIG = "config.json"
THREADS = "EXTRACTION_THREADS"
DEFAULT_THREADS = 2
MAX_THREADS = 64


@dataclass(frozen=True, slots=True)
class Model:
    """An opened model with all that was tuned beside its weights."""

    tokenizer: Tokenizer
    encoder: OnnxEncoder
    options: Options
    worth: JointWorth
    confidence: ConfidenceModel
    least_confidence: float
    """What is less sure than this is dropped: on dev it is mostly wrong."""

    def sure(self, attribution: Attribution) -> float:
        """Return how likely an attribution is right; what the rules found, they judged."""
        if attribution.confidence is not None:
            return attribution.confidence
        return self.confidence(attribution.evidence)


class OnnxEncoder:
    """The network through onnxruntime; safe to call from several threads."""

    def __init__(self, path: Path, threads: int, first: int, last: int) -> None:
        """Open the network with a set number of threads."""
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = threads
        settings.inter_op_num_threads = 1
        settings.enable_cpu_mem_arena = False
        settings.log_severity_level = 3
        # Without VNNI, sums of eight-bit products overflow 16 bits, silently: a point of F1. This
        # widens them there, and changes nothing elsewhere.
        settings.add_session_config_entry("session.x64quantprecision", "1")
        self.session = onnxruntime.InferenceSession(
            str(path), settings, providers=["CPUExecutionProvider"]
        )
        self.first = first
        self.last = last

    def __call__(
        self, ids: Integers, surfaces: Integers, lengths: Integers
    ) -> tuple[Floats, Floats, Floats]:
        """Return log-probabilities of labels, link vectors, and worth."""
        given = {"ids": ids, "surfaces": surfaces, "lengths": lengths}
        scores, links, worth = self.session.run(["scores", "links", "worth"], given)
        return np.asarray(scores), np.asarray(links), np.asarray(worth)


_OPENING = threading.Lock()


def load(folder: Path = FOLDER) -> Model:
    """Return the model, opened at the first call of this process (ModelUnavailable)."""
    with _OPENING:
        return _load(folder, threads())


def threads() -> int:
    """Return how many threads the network may use: EXTRACTION_THREADS, else two at most."""
    given = os.environ.get(THREADS, "").strip()
    if not given:
        return min(DEFAULT_THREADS, os.cpu_count() or 1)
    if not given.isdecimal() or not 1 <= int(given) <= MAX_THREADS:
        raise ModelUnavailable(f"{THREADS}={given!r} is not a number from 1 to {MAX_THREADS}.")
    return int(given)


def check(folder: Path = FOLDER) -> None:
    """Raise ModelUnavailable unless every file of the model is there and whole."""
    _config(folder)


@cache
def _load(folder: Path, thread_count: int) -> Model:
    config = _config(folder)
    try:
        tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        special = special_pieces(tokenizer)
        encoder = OnnxEncoder(folder / "quotes.int8.onnx", thread_count, *special)
        decode = config["decode"]
        learned = np.array(decode["transitions"], np.float32) if decode["transitions"] else None
        with np.load(folder / "checkworthiness.npz", allow_pickle=False) as stored:
            words = WorthModel(stored["weights"].astype(np.float32), float(stored["bias"]))
        return Model(
            tokenizer=tokenizer,
            encoder=encoder,
            options=Options(
                matrix=transitions(float(decode["penalty"]), learned, float(decode["outside"])),
                links=LinkOptions(**config["links"]),
                snap=int(decode["snap"]),
                join=int(decode["join"]),
            ),
            worth=JointWorth(words, **config["worth"]),
            confidence=ConfidenceModel.from_json(config["confidence"]),
            least_confidence=float(config["least_confidence"]),
        )
    # What a library says of a file that is whole but wrong differs by library and version.
    except Exception as error:
        raise ModelUnavailable(
            f"The extraction model in {folder} cannot be opened: {error}"
        ) from error


def _config(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG
    try:
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files: dict[str, str] = config["files"]
        name, labels = config["engine"], config["labels"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable(f"The extraction model's {path} cannot be read: {error}") from error
    if name != EXTRACTOR or labels != list(LABELS):
        raise ModelUnavailable(
            f"The extraction model in {folder} is {name}; this code reads {EXTRACTOR}."
        )
    for file, expected in files.items():
        try:
            with (folder / file).open("rb") as stream:
                actual = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise ModelUnavailable(
                f"The extraction model's {folder / file} cannot be read: {error.strerror}"
            ) from error
        if actual != expected:
            raise ModelUnavailable(
                f"The extraction model's {folder / file} is damaged: its SHA-256 is {actual}, "
                f"not {expected}. Restore it from the repository."
            )
    return config
