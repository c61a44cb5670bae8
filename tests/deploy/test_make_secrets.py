"""tools/make_secrets.py: complete, readable by the containers, and never twice."""

import os
import shutil
import stat
import subprocess
import sys

import pytest

from tests.deploy.files import ROOT, compose

NAMES = {"secret_key", "postgres_password", "database_url"}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "secrets"


def make(folder, umask: int = 0o022) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "make_secrets.py", folder],
        capture_output=True,
        text=True,
        check=False,
        umask=umask,
    )


def contents(folder) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_it_writes_every_secret_that_the_compose_file_names(folder):
    assert make(folder).returncode == 0
    assert set(contents(folder)) == NAMES
    assert {name: f"./secrets/{name}" for name in contents(folder)} == {
        name: secret["file"] for name, secret in compose()["secrets"].items()
    }


def test_the_values_fit_each_other_and_the_settings(folder, settings):
    make(folder)
    values = {name: value.strip() for name, value in contents(folder).items()}
    database = compose()["services"]["db"]["environment"]
    assert len(values["secret_key"]) >= settings.SECRET_KEY_MIN_LENGTH
    assert values["database_url"] == (
        f"postgres://{database['POSTGRES_USER']}:{values['postgres_password']}"
        f"@db:5432/{database['POSTGRES_DB']}"
    )


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o000])
def test_on_this_machine_the_folder_is_closed_and_in_a_container_the_files_are_open(folder, umask):
    make(folder, umask)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o444}


def test_a_second_call_changes_nothing(folder):
    make(folder)
    before = contents(folder)
    again = make(folder)
    assert again.returncode == 0
    assert contents(folder) == before
    assert again.stdout.count("kept") == len(NAMES)


def test_the_password_that_is_there_goes_into_the_address(folder):
    folder.mkdir()
    (folder / "postgres_password").write_text("chosen-by-hand\n")
    make(folder)
    assert ":chosen-by-hand@" in contents(folder)["database_url"]


def test_an_address_without_its_password_is_refused_and_nothing_made_up(folder):
    folder.mkdir()
    (folder / "database_url").write_text("postgres://factcheck:old@db:5432/factcheck\n")
    result = make(folder)
    assert result.returncode == 1
    assert "postgres_password" in result.stderr
    assert set(contents(folder)) == {"database_url"}


def test_an_empty_secret_is_refused(folder):
    folder.mkdir()
    (folder / "secret_key").touch()
    result = make(folder)
    assert result.returncode == 1
    assert "is empty" in result.stderr


def test_no_secret_is_printed(folder):
    result = make(folder)
    assert not any(value.strip() in result.stdout for value in contents(folder).values())


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not on the path")
def test_git_ignores_the_folder():
    command = ["git", "check-ignore", "--quiet", os.path.join("secrets", "secret_key")]  # noqa: PTH118
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
