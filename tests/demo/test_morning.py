"""The demo's morning: what its claims' logs say of who did what."""

from pathlib import Path

import pytest

from claims import demo
from claims.admin.claim_log import log_of
from claims.demo import morning
from claims.models import Claim
from claims.services import extraction, intake
from tests import factories

ARTICLES = Path(demo.__path__[0]) / "articles"


# Committed: within one transaction a name would outlast the block that it was given for.
@pytest.fixture
def worked(committed):
    for path in sorted(ARTICLES.glob("*.html")):
        extraction.perform_run(intake.take_in(str(path)).run.pk)
    return morning.work()


def test_every_line_of_a_claims_log_names_the_colleague_who_did_it(worked):
    viewer = factories.UserFactory(is_superuser=True)
    lines = {claim.text: log_of(claim, viewer) for claim in worked}
    assert len(lines) == 4
    done = {(line.who, line.what) for log in lines.values() for line in log}
    assert {who for who, _ in done} == {"Rosa", "Chen", "Edith"}
    by_chen = {what for who, what in done if who == "Chen"}
    assert "Asked for a reply: Press office of the Ministry of Health, by telephone" in by_chen
    assert "Link confirmed: contradicts" in by_chen
    assert not any(who == "Edith" and what.startswith("Evidence") for who, what in done)
    # What a person ties together was never a suggestion.
    assert not any("suggested" in what for _, what in done)
    published = Claim.objects.get(stage="published")
    assert ("Edith", "Edith agreed to version 1") in {
        (line.who, line.what) for line in lines[published.text]
    }
