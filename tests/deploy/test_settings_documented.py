"""docs/settings.md names what the code reads, with the default that the code has."""

import ast
import re

import pytest

from claims.extraction.choice import SETTING as ENGINE
from claims.extraction.neural.model import THREADS
from tests.deploy.files import ROOT, compose, compose_variables

READERS = {"str", "flag", "whole", "share", "names", "networks", "durations", "rate"}
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| .+ \|$", re.MULTILINE)

PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
SETTINGS_PART, CONTAINERS_PART = PAGE.split("## Containers")
DOCUMENTED = dict(ROW.findall(SETTINGS_PART))
DOCUMENTED_CONTAINERS = dict(ROW.findall(CONTAINERS_PART))


def read_by_settings() -> dict[str, ast.expr | None]:
    """Each variable that factcheck/settings.py reads through Env, with its default."""
    tree = ast.parse((ROOT / "factcheck" / "settings.py").read_text(encoding="utf-8"))
    found: dict[str, ast.expr | None] = {}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "env"
            and node.func.attr in READERS
        ):
            default = next((word.value for word in node.keywords if word.arg == "default"), None)
            found[ast.literal_eval(node.args[0])] = default
    return found


READ = read_by_settings()


def plain_default(node: ast.expr | None) -> str | None:
    """The default as text, where it is a number, a word or a product of numbers."""
    constants = (ast.Constant, ast.BinOp, ast.operator)
    if node is None or not all(isinstance(part, constants) for part in ast.walk(node)):
        return None
    code = compile(ast.Expression(node), "settings", "eval")
    return str(eval(code, {"__builtins__": {}})) or None


def read_by_deploy() -> set[str]:
    """What the compose file and the scripts of the containers read by themselves."""
    scripts = "".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "deploy").glob("*.py"))
    )
    return compose_variables().keys() | set(re.findall(r'environ\.get\("(\w+)"', scripts))


def test_every_setting_is_documented_and_nothing_else():
    # The extractor runs without Django, so it reads these two itself.
    assert set(DOCUMENTED) == {*READ, ENGINE, THREADS}


@pytest.mark.parametrize("name", [name for name, node in READ.items() if plain_default(node)])
def test_the_documented_default_is_the_one_in_the_code(name):
    assert DOCUMENTED[name] == f"`{plain_default(READ[name])}`"


def test_every_variable_of_the_containers_is_documented_and_nothing_else():
    assert set(DOCUMENTED_CONTAINERS) == read_by_deploy() - set(READ)


@pytest.mark.parametrize("name", sorted(set(DOCUMENTED_CONTAINERS) & set(compose_variables())))
def test_the_documented_default_is_the_one_in_the_compose_file(name):
    assert DOCUMENTED_CONTAINERS[name] == f"`{compose_variables()[name]}`"


def test_compose_sets_no_variable_that_nothing_reads():
    known = set(READ) | set(DOCUMENTED_CONTAINERS)
    for name in ("migrate", "web", "worker", "beat"):
        given = compose()["services"][name]["environment"]
        assert {variable.removesuffix("_FILE") for variable in given} <= known
