"""What the trained engine promises for any text, and what it says when its files are not whole."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from claims.extraction import ArticleExtraction, ModelUnavailable, QuoteKind, SpeakerKind, extract
from claims.extraction.neural import model
from tests.extraction.test_invariants import anything, check, prose

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = sorted((Path(__file__).parent / "articles").glob("*.txt"))


def read(text: str) -> ArticleExtraction:
    return extract(text, engine="model")


@given(prose)
@example("“a” said b, “c”\n“d")
@example('"A," he said. "B." "C," she said, "D."')
@settings(max_examples=150, deadline=None)
def test_any_mixture_of_marks_and_cues_keeps_the_offsets_true(text: str) -> None:
    check(read(text), text)


@given(anything)
@example("\ud800 said “\udfff” \x00")
@example("\u0130stanbul'da said \u0130 \u0130")
@settings(max_examples=150, deadline=None)
def test_any_unicode_string_gives_a_result(text: str) -> None:
    check(read(text), text)


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\x00", "\ud800", "word" * 2000])
def test_texts_without_words_give_a_result(text: str) -> None:
    check(read(text), text)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_reads_the_same_each_time(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = read(text)
    check(first, text)
    assert first.quotes
    assert read(text) == first


def test_a_long_text_is_read_in_parts_and_loses_nothing_between_them() -> None:
    article = ARTICLES[0].read_text(encoding="utf-8").strip()
    text = "\n\n".join([article] * (100_000 // len(article) + 1))
    found = read(text)
    check(found, text)
    alone = len(read(article).quotes) * text.count(article)
    # Neighbours in one window colour each other, so not every copy reads like the article alone.
    assert 0.9 * alone <= len(found.quotes) <= 1.1 * alone


def test_a_line_without_end_is_read() -> None:
    text = "He said that it works and " * 4000
    check(read(text), text)


def test_reported_speech_without_a_mark_is_found() -> None:
    text = "Ann Lee is the mayor. She insisted that the bridge would open in May."
    (quote,) = read(text).quotes
    assert quote.kind is QuoteKind.INDIRECT
    assert (quote.speaker.name, quote.speaker.kind) == ("Ann Lee", SpeakerKind.PERSON)
    assert "the bridge would open in May" in quote.text
    assert [span.text(text) for span in quote.cue] == ["insisted"]


def test_a_figure_makes_a_content_worth_checking() -> None:
    quotes = read(
        "The Taliban claimed to control 85% of the country. “We hope for the best,” Ann Lee said."
    ).quotes
    assert [quote.check_worthiness > 0.5 for quote in quotes] == [True, False]


@pytest.mark.parametrize(
    "figure",
    [
        "85% of the country",
        "20,000 square kilometres",
        "a third of the province",
        "$4 million in taxes",
        "hundreds of checkpoints",
    ],
)
def test_a_short_figure_is_not_pushed_down(figure: str) -> None:
    long = f"{figure} is in its hands after a month in which the army lost one town after another"
    short, whole = (
        read(f"The militia said that it held {content}.").quotes[0].check_worthiness
        for content in (figure, long)
    )
    assert short > 0.5
    assert short > whole - 0.25


def test_neither_torch_nor_django_is_imported() -> None:
    code = (
        "import sys; from claims.extraction import extract; extract('He said so.', engine='model');"
        "print([m for m in ('torch', 'django', 'onnx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60, check=True
    )
    assert done.stdout.strip() == b"[]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the model that a test may damage."""
    copy = tmp_path / "model"
    shutil.copytree(model.FOLDER, copy)
    return copy


def test_a_whole_model_passes_its_check(folder: Path) -> None:
    model.check(folder)


@pytest.mark.parametrize(
    "name", ["quotes.int8.onnx", "tokenizer.json", "checkworthiness.npz", "config.json"]
)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelUnavailable, match=name.replace(".", r"\.")):
        model.load(folder)


@pytest.mark.parametrize("name", ["quotes.int8.onnx", "tokenizer.json", "checkworthiness.npz"])
def test_a_damaged_file_is_named(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ModelUnavailable, match=f"{name} is damaged"):
        model.load(folder)


def test_a_config_that_is_no_json_is_named(folder: Path) -> None:
    (folder / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelUnavailable, match=r"config\.json cannot be read"):
        model.load(folder)


def test_a_model_of_another_version_is_refused(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["engine"] = "model-0"
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="is model-0; this code reads model-"):
        model.load(folder)


@pytest.mark.parametrize("threads", ["0", "many", "-1", "1000"])
def test_a_number_of_threads_that_is_none_is_refused(
    threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACTION_THREADS", threads)
    with pytest.raises(ModelUnavailable, match="EXTRACTION_THREADS"):
        read("He said so.")


def test_the_command_line_says_that_the_model_is_unavailable() -> None:
    code = (
        "import sys; from pathlib import Path; from claims.extraction.neural import model;"
        "model.load.__defaults__ = (Path('no-such-model'),);"
        "from claims.extraction.__main__ import main; sys.exit(main(['--engine', 'model']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=b"He said so.",
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"no-such-model" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # a surname that is a month stays
        ("Theresa May said that the plan would work.", "Theresa May"),
        ("Ann Lee on Monday said that the plan would work.", "Ann Lee"),
        ("Ann Lee last week said that the plan would work.", "Ann Lee"),
    ],
)
def test_the_day_is_no_part_of_the_speaker(text: str, speaker: str) -> None:
    (quote,) = read(text).quotes
    assert quote.speaker.name == speaker
