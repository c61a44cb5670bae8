"""axe-core in the browser: no serious or critical finding on the pages that people live on."""

from importlib import resources

import pytest

from claims.services import quotes as quote_service
from claims.services.actors import person
from tests import factories
from tests.admin.browsing import in_chromium

pytestmark = in_chromium

# The script of axe-core (Deque Systems, MPL-2.0), as a package of the index carries it.
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
GRAVE = {"serious", "critical"}


@pytest.fixture
def filled(staff):
    """A desk with something on each page: the addresses of the pages."""
    editor = staff("anna", "Editor")
    quotes = factories.QuoteFactory.create_batch(3)
    claim = quote_service.accept_as_new_claim(quotes[0], actor=person(editor), text="It is so.")
    quote_service.reject(quotes[1], actor=person(editor), reason_code="duplicate")
    claim.assignee = editor
    claim.save()
    factories.EvidenceFactory(claim=claim)
    factories.VerdictFactory(claim=claim, summary="It is.")
    factories.ExtractionRunFactory(state="dead", due_at=None, error="It broke.")
    factories.FeedFactory(state="failing", last_error="410 Gone")
    return editor, {
        "home": "",
        "figures": "claims/decision/figures/",
        "triage": "claims/quote/triage/",
        "candidate": f"claims/quote/{quotes[2].pk}/change/",
        "claim": f"claims/claim/{claim.pk}/change/",
        "claims": "claims/claim/",
        "speaker": f"claims/speaker/{quotes[0].speaker_id}/change/",
        "pipeline": "claims/fetch/pipeline/",
        "two-factor": "auth/user/two-factor/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_finding_on_the_pages_of_the_desk(signed_in, filled, scheme):
    editor, paths = filled
    script = AXE.read_text(encoding="utf-8")
    found = []
    with signed_in(editor, color_scheme=scheme) as page:
        for name, path in paths.items():
            page.goto(f"/admin/{path}", wait_until="networkidle")
            page.evaluate(script)
            results = page.evaluate(
                "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
            )
            found += [
                f"{name}: {rule['id']} ({rule['impact']}): {node['target']} {node['html'][:150]}"
                for rule in results["violations"]
                if rule["impact"] in GRAVE
                for node in rule["nodes"]
            ]
    assert not found, "\n".join(found)
