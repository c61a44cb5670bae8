"""The bell: a person's own news, read and mailed as they choose."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.choices import MailTime, NotificationKind
from claims.models import Claim, NotificationChoice, Quote
from tests import factories
from tests.admin.pages import url

pytestmark = pytest.mark.django_db

NEWS = "/admin/claims/claim/news/"


def test_the_bell_counts_what_is_unread_and_the_list_shows_it(as_reporter, reporter):
    assert "Nothing yet." in as_reporter.get(NEWS).content.decode()
    row = factories.NotificationFactory(user=reporter, text="Mara <b>mentions</b> you.")
    factories.NotificationFactory(text="Somebody else's.")
    page = as_reporter.get(NEWS)
    html = page.content.decode()
    assert page.context["unread"] == 1
    assert "Mara &lt;b&gt;mentions&lt;/b&gt; you." in html
    assert "Somebody else" not in html
    response = as_reporter.get(reverse("admin:claims_news_open", args=[row.pk]))
    assert response.url == url(Claim, "change", row.claim_id)
    row.refresh_from_db()
    assert row.read_at is not None
    assert as_reporter.get(NEWS, {"show": "unread"}).context["page"].object_list.count() == 0


def test_news_of_a_quote_leads_to_it(as_reporter, reporter):
    row = factories.NotificationFactory(
        user=reporter, claim=None, quote=factories.QuoteFactory(), kind=NotificationKind.ALTERED
    )
    response = as_reporter.get(reverse("admin:claims_news_open", args=[row.pk]))
    assert response.url == url(Quote, "change", row.quote_id)


def test_all_is_marked_as_read_by_post_alone(as_reporter, reporter):
    rows = [factories.NotificationFactory(user=reporter) for _ in range(3)]
    path = reverse("admin:claims_news_read")
    assert as_reporter.get(path).status_code == 405
    as_reporter.post(path, {"pk": rows[0].pk})
    assert as_reporter.get(NEWS).context["unread"] == 2
    as_reporter.post(path)
    assert as_reporter.get(NEWS).context["unread"] == 0


def test_nobody_opens_the_news_of_another(as_reporter):
    row = factories.NotificationFactory()
    assert as_reporter.get(reverse("admin:claims_news_open", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert row.read_at is None


def test_news_of_a_claim_that_went_under_embargo_is_not_shown(as_reporter, reporter):
    factories.NotificationFactory(user=reporter, text="The mayor's claim.")
    Claim.objects.update(embargo_until=timezone.now() + timedelta(days=1))
    assert "The mayor" not in as_reporter.get(NEWS).content.decode()


def test_each_kind_has_its_choice_of_mail(as_reporter, reporter):
    path = reverse("admin:claims_news_choices")
    assert as_reporter.get(path).context["form"].initial["mention"] == MailTime.AT_ONCE
    wanted = {kind.value: MailTime.NEVER.value for kind in NotificationKind}
    assert as_reporter.post(path, {**wanted, "mention": "hourly"}).status_code == 200
    assert not NotificationChoice.objects.exists()
    as_reporter.post(path, {**wanted, "mention": "daily"})
    kept = dict(NotificationChoice.objects.values_list("kind", "mail"))
    assert kept == {**wanted, "mention": "daily"}
    assert as_reporter.get(path).context["form"].initial["mention"] == "daily"


def test_the_list_of_many_costs_as_many_queries_as_of_few(
    as_reporter, reporter, django_assert_max_num_queries
):
    for _ in range(30):
        factories.NotificationFactory(user=reporter, actor=factories.UserFactory())
    as_reporter.get(NEWS)
    with django_assert_max_num_queries(20):
        as_reporter.get(NEWS)


def test_the_signed_out_are_asked_to_sign_in(client):
    assert client.get(NEWS).status_code == 302
