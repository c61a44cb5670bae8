"""docker-compose.yml, read as YAML: no engine is needed, and none was there when it was written."""

import re

import pytest
from celery.bin.celery import celery as celery_command
from django.conf import settings

from factcheck.postgres.cluster import MAJOR
from tests.deploy.files import ROOT, compose

COMPOSE = compose()
SERVICES = COMPOSE["services"]
APP = ("migrate", "web", "worker", "beat")
SECOND = {"s": 1, "m": 60}
BYTE = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def seconds(duration: str) -> int:
    return int(duration[:-1]) * SECOND[duration[-1]]


def size(text: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([kmg])b?", text).groups()
    return int(number) * BYTE[unit]


def test_the_services_are_the_six_that_the_desk_needs():
    assert set(SERVICES) == {"db", "redis", *APP}


def test_only_web_publishes_a_port_and_on_this_machine_alone():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_more_rights_than_it_needs(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["init"] is True
    assert "/tmp" in service["tmpfs"]
    assert size(service["mem_limit"]) >= 256 << 20
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}
    assert not service.keys() & {"privileged", "cap_add", "network_mode", "pid", "ipc"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_comes_back_after_a_crash_but_the_migration_runs_once(name):
    assert SERVICES[name]["restart"] == ("no" if name == "migrate" else "unless-stopped")


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_a_service_that_stays_has_a_health_check(name):
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert seconds(check["timeout"]) < seconds(check["interval"]) or check["timeout"] == "5s"
    assert {"retries", "start_period"} <= check.keys()


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_health_check_of_ours_names_a_script_and_a_check_that_exist(name):
    command, script, check = SERVICES[name]["healthcheck"]["test"][1:]
    assert (command, check) == ("python", name)
    assert f'"{name}": {name}' in (ROOT / script).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", APP)
def test_a_service_waits_for_what_it_depends_on(name):
    waits = {
        other: wait["condition"] for other, wait in SERVICES[name].get("depends_on", {}).items()
    }
    expected = {"db": "service_healthy"}
    if name != "migrate":
        expected |= {"redis": "service_healthy", "migrate": "service_completed_successfully"}
    assert waits == expected


@pytest.mark.parametrize("kind", ["networks", "volumes", "secrets"])
def test_what_the_services_use_is_declared_and_what_is_declared_is_used(kind):
    used = {item.split(":")[0] for service in SERVICES.values() for item in service.get(kind, ())}
    assert used == set(COMPOSE[kind])


def test_the_database_and_the_queue_have_no_way_out():
    assert COMPOSE["networks"]["backend"] == {"internal": True}
    for name in ("db", "redis", "migrate", "beat"):
        assert SERVICES[name]["networks"] == ["backend"]


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_by_file_and_only_to_who_was_given_them(name):
    service = SERVICES[name]
    environment = service.get("environment", {})
    for variable, value in environment.items():
        if re.search(r"SECRET|PASSWORD|DATABASE_URL", variable):
            assert variable.endswith("_FILE")
            assert value.removeprefix("/run/secrets/") in service["secrets"]


@pytest.mark.parametrize("name", APP)
def test_a_dotenv_of_the_developer_cannot_switch_debugging_on(name):
    assert SERVICES[name]["environment"]["DEBUG"] == "0"
    assert SERVICES[name]["env_file"] == [{"path": ".env", "required": False}]


def test_postgres_is_of_the_major_version_that_is_embedded():
    assert SERVICES["db"]["image"] == f"pgvector/pgvector:pg{MAJOR}"
    assert MAJOR >= 18, "before 18 the data lay in /var/lib/postgresql/data"
    assert SERVICES["db"]["volumes"] == ["pgdata:/var/lib/postgresql"]


def test_redis_never_drops_a_message_and_keeps_them_on_disk():
    command = SERVICES["redis"]["command"]
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert options["--maxmemory-policy"] == "noeviction"
    assert options["--appendonly"] == "yes"
    assert 2 * size(options["--maxmemory"]) < size(SERVICES["redis"]["mem_limit"])


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_celery_knows_every_flag_of_the_command(name):
    program, *arguments = SERVICES[name]["command"]
    assert program == "celery"
    assert arguments[:3] == ["-A", "factcheck", name]
    command = celery_command.commands[name]
    parsed = command.make_parser(command.context_class(command)).parse_args(arguments[3:])
    options, leftover, _ = parsed
    assert not leftover
    assert options["loglevel"] == "INFO"


def test_a_worker_may_finish_its_article_before_it_is_stopped():
    names = [name for name in dir(settings) if name.endswith("_TIME_LIMIT_SECONDS")]
    limits = [getattr(settings, name) for name in names]
    assert seconds(SERVICES["worker"]["stop_grace_period"]) > max(limits)


def test_a_worker_has_the_memory_that_its_processes_may_take(settings):
    command = SERVICES["worker"]["command"]
    processes = int(command[command.index("--concurrency") + 1])
    taken = processes * settings.CELERY_WORKER_MAX_MEMORY_PER_CHILD * 1024
    assert taken < 0.8 * size(SERVICES["worker"]["mem_limit"])
