"""Reviews by others on the desk: brought in by file or address, shown beside like claims."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Claim, ExternalReview
from tests import factories
from tests.admin.pages import messages_of, url
from tests.ingest.test_reviews import REVIEW

pytestmark = pytest.mark.django_db
IMPORT = "/admin/claims/externalreview/import/"
DYKES = "85% of the dykes on the lower Senn were inspected."


def posted(client, *reviews, **fields):
    file = SimpleUploadedFile("reviews.json", json.dumps(reviews).encode())
    return client.post(IMPORT, {"file": file, **fields}, follow=True)


def test_a_checker_brings_in_a_file_and_is_told_what_came_of_it(sign_in, checker):
    client = sign_in(checker)
    assert client.get(IMPORT).status_code == 200
    page = posted(client, REVIEW, {**REVIEW, "url": None})
    assert messages_of(page) == [
        "Imported: 1 new, 0 changed, 0 as before.",
        "Number 2 was refused: It has no address (url).",
    ]
    row = ExternalReview.objects.get()
    assert row.imported_by == checker
    shown = client.get(url(ExternalReview, "change", row.pk)).content.decode()
    for said in ("Minna Aalto", "Mostly false", "2 on a scale of 1 to 5", row.url):
        assert said in shown


def test_a_reporter_looks_and_brings_nothing_in(as_reporter):
    factories.ExternalReviewFactory()
    page = as_reporter.get(url(ExternalReview, "changelist"))
    assert "Import reviews" not in page.content.decode()
    assert as_reporter.post(IMPORT).status_code == 403


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "Give a file or an address."),
        ({"address": "ftp://x.example/"}, "Only http"),
        ({"address": "http://10.0.0.1/feed"}, "not on the public internet"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_form(sign_in, editor, fields, why):
    page = sign_in(editor).post(IMPORT, fields)
    assert page.status_code == 400
    assert why in page.content.decode()


def test_a_file_that_is_none_is_refused(sign_in, editor):
    file = SimpleUploadedFile("x.json", b"nothing")
    page = sign_in(editor).post(IMPORT, {"file": file})
    assert (page.status_code, ExternalReview.objects.count()) == (400, 0)
    assert "neither JSON nor a page" in page.content.decode()


def test_a_claim_shows_the_reviews_that_resemble_it(as_reporter):
    claim = factories.ClaimFactory(text=DYKES)
    path = url(Claim, "change", claim.pk)
    assert "Reviews by others</h2>" not in as_reporter.get(path).content.decode()
    factories.ExternalReviewFactory(claim_text=DYKES, rating_label="Pants on fire")
    factories.ExternalReviewFactory(claim_text="58% of the dykes on the lower Senn were inspected.")
    page = as_reporter.get(path).content.decode()
    assert "Pants on fire" in page
    assert "it counts something else" in page


def test_a_candidate_shows_them_beside_the_claims_that_it_may_repeat(as_reporter):
    text = f"“{DYKES[:-1]},” Minna Aalto said."
    quote = factories.QuoteFactory(article_version=factories.ArticleVersionFactory(text=text))
    factories.ExternalReviewFactory(claim_text=DYKES, rating_label="Pants on fire")
    page = as_reporter.get(reverse("admin:claims_triage_matches", args=[quote.pk]))
    assert "Reviewed by others" in page.content.decode()
    assert "Pants on fire" in page.content.decode()


def test_hostile_text_is_shown_as_text(as_reporter):
    words = f"<script>ran(1)</script> {DYKES}"
    row = factories.ExternalReviewFactory(
        claim_text=words, rating_label=words, publisher_name=words, title=words
    )
    claim = factories.ClaimFactory(text=DYKES)
    for path in (
        url(ExternalReview, "changelist"),
        url(ExternalReview, "change", row.pk),
        url(Claim, "change", claim.pk),
    ):
        page = as_reporter.get(path).content.decode()
        assert "<script>ran" not in page
        assert "&lt;script&gt;ran" in page
