"""docs/api.md: its five calls, run as they stand there, lead to a claim."""

import json
import os
import re
import subprocess
import threading

import pytest
from django.db import connection

from claims.api.errors import KINDS
from claims.choices import Scope, WorkState
from claims.models import Appearance, Claim, ExtractionRun
from claims.services import api_keys, extraction
from claims.services.actors import person
from tests.deploy.files import ROOT

MANUAL = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def read_what_comes(stop: threading.Event) -> None:
    """What a worker does."""
    while not stop.wait(0.1):
        for run in ExtractionRun.objects.filter(state=WorkState.QUEUED):
            extraction.perform_run(run.pk)
    connection.close()


@pytest.mark.usefixtures("_roles_stay")
@pytest.mark.django_db(transaction=True)
def test_the_five_calls_of_the_manual_lead_to_a_claim(live_server, staff, tmp_path):
    (script,) = re.findall(r"```bash\n(.+?)```", MANUAL, re.DOTALL)
    _, key = api_keys.create_key(
        actor=person(staff("chen", "Reporter")), name="manual", scopes=Scope.values
    )
    stop = threading.Event()
    worker = threading.Thread(target=read_what_comes, args=(stop,))
    worker.start()
    try:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            env={**os.environ, "DESK": live_server.url, "KEY": key},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
    finally:
        stop.set()
        worker.join()

    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout[done.stdout.index('{"results"') :])
    claim = Claim.objects.get()
    assert shown["results"][0]["id"] == claim.pk
    assert shown["results"][0]["appearances"][0]["quote"]["role"] == "mayor"
    assert Appearance.objects.get().claim == claim


def test_every_code_that_the_manual_names_is_one():
    named = set(re.findall(r"\b(4\d\d)\b", MANUAL))
    assert named <= {str(status) for status, _ in KINDS.values()}
