"""Settings stop the start with a sentence on a value that cannot be right."""

import json

import pytest

from tests.processes import SECRET_KEY, run_python

# Loads the settings once for each environment of the list in its argument, each in a
# fork of one warm process, and prints what became of it.
LOAD = """
import json, os, sys
import django.templatetags.static, factcheck.env, factcheck.logs, pghistory, pgtrigger
for environment in json.loads(sys.argv[1]):
    if not os.fork():
        os.environ.clear()
        os.environ.update(environment)
        try:
            import factcheck.settings as loaded
            outcome = {name: value for name, value in vars(loaded).items() if name.isupper()}
        except Exception as refusal:
            outcome = {type(refusal).__name__: str(refusal)}
        line = json.dumps(outcome, default=lambda value: type(value).__name__)
        os.write(1, f"{line}\\n".encode())
        os._exit(0)
    os.wait()
"""
PRODUCTION = {
    "SECRET_KEY": SECRET_KEY,
    "ALLOWED_HOSTS": "desk.example.org",
    "FETCH_CONTACT": "https://desk.example.org/crawler",
}


def load(*environments):
    """For each environment the settings, or {"ImproperlyConfigured": its sentence}."""
    chosen = [
        {name: value for name, value in ({"ENV_FILE": ""} | each).items() if value is not None}
        for each in environments
    ]
    result = run_python("-c", LOAD, json.dumps(chosen))
    assert result.returncode == 0, result.stderr
    outcomes = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(outcomes) == len(environments), result.stderr
    return outcomes


# (what is wrong, how the sentence begins)
WRONG = [
    ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
    (
        {"SECRET_KEY": "insecure-development-key-never-use-it-where-others-can-reach-it"},
        "SECRET_KEY is not set",
    ),
    ({"SECRET_KEY": ""}, "SECRET_KEY is too weak"),
    ({"SECRET_KEY": SECRET_KEY[:49]}, "SECRET_KEY is too weak"),
    ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is too weak"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS=* lets any host name through"),
    ({"ALLOWED_HOSTS": "desk.example.org, *"}, "ALLOWED_HOSTS=* lets any host name through"),
    ({"DESK_URL": "desk.example.org"}, "DESK_URL='desk.example.org': write where the desk is"),
    ({"DESK_URL": "https://a.example/desk"}, "DESK_URL='https://a.example/desk': write where"),
    ({"PUBLISHER_URL": "facts.example.org"}, "PUBLISHER_URL='facts.example.org': write the"),
    ({"PUBLISHER_LANGUAGE": "English"}, "PUBLISHER_LANGUAGE='English' is no language"),
    ({"PUBLIC_CLAIM_URL": "https://f.example/"}, "PUBLIC_CLAIM_URL='https://f.example/': with"),
    ({"PUBLIC_CLAIM_URL": "https://f.example/{id}/{x}"}, "PUBLIC_CLAIM_URL='https://f.example/{id"),
    ({"PUBLIC_CLAIM_URL": "/claims/{id}"}, "PUBLIC_CLAIM_URL='/claims/{id}' is no address"),
    ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL must look like smtp+tls://user:password@"),
    ({"EMAIL_URL": "imap://mail.example.org"}, "EMAIL_URL must look like smtp+tls://"),
    ({"DAILY_MAIL_HOUR": "24"}, "DAILY_MAIL_HOUR=24 is no hour"),
    ({"APPROVALS_NEEDED": "0"}, "APPROVALS_NEEDED=0 is below its minimum of 1"),
    ({"DEBUG": "maybe"}, "DEBUG='maybe' is neither yes nor no. Write DEBUG=1 or DEBUG=0."),
    ({"DEBUG": "2"}, "DEBUG='2' is neither yes nor no"),
    ({"HTTPS_ONLY": "tls"}, "HTTPS_ONLY='tls' is neither yes nor no"),
    ({"EXTRACTION_LEASE_SECONDS": "abc"}, "EXTRACTION_LEASE_SECONDS='abc' is not a whole"),
    ({"EXTRACTION_LEASE_SECONDS": "1.5"}, "EXTRACTION_LEASE_SECONDS='1.5' is not a whole"),
    ({"EXTRACTION_LEASE_SECONDS": ""}, "EXTRACTION_LEASE_SECONDS='' is not a whole number"),
    (
        {"EXTRACTION_LEASE_SECONDS": "-1"},
        "EXTRACTION_LEASE_SECONDS=-1 is below its minimum of 1",
    ),
    ({"SWEEP_BATCH": "0"}, "SWEEP_BATCH=0 is below its minimum of 1"),
    ({"REVIEWED_OVERLAP": "1.5"}, "REVIEWED_OVERLAP=1.5 is not between 0 and 1"),
    ({"REVIEWED_OVERLAP": "nan"}, "REVIEWED_OVERLAP=nan is not between 0 and 1"),
    ({"REVIEWED_OVERLAP": "half"}, "REVIEWED_OVERLAP='half' is not a number"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL='LOUD' is unknown. Choose one of DEBUG, INFO"),
    ({"LOG_FORMAT": "xml"}, "LOG_FORMAT='xml' is unknown. Choose console or json."),
    ({"DATABASE_URL": "mysql://db/desk"}, "DATABASE_URL must start with postgres://"),
    ({"DATABASE_URL": "desk"}, "DATABASE_URL must start with postgres://"),
    ({"DATABASE_URL": "postgres://desk@db:port/desk"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "postgres://desk@[db/desk"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "postgres://db:5432"}, "DATABASE_URL names no database"),
    ({"CELERY_BROKER_URL": "carrier-pigeon://coop"}, "CELERY_BROKER_URL"),
    ({"CELERY_BROKER_URL": ""}, "CELERY_BROKER_URL"),
    ({"TIME_ZONE": "Mars/Phobos"}, "TIME_ZONE='Mars/Phobos' is unknown"),
    ({"SECRET_KEY_FILE": "/nowhere/key"}, "SECRET_KEY_FILE=/nowhere/key cannot be read"),
]


@pytest.fixture(scope="module")
def outcomes():
    return load(*(PRODUCTION | variables for variables, _ in WRONG))


@pytest.mark.parametrize(
    "case",
    range(len(WRONG)),
    ids=[
        "-".join(f"{name}={value}"[:40] for name, value in variables.items())
        for variables, _ in WRONG
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence_that_names_it(case, outcomes):
    (kind, said), *_ = outcomes[case].items()
    assert kind == "ImproperlyConfigured"
    assert said.startswith(WRONG[case][1])


def test_a_refusal_ends_the_process_and_is_its_last_words():
    result = run_python("manage.py", "check", SECRET_KEY="short", ALLOWED_HOSTS="desk.example.org")
    assert result.returncode == 1
    assert "ImproperlyConfigured: SECRET_KEY is too weak" in result.stderr


def test_a_password_in_a_wrong_address_is_not_printed():
    url = "postgres://desk:hunter2@db:port/desk"
    result = run_python("manage.py", "check", **PRODUCTION, DATABASE_URL=url)
    assert result.returncode == 1
    assert "DATABASE_URL" in result.stderr
    assert "hunter2" not in result.stderr


def test_the_checks_for_deployment_are_clean():
    result = run_python(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"), **PRODUCTION, DEBUG="0"
    )
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr.upper().replace("FAIL-LEVEL WARNING", "")


def test_a_crawler_without_an_address_for_complaints_is_warned_of():
    result = run_python(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        **{**PRODUCTION, "FETCH_CONTACT": ""},
    )
    assert result.returncode == 1
    assert "FETCH_CONTACT is not set" in result.stderr


def test_mail_goes_where_it_is_told_and_is_printed_otherwise():
    url = "smtp+tls://desk%40example.org:p%40ss@mail.example.org:587"
    plain, told, local = load(
        PRODUCTION,
        PRODUCTION | {"EMAIL_URL": url, "DESK_URL": "https://facts.example.org"},
        {"DEBUG": "1"},
    )
    assert plain["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert plain["DESK_URL"] == "https://desk.example.org/"
    assert local["DESK_URL"] == "http://localhost:8000/"
    assert told["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"], told["EMAIL_USE_TLS"]) == (
        "mail.example.org",
        587,
        True,
    )
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("desk@example.org", "p@ss")
    assert told["DESK_URL"] == "https://facts.example.org/"


def test_readers_are_sent_to_the_desk_unless_a_publisher_is_named():
    given = {
        "PUBLISHER_URL": "https://facts.example.org/about",
        "PUBLIC_CLAIM_URL": "https://facts.example.org/claims/{id}",
    }
    plain, told = load(PRODUCTION, PRODUCTION | given)
    assert plain["PUBLISHER_URL"] == "https://desk.example.org/"
    assert plain["PUBLIC_CLAIM_URL"] == "https://desk.example.org/api/v1/claims/{id}"
    assert {name: told[name] for name in given} == given


def test_what_the_fetcher_is_told_must_be_possible():
    wrong = {
        "FETCH_PROXY": ["proxy.example:3128", "socks5://proxy:1080", "http://u:hunter2@proxy/"],
        "FETCH_USER_AGENT": ["", "1/x", "desk\u00e4/1", "desk/1\r\nX: y"],
        "FETCH_CONTACT": ["somebody", "mailto:x", "https://desk.example.org/) (x"],
        "FETCH_ALLOWED_NETWORKS": ["10.0.0.0/33"],
    }
    cases = [(name, value) for name, values in wrong.items() for value in values]
    for (name, _), loaded in zip(
        cases, load(*({**PRODUCTION, name: value} for name, value in cases)), strict=True
    ):
        said = loaded["ImproperlyConfigured"]
        assert name in said
        assert "hunter2" not in said


def test_a_desk_without_hosts_fails_the_checks_for_deployment():
    result = run_python(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        SECRET_KEY=SECRET_KEY,
    )
    assert result.returncode == 1
    assert "ALLOWED_HOSTS must not be empty" in result.stderr


def test_debugging_is_off_unless_asked_for_and_serves_this_machine_alone():
    production, local = load(PRODUCTION, {"DEBUG": "1"})
    assert (production["DEBUG"], production["HTTPS_ONLY"]) == (False, True)
    assert (local["DEBUG"], local["HTTPS_ONLY"]) == (True, False)
    assert local["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_the_usual_words_for_yes_and_no_are_understood():
    words = {"1": True, "true": True, "YES": True, " on ": True, "0": False, "Off": False}
    loaded = load(*({"DEBUG": "1", "HTTPS_ONLY": word} for word in words))
    assert [each["HTTPS_ONLY"] for each in loaded] == list(words.values())


def test_a_secret_may_come_from_a_file(tmp_path):
    key = tmp_path / "key"
    key.write_text(f"{SECRET_KEY}-from-a-file\n", encoding="utf-8")
    (loaded,) = load({"ALLOWED_HOSTS": "desk.example.org", "SECRET_KEY_FILE": str(key)})
    assert loaded["SECRET_KEY"] == f"{SECRET_KEY}-from-a-file"


def test_the_environment_wins_over_the_env_file_which_wins_over_the_defaults(tmp_path):
    file = tmp_path / "desk.env"
    file.write_text("DEBUG=1\nSWEEP_BATCH=7\nSWEEP_INTERVAL_SECONDS=9\n", encoding="utf-8")
    (loaded,) = load({"ENV_FILE": str(file), "SWEEP_BATCH": "8"})
    assert loaded["DEBUG"] is True
    assert (loaded["SWEEP_BATCH"], loaded["SWEEP_INTERVAL_SECONDS"]) == (8, 9)
    assert loaded["RING_AGAIN_SECONDS"] == 60


def test_an_env_file_that_was_named_must_be_there(tmp_path):
    (outcome,) = load(PRODUCTION | {"ENV_FILE": str(tmp_path / "typo.env")})
    assert outcome["ImproperlyConfigured"].startswith("ENV_FILE=")


def test_every_broker_that_is_promised_has_its_options():
    wanted = {
        "filesystem://": {"data_folder_in", "data_folder_out", "control_folder"},
        "redis://cache:6379/0": {"visibility_timeout"},
        "rediss://cache:6379/0": {"visibility_timeout"},
        "redis+socket:///run/redis.sock": {"visibility_timeout"},
        "amqp://mq//": set(),
    }
    loaded = load(*(PRODUCTION | {"CELERY_BROKER_URL": url} for url in wanted))
    for each, options in zip(loaded, wanted.values(), strict=True):
        assert each["CELERY_BROKER_TRANSPORT_OPTIONS"].keys() >= options


@pytest.mark.parametrize(
    "command",
    [
        (
            "-c",
            "import django; django.setup(); import claims.tasks, factcheck.wsgi, factcheck.urls",
        ),
        ("manage.py", "migrate", "--help"),
        ("-m", "celery", "-A", "factcheck", "worker", "--help"),
    ],
    ids=["import", "help", "worker help"],
)
def test_nothing_is_written_before_something_is_done(command, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    result = run_python(*command, **PRODUCTION, VAR_DIR=str(home / "var"), HOME=str(home))
    assert result.returncode == 0, result.stderr
    assert list(home.iterdir()) == []
