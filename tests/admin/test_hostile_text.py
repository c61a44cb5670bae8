"""Text from the web is shown as text, wherever it is shown."""

import pytest
from django.urls import reverse

from claims import models
from claims.services import quotes as quote_service
from claims.services.actors import person
from tests import factories
from tests.admin.pages import url

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</textarea><svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>open</a>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_inert_on_every_page_that_shows_it(as_root, root, payload):
    speaker = factories.SpeakerFactory(name=f"Ann {payload}", description=payload)
    article = factories.ArticleFactory(
        title=f"Title {payload}", byline=payload, source=factories.SourceFactory(name=payload)
    )
    said = f"“We {payload} know,”"
    version = factories.ArticleVersionFactory(article=article, text=f"{said} {payload} said Ann.")
    quote = factories.QuoteFactory(
        article_version=version,
        words=said,
        speaker=speaker,
        role=payload,
        suggested_name=speaker.name,
    )
    other = factories.QuoteFactory(
        article_version=version,
        words=f"{payload} said",
        speaker=None,
        suggested_name=speaker.name,
        candidate_names=[speaker.name],
    )
    claim = quote_service.accept_as_new_claim(quote, actor=person(root), text=f"Claim {payload}")
    quote_service.reject(other, actor=person(root), reason_code="duplicate", comment=payload)
    factories.EvidenceFactory(claim=claim, title=payload, excerpt=payload)
    factories.VerdictFactory(claim=claim, summary=payload)
    factories.ExtractionRunFactory(article_version=version, error=payload)
    rows = [speaker, article, version, quote, other, claim, article.source, claim.verdicts.get()]
    paths = [
        reverse("admin:index"),
        *(url(type(row), "change", row.pk) for row in rows),
        *(url(type(row), "history", row.pk) for row in rows),
        *(url(type(row), "changelist") for row in rows),
        url(models.Decision, "changelist"),
        url(models.ExtractionRun, "changelist"),
        url(models.Appearance, "changelist"),
        reverse("admin:claims_claim_move", args=[claim.pk, "shelve"]),
    ]
    for path in paths:
        html = as_root.get(path).content.decode()
        assert payload not in html, path
        assert "<svg/onload" not in html, path
        assert "<img src=x" not in html, path


def test_a_refused_form_gives_hostile_text_back_as_text(as_root):
    quote = factories.QuoteFactory()
    path = reverse("admin:claims_quote_decide", args=[quote.pk])
    response = as_root.post(
        path, {"decision": "new_claim", "version": 99, "text": PAYLOADS[3], "stance": "asserts"}
    )
    assert response.status_code == 409
    assert PAYLOADS[3] not in response.content.decode()


def test_the_message_of_a_bulk_refusal_is_inert(as_root, root):
    version = factories.ArticleVersionFactory(text="“<script>alert(1)</script>,” said Ann.")
    quote = factories.QuoteFactory(article_version=version)
    quote_service.reject(quote, actor=person(root), reason_code="duplicate")
    response = as_root.post(
        url(models.Quote, "changelist"),
        {"action": "accept_each", "_selected_action": [quote.pk]},
        follow=True,
    )
    html = response.content.decode()
    assert "refused" in html
    assert "<script>alert(1)" not in html
