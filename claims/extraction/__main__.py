"""Command line: ``python -m claims.extraction [--engine rules|model] [--jsonl] [FILE]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from claims.extraction import ENGINES, ModelUnavailable, Quote, Span, extract, extractor

_DESCRIPTION = """\
Print who said what in an article, as JSON.

Reads a text from FILE or from standard input (UTF-8) and prints one object
{"quotes": [...]}. A quote has content, cue and source (lists of [start, end)
offsets in code points of the text as read, quotation marks included), kind
(direct, mixed, indirect), speaker (the name as resolved in the article, or
null), candidates, speaker_kind, role, confidence, check_worthiness and text.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0, 1 if a line of JSON was bad, 2 if FILE or model cannot be read."""
    try:
        default = extractor()
    except ValueError as error:
        print(f"python -m claims.extraction: {error}", file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(
        prog="python -m claims.extraction",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="the text; standard input if absent"
    )
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='read lines {"id", "text"} and write lines {"id", "quotes"}, in order, as they come; '
        "a bad line is reported on standard error and makes the exit status 1",
    )
    parser.add_argument(
        "--engine",
        choices=list(ENGINES),
        help="who reads: the rules, or the trained model; without it the setting EXTRACTION_ENGINE "
        f"decides (now {default})",
    )
    parser.add_argument("--version", action="version", version=default)
    options = parser.parse_args(arguments)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    try:
        return _run(options.file, options.jsonl, options.engine)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except ModelUnavailable as error:
        print(f"python -m claims.extraction: {error}", file=sys.stderr)
        return 2


def _run(path: str | None, jsonl: bool, engine: str | None) -> int:
    # A line of JSON with broken bytes must not end the lines behind it, so it is read and refused.
    errors = "surrogateescape" if jsonl else "strict"
    try:
        if path is None:
            sys.stdin.reconfigure(  # type: ignore[union-attr]
                encoding="utf-8", newline="", errors=errors
            )
            return _process(sys.stdin, jsonl, engine)
        with Path(path).open(encoding="utf-8", newline="", errors=errors) as stream:
            return _process(stream, jsonl, engine)
    except BrokenPipeError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        name = "standard input" if path is None else path
        print(f"python -m claims.extraction: cannot read {name}: {reason}", file=sys.stderr)
        return 2


def _process(stream: TextIO, jsonl: bool, engine: str | None) -> int:
    if jsonl:
        return _lines(stream, engine)
    print(json.dumps({"quotes": _quotes(stream.read(), engine)}))
    return 0


def _lines(stream: Iterable[str], engine: str | None) -> int:
    status = 0
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            line.encode("utf-8")
            row = json.loads(line.removeprefix("\ufeff"))
            identifier, text = row["id"], row["text"]
            if not isinstance(text, str):
                raise TypeError
        except UnicodeEncodeError:
            problem = "not UTF-8 text"
        except json.JSONDecodeError as error:
            problem = f"not JSON: {error.msg}"
        except (ValueError, RecursionError) as error:
            problem = f"not JSON that can be read: {error}"
        except (KeyError, TypeError):
            problem = 'not an object with "id" and a string "text"'
        else:
            print(json.dumps({"id": identifier, "quotes": _quotes(text, engine)}), flush=True)
            continue
        print(f"line {number}: {problem}", file=sys.stderr)
        status = 1
    return status


def _quotes(text: str, engine: str | None) -> list[dict[str, Any]]:
    return [_as_json(quote) for quote in extract(text, engine=engine).quotes]


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
