"""Training from data to model, on an invented corpus; skipped where torch is not installed."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="only training needs torch")
pytest.importorskip("onnxscript", reason="only training needs onnxscript")

from safetensors.torch import save_file  # noqa: E402

from claims.extraction.neural import model  # noqa: E402
from claims.extraction.neural.windows import read  # noqa: E402
from claims.extraction.training import checkworthiness, package, soup, train  # noqa: E402
from claims.extraction.training.data import label  # noqa: E402
from claims.extraction.training.debates import (  # noqa: E402
    collate_debates,
    draw,
    folds,
    read_debates,
    span_scores,
)
from claims.extraction.training.network import Shape, Tagger  # noqa: E402
from claims.extraction.training.readout import TorchEncoder  # noqa: E402
from claims.extraction.training.restore import exported_state  # noqa: E402

# torch and onnx warn of what is old in one another.
pytestmark = pytest.mark.filterwarnings("default")

SENTENCE = "Ann Lee said that the bridge would cost 4 million. "
SCORER = """
MEASURES = ("source exact", "cue exact", "content exact", "content chars", "relation",
            "quoted relation")
def iou(a, b): return float(a == b)
def count(gold, predicted): return {"quotes": len(predicted["quotes"])}
def scores(total, name): return 0.0, 0.0, 1.0
"""
SIZES = {
    "vocab_size": 30522, "hidden_size": 24, "num_hidden_layers": 4, "num_attention_heads": 2,
    "intermediate_size": 32, "max_position_embeddings": 512, "layer_norm_eps": 1e-12,
}  # fmt: skip


def write(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def article(number: int, sentences: int) -> dict[str, Any]:
    starts = range(0, sentences * len(SENTENCE), len(SENTENCE))
    found = [
        {"source": [[s, s + 7]], "cue": [[s + 8, s + 12]], "content": [[s + 13, s + 49]]}
        for s in starts
    ]
    return {"id": f"a{number}", "text": SENTENCE * sentences, "attributions": found}


def parse(row: dict[str, Any]) -> dict[str, Any]:
    words: list[list[Any]] = []
    at = 0
    for number, word in enumerate(row["text"].split()):
        words.append([at, at + len(word), "NN", "O", number, "dep" if number else "root"])
        at += len(word) + 1
    return {"id": row["id"], "sentences": [words]}


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an untrained encoder, 24 wide."""
    folder = tmp_path_factory.mktemp("encoder")
    (folder / "config.json").write_text(json.dumps(SIZES))
    shutil.copy(model.FOLDER / "tokenizer.json", folder)
    own = Tagger(Shape.read(folder)).state_dict()
    theirs = {
        "embeddings.token_type_embeddings.weight": torch.zeros(2, 24),
        "embeddings.word_embeddings.weight": own["words.weight"],
        "embeddings.position_embeddings.weight": own["positions.weight"],
        "embeddings.LayerNorm.weight": own["norm.weight"],
        "embeddings.LayerNorm.bias": own["norm.bias"],
    }
    names = {
        "attention.self.query": "query", "attention.self.key": "key",
        "attention.self.value": "value", "attention.output.dense": "mixed",
        "attention.output.LayerNorm": "mixed_norm", "intermediate.dense": "wide",
        "output.dense": "narrow", "output.LayerNorm": "narrow_norm",
    }  # fmt: skip
    for layer in range(4):
        for name, ours in names.items():
            for kind in ("weight", "bias"):
                value = own[f"layers.{layer}.{ours}.{kind}"]
                theirs[f"encoder.layer.{layer}.{name}.{kind}"] = value
    save_file({name: value.clone() for name, value in theirs.items()}, folder / "model.safetensors")
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of invented gold, parses and debates."""
    folder = tmp_path_factory.mktemp("data")
    rows = [article(number, 3 + number) for number in range(10)]
    write(folder / "train.jsonl.gz", rows)
    write(folder / "dev.jsonl.gz", rows[:5])
    write(folder / "syntax.jsonl.gz", [parse(row) for row in rows[1:]])
    texts = ["It cost 4 million dollars.", "We hope for the best.", "They have 20 ships."]
    debates = [{"id": n, "text": texts[n % 3], "label": int(n % 3 != 1)} for n in range(400)]
    write(folder / "debates.jsonl.gz", debates)
    (folder / "scorer.py").write_text(SCORER)
    return folder


@pytest.mark.timeout(900)  # a minute of work, more where others work too
def test_from_gold_to_a_model_that_loads(encoder: Path, data: Path, tmp_path: Path) -> None:
    common = ["--encoder", str(encoder), "--threads", "1"]
    dev = ["--dev", str(data / "dev.jsonl.gz"), "--scorer", str(data / "scorer.py")]
    debates = str(data / "debates.jsonl.gz")
    gold = [*common, "--train", str(data / "train.jsonl.gz"), "--epochs", "1"]
    start = tmp_path / "start"
    assert train.main([*gold, "--out", str(start), "--agree", "0.5"]) == 0
    # A finished run that is called again has nothing left to do.
    assert train.main([*gold, "--out", str(start), "--agree", "0.5"]) == 0
    branches = []
    for seed in ("2", "3"):
        branches.append(tmp_path / seed / "last.pt")
        branch = [*gold, "--out", str(branches[-1].parent), "--seed", seed, "--freeze"]
        branch += ["--start", str(start / "last.pt"), "--mask", "0.1", "--debates", debates]
        assert train.main([*branch, "--syntax", str(data / "syntax.jsonl.gz")]) == 0
    out = tmp_path / "model"
    out.mkdir()
    chosen = [part for path in branches for part in ("--branch", str(path))]
    cooked = tmp_path / "soup.pt"
    soup_options = [*common, *dev, *chosen, "--start", str(start / "last.pt")]
    assert soup.main([*soup_options, "--out", str(cooked)]) == 0
    words = str(out / package.WORTH_NAME)
    report = str(out / "checkworthiness.json")
    assert checkworthiness.main(["--train", debates, "--out", words, "--report", report]) == 0
    packaged = [*common, *dev, "--checkpoint", str(cooked), "--debates", debates]
    assert package.main([*packaged, "--out", str(out)]) == 0
    opened = model.load(out)
    assert 0.0 < opened.worth("They have 20 ships", 0.5) < 1.0
    assert json.loads(Path(report).read_text())["held_out"]["both"]["f1"] > 0.9

    # What was exported can be trained on: it reads as before, but for the rounding.
    network = Tagger(Shape.read(encoder))
    network.load_state_dict({**network.state_dict(), **exported_state(out / "quotes.int8.onnx")})
    pieces = label(article(0, 4), opened.tokenizer).pieces
    (as_exported,) = read(opened.encoder, [pieces])
    (as_restored,) = read(TorchEncoder(network, opened.tokenizer), [pieces])
    assert np.abs(as_exported.scores - as_restored.scores).max() < 0.15
    assert np.abs(as_exported.worth - as_restored.worth).max() < 0.15


def test_a_soup_is_the_mean_of_what_its_parts_share() -> None:
    one = {"a": torch.tensor([1.0, 2.0]), "b": torch.tensor([True])}
    other = {"a": torch.tensor([3.0, 6.0]), "b": torch.tensor([True]), "c": torch.tensor([1.0])}
    mean = soup.mean([one, other])
    assert mean["a"].tolist() == [2.0, 4.0]
    assert mean["b"].dtype == torch.bool
    assert mean["c"].tolist() == [1.0]


def test_a_file_of_another_make_is_no_start(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    empty = onnx.helper.make_graph([], "empty", [], [])
    onnx.save(onnx.helper.make_model(empty), str(tmp_path / "other.onnx"))
    with pytest.raises(ValueError, match="no embedding in eight bits"):
        exported_state(tmp_path / "other.onnx")


def test_a_fold_of_debates_stays_out_of_training(data: Path) -> None:
    tokenizer = train.open_tokenizer(model.FOLDER)
    runs = {out: read_debates(data / "debates.jsonl.gz", tokenizer, out) for out in (True, False)}
    assert sum(len(run.ranges) for run in runs[True]) == int((folds(400) == 0).sum()) == 80
    assert sum(len(run.ranges) for run in runs[False]) == 320


def test_a_window_of_debates_holds_whole_sentences(data: Path) -> None:
    import random

    tokenizer = train.open_tokenizer(model.FOLDER)
    runs = read_debates(data / "debates.jsonl.gz", tokenizer, held_out=False)
    drawn = draw(runs, random.Random(1), 4, 60)
    batch = collate_debates(runs, drawn, (101, 102), 60)
    assert batch.ids.shape[0] == 4
    assert batch.lengths.max() <= 62
    spans = [batch.ids[row, first:stop].tolist() for row, first, stop in batch.spans]
    whole = [tokenizer.encode(t, add_special_tokens=False).ids for t in ("We hope for the best.",)]
    assert whole[0] in spans
    assert len(batch.labels) == len(batch.weights) == len(spans)
    # Even weights make a span's score the mean of its pieces' scores.
    worth = torch.zeros(1, 4, 2)
    worth[0, :, 1] = torch.tensor([0.0, 1.0, 3.0, 9.0])
    assert span_scores(worth, [(0, 1, 3)]).tolist() == [2.0]
