"""Readers of the deployment's files: the compose file, the Dockerfile, .dockerignore."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]

VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


def compose_text() -> str:
    return (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def compose_variables() -> dict[str, str]:
    """The variables that the compose file reads, each with its default."""
    return dict(VARIABLE.findall(compose_text()))


def _filled(value: Any) -> Any:
    """The value with its variables at their defaults; as compose does it, after reading YAML."""
    if isinstance(value, dict):
        return {key: _filled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each) for each in value]
    if isinstance(value, str):
        return VARIABLE.sub(lambda found: found.group(2) or "", value)
    return value


def compose() -> dict[str, Any]:
    """The compose file with every variable at its default."""
    return _filled(yaml.safe_load(compose_text()))


@dataclass(frozen=True)
class Instruction:
    word: str
    arguments: str


@dataclass(frozen=True)
class Stage:
    image: str
    name: str
    instructions: tuple[Instruction, ...]

    def all(self, word: str) -> list[str]:
        """The arguments of every instruction of that kind, in order."""
        return [each.arguments for each in self.instructions if each.word == word]


def dockerfile() -> list[Stage]:
    """The stages of the Dockerfile, with build arguments at their defaults."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    lines = [line for line in re.sub(r"\\\n\s*", "", text).splitlines() if line.strip()]
    instructions = [Instruction(*line.split(maxsplit=1)) for line in lines]
    defaults: dict[str, str] = {}
    stages: list[Stage] = []
    body: list[Instruction] = []
    for each in instructions:
        if each.word == "FROM":
            image, _, name = each.arguments.partition(" AS ")
            body = []
            stages.append(
                Stage(VARIABLE.sub(lambda found: defaults[found.group(1)], image), name, ())
            )
        elif not stages:
            name, _, value = each.arguments.partition("=")
            defaults[name] = value
            continue
        else:
            body.append(each)
        stages[-1] = Stage(stages[-1].image, stages[-1].name, tuple(body))
    return stages


def _pattern(glob: str) -> re.Pattern[str]:
    """A .dockerignore pattern: ``*`` stays within a folder, ``**`` crosses them."""
    parts = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pieces = re.split(r"(\*\*/|/\*\*|\*\*|\*|\?)", glob.strip("/"))
    return re.compile("".join(parts.get(piece, re.escape(piece)) for piece in pieces))


def reaches_the_image(path: str) -> bool:
    """Whether .dockerignore lets a file, named from the root, into the build's context.

    As the builder reads it: the last line that fits the path or a folder above it decides.
    """
    parts = path.split("/")
    names = ["/".join(parts[: length + 1]) for length in range(len(parts))]
    ignored = False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        rule = line.strip()
        if not rule or rule.startswith("#"):
            continue
        pattern = _pattern(rule.removeprefix("!"))
        if any(pattern.fullmatch(name) for name in names):
            ignored = not rule.startswith("!")
    return not ignored
