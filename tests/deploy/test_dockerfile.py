"""The Dockerfile and .dockerignore, checked as far as can be without building."""

import json
import re
import shutil
import subprocess

import pytest

from tests.deploy.files import ROOT, compose, dockerfile, reaches_the_image

STAGES = dockerfile()
FINAL = STAGES[-1]


def copies() -> list[tuple[str, list[str]]]:
    """(stage or "", sources) of every COPY in the file."""
    found = []
    for stage in STAGES:
        for arguments in stage.all("COPY"):
            words = arguments.split()
            origin = "".join(word[7:] for word in words if word.startswith("--from="))
            found.append((origin, [word for word in words if not word.startswith("--")][:-1]))
    return found


def context_files() -> list[str]:
    """What git tracks or would: a fresh clone and the files about to join it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.splitlines()


def test_every_stage_has_a_slim_base_and_a_name():
    assert [stage.name for stage in STAGES] == ["builder", "runtime"]
    assert {stage.image for stage in STAGES} == {"python:3.11-slim"}


@pytest.mark.parametrize(("origin", "sources"), copies())
def test_what_is_copied_exists_where_it_is_copied_from(origin, sources):
    if origin:
        assert origin in [stage.name for stage in STAGES[:-1]]
        assert all(source in " ".join(STAGES[0].all("RUN")) for source in sources)
        return
    for source in sources:
        path = ROOT / source
        assert path.exists()
        inside = [source] if path.is_file() else [f"{source}/{f.name}" for f in path.glob("*.py")]
        assert any(reaches_the_image(name) for name in inside)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not on the path")
def test_the_code_reaches_the_image_whole():
    code = [name for name in context_files() if name.startswith(("claims/", "factcheck/"))]
    assert "claims/apps.py" in code
    assert [name for name in code if not reaches_the_image(name)] == []


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        ".git/config",
        "secrets/secret_key",
        "var/postgres/PG_VERSION",
        "deploy/desk.env",
        "tests/conftest.py",
        "claims/__pycache__/apps.cpython-311.pyc",
        ".venv/bin/python",
    ],
)
def test_secrets_and_what_is_not_run_stay_out_of_the_image(path):
    assert not reaches_the_image(path)


def test_requirements_are_installed_with_their_hashes_from_the_runtime_list():
    command = " ".join(STAGES[0].all("RUN"))
    assert "--require-hashes" in command
    assert "/build/runtime.txt" in command
    assert STAGES[0].all("COPY") == ["requirements/runtime.txt /build/runtime.txt"]


def test_the_container_does_not_run_as_root():
    user = FINAL.all("USER")[-1]
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    words = [each.word for each in FINAL.instructions]
    assert "RUN" not in words[words.index("USER") :]


def test_no_secret_is_left_in_the_image():
    for stage in STAGES:
        for arguments in stage.all("ENV") + stage.all("ARG") + stage.all("LABEL"):
            assert not re.search(r"SECRET|PASSWORD|TOKEN|DATABASE_URL", arguments)
    (collecting,) = [run for run in FINAL.all("RUN") if "collectstatic" in run]
    assert 'SECRET_KEY="$(' in collecting


def test_the_default_command_is_the_one_that_compose_runs_and_its_program_is_installed():
    command = json.loads(FINAL.all("CMD")[-1])
    assert command == compose()["services"]["web"]["command"]
    pinned = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    assert re.search(rf"^{command[0]}==", pinned, re.MULTILINE)
    assert reaches_the_image(command[command.index("--config") + 1])


def test_the_image_checks_its_own_health_as_compose_does():
    (check,) = FINAL.all("HEALTHCHECK")
    _, _, command = check.partition("CMD ")
    assert ["CMD", *json.loads(command)] == compose()["services"]["web"]["healthcheck"]["test"]


def test_the_folders_of_the_image_are_those_that_compose_expects():
    (variables,) = FINAL.all("ENV")
    expected = compose()["services"]["web"]["environment"]
    for name in ("VAR_DIR", "MEDIA_ROOT"):
        assert f"{name}={expected[name]}" in variables.split()
    assert compose()["services"]["web"]["volumes"] == [f"media:{expected['MEDIA_ROOT']}"]
