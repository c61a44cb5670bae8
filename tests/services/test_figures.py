"""Figures are counted for every look, and kept where counting takes long."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from claims import tasks
from claims.models import KeptFigures
from claims.services import claims, quotes
from claims.services.actors import person
from claims.services.figures import USUAL_DAYS, figures_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def slow(settings):
    """A desk on which every count takes long."""
    settings.FIGURES_SLOW_MS = 0


def rejected(reporter):
    quotes.reject(factories.QuoteFactory(), actor=person(reporter), reason_code="duplicate")


def decided(sheet):
    return sum(score.decided for score in sheet.scores["kind"])


def grown_old(seconds):
    made_at = timezone.now() - timedelta(seconds=seconds)
    KeptFigures.objects.update(made_at=made_at)


def test_what_is_counted_quickly_is_counted_for_every_look(reporter, settings):
    settings.FIGURES_SLOW_MS = 600_000
    assert decided(figures_for(reporter, 30)) == 0
    rejected(reporter)
    assert decided(figures_for(reporter, 30)) == 1
    assert not KeptFigures.objects.exists()


def test_what_takes_long_is_kept_and_says_from_when_it_is(slow, reporter, settings):
    first = figures_for(reporter, 30)
    rejected(reporter)
    again = figures_for(reporter, 30)
    assert (decided(again), again.made_at) == (0, first.made_at)
    assert decided(figures_for(reporter, 7)) == 1  # each period is a count of its own
    grown_old(settings.FIGURES_KEEP_SECONDS + 1)
    assert decided(figures_for(reporter, 30)) == 1


def test_kept_figures_are_what_was_counted(slow, reporter, checker):
    claim = quotes.accept_as_new_claim(
        factories.QuoteFactory(), actor=person(reporter), text="It is so."
    )
    claim.topics.add(factories.TopicFactory(name="Dykes"))
    claims.start_research(claim, actor=person(checker))
    factories.VerdictFactory(claim=claim)
    rejected(reporter)
    counted = figures_for(reporter, 30)
    kept = figures_for(reporter, 30)
    assert counted.stages
    assert counted.balance["topic"]
    assert replace(kept, made_at=counted.made_at) == counted


def test_a_claim_under_embargo_is_in_no_figures_kept_for_others(slow, reporter, checker):
    claim = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    claim.topics.add(factories.TopicFactory(name="Secret works"))
    for _ in ("counted", "kept"):
        assert [row.name for row in figures_for(checker, 30).balance["topic"]] == ["Secret works"]
        assert figures_for(reporter, 30).balance["topic"] == []


def test_beat_renews_the_usual_period_and_forgets_the_others(slow, reporter, settings):
    for days in (7, USUAL_DAYS):
        figures_for(reporter, days)
    rejected(reporter)
    grown_old(settings.FIGURES_KEEP_SECONDS + 1)
    tasks.renew_kept_figures()
    assert [row.days for row in KeptFigures.objects.all()] == [USUAL_DAYS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("claims.services.figures._count", None)  # nobody counts
        assert decided(figures_for(reporter, USUAL_DAYS)) == 1


def test_a_desk_whose_figures_are_not_kept_has_none_renewed(reporter):
    figures_for(reporter, USUAL_DAYS)
    KeptFigures.objects.all().delete()
    tasks.renew_kept_figures()
    assert not KeptFigures.objects.exists()
