"""Command line: ``python -m claims.extraction [--engine ...] [--desk] [--jsonl] [FILE ...]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from claims.extraction import (
    ENGINES,
    ArticleExtraction,
    ModelUnavailable,
    Quote,
    Span,
    TextTooLong,
    extract_many,
    extractor,
    offer,
)
from claims.extraction.options import TextLimits, min_confidence, text_limits

PROGRAM = "python -m claims.extraction"

_DESCRIPTION = """\
Print who said what in an article, as JSON.

Reads a text from FILE or from standard input (UTF-8) and prints one object
{"quotes": [...]}; of several FILEs a line {"id": FILE, "quotes": [...]} each. A
quote has content, cue and source (lists of [start, end) offsets in code points
of the text as read, quotation marks included), kind (direct, mixed, indirect),
speaker (the name as resolved in the article, or null), candidates,
speaker_kind, role, confidence, check_worthiness and text.
"""

Quotes = list[dict[str, Any]]
Reader = Callable[[Iterable[str]], Iterator[Quotes]]


def main(arguments: list[str] | None = None) -> int:
    """Run the command.

    Return 0; 1 if a line of JSON was bad or one of several texts could not be read; 2 if the
    only text, the model or a setting could not, or the text is too long.
    """
    try:
        default, limits, least = extractor(), text_limits(), min_confidence()
    except ValueError as error:
        return _complain(str(error))
    options = _parser(default, limits, least).parse_args(arguments)
    if options.jsonl and len(options.file) > 1:
        return _complain("--jsonl reads one FILE")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]

    def read(texts: Iterable[str]) -> Iterator[Quotes]:
        found = extract_many(_checked(texts, limits), engine=options.engine)
        return map(desk if options.desk else _all, found)

    def desk(extraction: ArticleExtraction) -> Quotes:
        return _all(offer(extraction, least_confidence=least).extraction)

    try:
        if len(options.file) > 1:
            return _files(options.file, read)
        return _run(next(iter(options.file), None), options.jsonl, read)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except (ModelUnavailable, TextTooLong) as error:
        return _complain(str(error))


def _parser(default: str, limits: TextLimits, least: float) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"A text of more than {limits.characters:,} characters or {limits.words:,} words and"
        " marks (the settings EXTRACTION_MAX_CHARACTERS, EXTRACTION_MAX_WORDS) is refused.",
    )
    parser.add_argument(
        "file", nargs="*", metavar="FILE", help="the texts; standard input if absent"
    )
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='read lines {"id", "text"} and write lines {"id", "quotes"}, in order, as they come; '
        "a bad line is reported on standard error and makes the exit status 1",
    )
    parser.add_argument(
        "--desk",
        action="store_true",
        help="print what the desk is offered instead of all attributions: each utterance a quote "
        "of its own, statements only, no quote less sure than the setting "
        f"EXTRACTION_MIN_CONFIDENCE (now {least})",
    )
    parser.add_argument(
        "--engine",
        choices=list(ENGINES),
        help="who reads: the rules, or the trained model; without it the setting EXTRACTION_ENGINE "
        f"decides (now {default})",
    )
    parser.add_argument("--version", action="version", version=default)
    return parser


def _complain(problem: str) -> int:
    print(f"{PROGRAM}: {problem}", file=sys.stderr)
    return 2


def _checked(texts: Iterable[str], limits: TextLimits) -> Iterator[str]:
    for text in texts:
        limits.check(text)
        yield text


def _files(paths: Sequence[str], read: Reader) -> int:
    """Print a line a file, in order; one that cannot be read loses no other."""
    status = 0
    for path in paths:
        try:
            with Path(path).open(encoding="utf-8", newline="") as stream:
                (quotes,) = read([stream.read()])
        except BrokenPipeError:
            raise
        except (OSError, UnicodeDecodeError, TextTooLong) as error:
            print(f"{PROGRAM}: cannot read {path}: {_reason(error)}", file=sys.stderr)
            status = 1
        else:
            print(json.dumps({"id": path, "quotes": quotes}), flush=True)
    return status


def _run(path: str | None, jsonl: bool, read: Reader) -> int:
    # A line of JSON with broken bytes must not end the lines behind it, so it is read and refused.
    errors = "surrogateescape" if jsonl else "strict"
    try:
        if path is None:
            sys.stdin.reconfigure(  # type: ignore[union-attr]
                encoding="utf-8", newline="", errors=errors
            )
            return _process(sys.stdin, jsonl, read)
        with Path(path).open(encoding="utf-8", newline="", errors=errors) as stream:
            return _process(stream, jsonl, read)
    except BrokenPipeError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        name = "standard input" if path is None else path
        return _complain(f"cannot read {name}: {_reason(error)}")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)


def _process(stream: TextIO, jsonl: bool, read: Reader) -> int:
    if jsonl:
        return _lines(stream, read)
    (quotes,) = read([stream.read()])
    print(json.dumps({"quotes": quotes}))
    return 0


def _lines(stream: Iterable[str], read: Reader) -> int:
    status = 0
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            identifier, text = _row(line)
            (quotes,) = read([text])
        except (BadLine, TextTooLong) as problem:
            print(f"line {number}: {problem}", file=sys.stderr)
            status = 1
        else:
            print(json.dumps({"id": identifier, "quotes": quotes}), flush=True)
    return status


class BadLine(Exception):
    """A line that is no article; the message says why."""


def _row(line: str) -> tuple[Any, str]:
    """Return id and text of a line of JSON (BadLine)."""
    try:
        line.encode("utf-8")
        row = json.loads(line.removeprefix("\ufeff"))
        identifier, text = row["id"], row["text"]
    except UnicodeEncodeError:
        raise BadLine("not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON that can be read: {error}") from None
    except (KeyError, TypeError):
        raise BadLine(_NO_ROW) from None
    if not isinstance(text, str):
        raise BadLine(_NO_ROW)
    return identifier, text


_NO_ROW = 'not an object with "id" and a string "text"'


def _all(extraction: ArticleExtraction) -> Quotes:
    return [_as_json(quote) for quote in extraction.quotes]


def _as_json(quote: Quote) -> dict[str, Any]:
    return {
        "content": _offsets(quote.content),
        "cue": _offsets(quote.cue),
        "source": _offsets(quote.source),
        "kind": str(quote.kind),
        "speaker": quote.speaker.name,
        "speaker_kind": str(quote.speaker.kind),
        "role": quote.speaker.role,
        "candidates": list(quote.speaker.candidates),
        "confidence": quote.confidence,
        "check_worthiness": quote.check_worthiness,
        "text": quote.text,
    }


def _offsets(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


if __name__ == "__main__":
    sys.exit(main())
