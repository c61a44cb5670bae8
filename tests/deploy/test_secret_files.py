"""NAME_FILE in place of NAME, for every kind of setting."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.env import Env


@pytest.fixture
def by_file(tmp_path, monkeypatch):
    """Put a content into a file and its path into NAME_FILE; a fresh cache for each test."""
    monkeypatch.setattr(Env.ENVIRON, "files_cache", {})

    def put(name: str, content: str) -> None:
        path = tmp_path / name.lower()
        path.write_text(content, encoding="utf-8")
        monkeypatch.setenv(f"{name}_FILE", str(path))

    return put


def test_every_reader_takes_its_value_from_the_file_without_the_closing_newline(by_file):
    env = Env()
    by_file("A_WORD", "postgres://desk:p%40ss@db:5432/desk\n")
    by_file("A_FLAG", "yes\n")
    by_file("A_NUMBER", "12\n")
    by_file("A_SHARE", "0.25\n")
    by_file("A_LIST", "one, two\n")
    assert env.str("A_WORD", default="") == "postgres://desk:p%40ss@db:5432/desk"
    assert env.flag("A_FLAG", default=False) is True
    assert env.whole("A_NUMBER", default=0) == 12
    assert env.share("A_SHARE", default=1.0) == 0.25
    assert env.names("A_LIST") == ["one", "two"]


def test_a_database_url_from_a_file_becomes_a_connection(by_file):
    by_file("DATABASE_URL", "postgres://desk:p%40ss@db:5432/desk\n")
    connection = Env().db_url_config(Env().str("DATABASE_URL", default=""))
    assert (connection["HOST"], connection["PORT"]) == ("db", 5432)
    assert (connection["USER"], connection["PASSWORD"]) == ("desk", "p@ss")
    assert connection["NAME"] == "desk"


def test_the_file_wins_over_the_plain_variable(by_file, monkeypatch):
    monkeypatch.setenv("A_WORD", "plain")
    by_file("A_WORD", "from the file")
    assert Env().str("A_WORD", default="") == "from the file"


@pytest.mark.parametrize("content", ["", "\n", "  \n"])
def test_an_empty_file_stops_the_start(by_file, content):
    by_file("DATABASE_URL", content)
    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_URL_FILE=.* is empty"):
        Env().str("DATABASE_URL", default="")


def test_a_missing_file_stops_the_start_with_its_name(monkeypatch):
    monkeypatch.setenv("A_WORD_FILE", "/nowhere/a_word")
    with pytest.raises(ImproperlyConfigured, match="A_WORD_FILE=/nowhere/a_word cannot be read"):
        Env().str("A_WORD", default="")
