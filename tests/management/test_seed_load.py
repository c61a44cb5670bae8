"""The invented desk that measurements are made on is a record like any other."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.demo import load
from claims.models import Article, Claim, ExtractionRun, Quote, Verdict
from claims.services import claims, quotes
from claims.services.actors import person
from claims.services.record_check import check_record
from tests import factories

pytestmark = pytest.mark.django_db


def seed(**options):
    out = io.StringIO()
    call_command("seed_load", stdout=out, **options)
    return out.getvalue()


def test_what_is_seeded_holds_and_can_be_worked_with(editor):
    said = seed(quotes=400)
    assert "400 quotes, with texts and runs" in said
    assert (Quote.objects.count(), Claim.objects.count(), Article.objects.count()) == (400, 80, 20)
    assert list(check_record()) == []
    candidate = Quote.objects.filter(status="candidate").first()
    claim = quotes.accept_as_new_claim(candidate, actor=person(editor), text="It is so.")
    assert claim.pk > max(Claim.objects.exclude(pk=claim.pk).values_list("pk", flat=True))
    published = Verdict.objects.filter(status="published").first()
    claims.retract(published.claim, actor=person(editor), comment="Measured.")
    published.refresh_from_db()
    assert published.status == "retracted"


def test_a_second_seed_lies_beside_the_first():
    seed(quotes=100)
    with pytest.raises(CommandError, match="articles in this database"):
        seed(quotes=100, seed=2)
    seed(quotes=100, seed=2, beside_real_work=True)
    assert Quote.objects.count() == 200
    assert list(check_record()) == []


def test_articles_of_a_second_batch_have_their_runs_too(monkeypatch):
    monkeypatch.setattr(load, "BATCH", 2)
    seed(quotes=100)
    assert Article.objects.count() == 5
    found = ExtractionRun.objects.values_list("article_version__article", flat=True)
    assert sorted(found) == sorted(Article.objects.values_list("pk", flat=True))


def test_real_work_is_not_buried_unasked():
    factories.ArticleFactory()
    with pytest.raises(CommandError, match="articles in this database"):
        seed(quotes=100)
    with pytest.raises(CommandError, match="at least 100"):
        seed(quotes=99)
