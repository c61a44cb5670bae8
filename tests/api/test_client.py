"""A typed client, made from the schema by openapi-python-client, does a morning's work."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.choices import Scope
from claims.services import api_keys
from claims.services.actors import person
from tests import factories

PACKAGE = "factcheck_client"


@pytest.fixture
def client_package(tmp_path, monkeypatch):
    """The generated package, importable."""
    schema, config = tmp_path / "openapi.yaml", tmp_path / "config.yaml"
    call_command("spectacular", file=str(schema))
    # Without the formatters that it would look for: nobody reads this code.
    config.write_text(f"package_name_override: {PACKAGE}\npost_hooks: []\nliteral_enums: true\n")
    generator = Path(sys.executable).parent / "openapi-python-client"
    places = ["--path", schema, "--config", config, "--output-path", tmp_path / PACKAGE]
    made = subprocess.run(
        [generator, "generate", "--meta", "none", *places],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module(PACKAGE)
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.mark.usefixtures("_roles_stay")
@pytest.mark.django_db(transaction=True)
def test_a_generated_client_makes_a_claim_and_takes_it_up(live_server, client_package, staff):
    checker = staff("chen", "Checker")
    factories.TopicFactory(slug="floods")
    _, key = api_keys.create_key(actor=person(checker), name="client", scopes=Scope.values)
    with client_package.AuthenticatedClient(base_url=live_server.url, token=key) as client:
        calls = importlib.import_module(f"{PACKAGE}.api.claims")
        for name in ("claims_create", "claims_research_create", "claims_list"):
            importlib.import_module(f"{calls.__name__}.{name}")
        models = importlib.import_module(f"{PACKAGE}.models")

        body = models.NewClaimRequest(
            text="The city has inspected 85% of its dykes.", topics=["floods"]
        )
        made = calls.claims_create.sync_detailed(client=client, body=body)
        assert made.status_code == 201
        assert made.parsed.topics == ["floods"]
        taken_up = calls.claims_research_create.sync_detailed(
            made.parsed.id, client=client, if_match=made.headers["ETag"]
        )
        assert (taken_up.status_code, taken_up.parsed.stage) == (200, "researching")
        (listed,) = calls.claims_list.sync(client=client, stage=["researching"]).results
        assert listed.id == made.parsed.id
