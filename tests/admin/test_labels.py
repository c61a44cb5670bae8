"""The download of decisions as training data."""

import json

import pytest
from django.urls import reverse

from claims.choices import RejectReason
from claims.models import Quote
from claims.services import quotes
from claims.services.actors import person
from tests import factories
from tests.admin.pages import url

pytestmark = pytest.mark.django_db


def test_an_editor_downloads_a_line_a_decision(as_editor, editor):
    quote = factories.QuoteFactory()
    quotes.reject(quote, actor=person(editor), reason_code=RejectReason.NOT_RELEVANT)
    response = as_editor.get(reverse("admin:claims_quote_labels"))
    assert response["Content-Type"].startswith("application/x-ndjson")
    assert response["Content-Disposition"].endswith('.ndjson"')
    (line,) = response.getvalue().decode().splitlines()
    assert json.loads(line)["quote"] == quote.pk


def test_the_button_is_for_those_who_may(as_editor, as_checker):
    for client, may in ((as_editor, True), (as_checker, False)):
        page = client.get(url(Quote, "changelist")).content.decode()
        assert ("as training data" in page) == may
        response = client.get(reverse("admin:claims_quote_labels"))
        assert response.status_code == (200 if may else 403)
