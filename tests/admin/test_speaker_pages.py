"""A speaker's page, and the pages that merge, undo, split and settle names."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import ClaimRelation, MatchState, Stance, VerdictStatus
from claims.models import Speaker, SpeakerAlias
from claims.services.actors import person
from claims.services.speaker_merging import merge
from tests import factories
from tests.admin.pages import messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def khan():
    return factories.SpeakerFactory(name="Imran Khan")


@pytest.fixture
def other():
    return factories.SpeakerFactory(name="Imran Ahmed Khan")


def page(speaker):
    return url(Speaker, "change", speaker.pk)


def voiced(speaker, claim=None, stance=Stance.ASSERTS, state=MatchState.CONFIRMED):
    return factories.AppearanceFactory(
        quote__speaker=speaker,
        claim=claim or factories.ClaimFactory(),
        stance=stance,
        state=state,
    ).claim


def published(claim, rating):
    return factories.VerdictFactory(
        claim=claim,
        rating=rating,
        status=VerdictStatus.PUBLISHED,
        approver=factories.UserFactory(),
        published_at=datetime(2026, 4, 1, tzinfo=UTC),
    )


class TestTheRecord:
    def test_lists_claims_with_stances_and_verdicts(self, as_reporter, khan):
        claim = voiced(khan)
        voiced(khan, claim)
        voiced(khan, state=MatchState.SUGGESTED)
        published(claim, factories.RatingFactory(label="Mostly false"))
        response = as_reporter.get(page(khan))
        record = response.context["record"]
        assert [entry.claim for entry in record.claims] == [claim]
        assert record.claims[0].stances == {"asserts": 2}
        html = response.content.decode()
        assert claim.text in html
        assert "asserts 2 times" in html
        assert "Mostly false" in html

    def test_draws_ratings_with_their_numbers_beside(self, as_reporter, khan):
        false, true = (factories.RatingFactory(label=label) for label in ("False", "True"))
        for rating in (false, false, true):
            published(voiced(khan), rating)
        published(voiced(khan, stance=Stance.DENIES), true)
        response = as_reporter.get(page(khan))
        bars = {bar.label: (bar.count, bar.share) for bar in response.context["record"].ratings}
        assert bars == {"False": (2, 1.0), "True": (1, 0.5)}
        html = response.content.decode()
        assert 'width="50"' in html
        assert html.count('<th scope="row">') >= 2

    def test_names_what_is_both_asserted_and_denied(self, as_reporter, khan):
        claim = voiced(khan)
        voiced(khan, claim, stance=Stance.DENIES)
        voiced(khan)
        record = as_reporter.get(page(khan)).context["record"]
        assert [entry.claim for entry in record.both_ways] == [claim]

    def test_names_assertions_that_are_linked_as_contradicting(self, as_reporter, khan):
        one, two, dismissed, denied = (
            voiced(khan),
            voiced(khan),
            voiced(khan),
            factories.ClaimFactory(),
        )
        voiced(khan, denied, stance=Stance.DENIES)
        link = factories.ClaimLinkFactory(from_claim=one, to_claim=two)
        factories.ClaimLinkFactory(from_claim=one, to_claim=dismissed, state=MatchState.DISMISSED)
        factories.ClaimLinkFactory(from_claim=one, to_claim=denied)
        factories.ClaimLinkFactory(from_claim=two, to_claim=one, relation=ClaimRelation.NARROWS)
        assert as_reporter.get(page(khan)).context["record"].links == [link]

    def test_keeps_claims_under_embargo_from_who_may_not_see_them(
        self, as_reporter, as_checker, khan
    ):
        hidden = factories.ClaimFactory(embargo_until=datetime(2100, 1, 1, tzinfo=UTC))
        voiced(khan, hidden)
        voiced(khan, hidden, stance=Stance.DENIES)
        published(hidden, factories.RatingFactory(label="Half true"))
        html = as_reporter.get(page(khan)).content.decode()
        assert hidden.text not in html
        assert "Half true" not in html
        record = as_checker.get(page(khan)).context["record"]
        assert (len(record.claims), len(record.both_ways), len(record.ratings)) == (1, 1, 1)

    def test_shows_quotes_the_newest_first_and_not_all_of_them(self, as_reporter, khan, settings):
        settings.SPEAKER_PAGE_ROWS = 2
        quotes = factories.QuoteFactory.create_batch(3, speaker=khan)
        response = as_reporter.get(page(khan))
        assert response.context["quotes"] == [quotes[2], quotes[1]]
        assert "All quotes of this speaker" in response.content.decode()

    def test_costs_as_many_queries_for_much_as_for_little(self, as_editor, khan, editor):
        def fill(times):
            for _ in range(times):
                claim = voiced(khan)
                voiced(khan, claim, stance=Stance.DENIES)
                published(claim, factories.RatingFactory())
                factories.ClaimLinkFactory(from_claim=claim, to_claim=voiced(khan))
                factories.SpeakerAliasFactory(speaker=khan)
                factories.AffiliationFactory(speaker=khan)
                merge(kept=khan, absorbed=factories.SpeakerFactory(), actor=person(editor))

        def count():
            as_editor.get(page(khan))
            with CaptureQueriesContext(connection) as captured:
                assert as_editor.get(page(khan)).status_code == 200
            assert not any('"claims_articleversion"."text"' in q["sql"] for q in captured)
            return len(captured)

        fill(1)
        few = count()
        fill(4)
        assert count() == few

    def test_of_a_redirect_is_the_page_of_the_speaker_it_leads_to(
        self, as_editor, editor, khan, other
    ):
        merge(kept=khan, absorbed=other, actor=person(editor))
        response = as_editor.get(page(other), follow=True)
        assert response.redirect_chain == [(page(khan), 302)]
        assert messages_of(response) == ["Imran Ahmed Khan was merged into the speaker shown here."]


class TestMerging:
    def path(self, speaker):
        return reverse("admin:claims_speaker_merge", args=[speaker.pk])

    def test_shows_what_moves_before_anything_does(self, as_editor, khan, other):
        factories.QuoteFactory(speaker=other)
        factories.SpeakerAliasFactory(speaker=other, name="Kaptaan")
        response = as_editor.get(self.path(khan), {"other": other.pk, "keep": "this"})
        seen = response.context["seen"]
        assert (seen.kept, seen.absorbed, seen.quotes) == (khan, other, 1)
        assert "Names: Imran Ahmed Khan · Kaptaan" in response.content.decode()
        assert not Speaker.objects.exclude(merged_into=None).exists()

    def test_merges_either_way_round_and_undoes_it(self, as_editor, khan, other):
        quote = factories.QuoteFactory(speaker=khan)
        response = as_editor.post(
            self.path(khan),
            {"other": other.pk, "keep": "other", "kept": other.version, "absorbed": khan.version},
        )
        assert response["Location"] == page(other)
        khan.refresh_from_db()
        quote.refresh_from_db()
        assert (khan.merged_into, quote.speaker) == (other, other)
        done = other.merges_kept.get()
        undone = as_editor.post(reverse("admin:claims_speaker_undo", args=[done.pk]), follow=True)
        assert messages_of(undone)[-1] == "Imran Khan is a speaker again. Back: 1 quote."
        quote.refresh_from_db()
        assert quote.speaker == khan

    def test_says_why_it_will_not(self, as_editor):
        one, two = (factories.SpeakerFactory(wikidata_id=item) for item in ("Q1", "Q2"))
        response = as_editor.get(self.path(one), {"other": two.pk, "keep": "this"})
        assert "Wikidata knows two" in response.content.decode()
        assert "Merge Minna" not in response.content.decode().split("Wikidata knows two")[1]

    def test_on_a_speaker_that_was_edited_since_is_refused(self, as_editor, khan, other):
        seen = {"kept": khan.version, "absorbed": other.version}
        Speaker.objects.filter(pk=other.pk).update(description="Edited")
        response = as_editor.post(self.path(khan), {"other": other.pk, "keep": "this", **seen})
        assert response.status_code == 409
        assert "changed since" in response.content.decode()
        assert not Speaker.objects.exclude(merged_into=None).exists()

    def test_is_for_those_who_may(self, as_checker, as_editor, khan, other, editor):
        assert as_checker.get(self.path(khan)).status_code == 403
        assert (
            as_checker.post(self.path(khan), {"other": other.pk, "keep": "this"}).status_code == 403
        )
        assert "Merge …" not in as_checker.get(page(khan)).content.decode()
        assert "Merge …" in as_editor.get(page(khan)).content.decode()
        done = merge(kept=khan, absorbed=other, actor=person(editor))
        undo = reverse("admin:claims_speaker_undo", args=[done.pk])
        assert as_checker.post(undo).status_code == 403
        assert as_editor.get(undo).status_code == 405
        done.refresh_from_db()
        assert done.undone_at is None


class TestSplitting:
    def test_gives_a_name_a_speaker_with_the_ticked_quotes(self, as_editor, khan):
        alias = factories.SpeakerAliasFactory(speaker=khan, name="Sadiq Khan")
        named = factories.QuoteFactory(speaker=khan, suggested_name="Sadiq Khan")
        rest = factories.QuoteFactory(speaker=khan, suggested_name="Imran Khan")
        path = reverse("admin:claims_speaker_split", args=[alias.pk])
        shown = as_editor.get(path).context["quotes"]
        assert [(quote, ticked) for quote, ticked in shown] == [(named, True), (rest, False)]
        response = as_editor.post(
            path,
            {"name": "Sadiq Khan", "shown": [named.pk, rest.pk], "quote": [named.pk]},
            follow=True,
        )
        assert messages_of(response) == ["Sadiq Khan was split off Imran Khan."]
        made = Speaker.objects.get(name="Sadiq Khan")
        assert list(made.quotes.all()) == [named]
        assert list(khan.quotes.all()) == [rest]

    def test_takes_the_quotes_that_are_too_many_to_list(self, as_editor, khan, settings):
        settings.SPEAKER_SPLIT_QUOTES = 2
        alias = factories.SpeakerAliasFactory(speaker=khan, name="Sadiq Khan")
        quotes = factories.QuoteFactory.create_batch(3, speaker=khan, suggested_name="Sadiq Khan")
        path = reverse("admin:claims_speaker_split", args=[alias.pk])
        data = {"name": "Sadiq Khan", "shown": [quotes[2].pk], "rest": "on"}
        as_editor.post(path, data)
        assert set(Speaker.objects.get(name="Sadiq Khan").quotes.all()) == {quotes[0], quotes[1]}

    def test_is_for_those_who_may_merge(self, as_checker, khan):
        alias = factories.SpeakerAliasFactory(speaker=khan)
        path = reverse("admin:claims_speaker_split", args=[alias.pk])
        assert as_checker.get(path).status_code == 403
        assert as_checker.post(path, {"name": "X"}).status_code == 403
        assert Speaker.objects.count() == 1


class TestOpenNames:
    LIST = "admin:claims_unresolved"

    @pytest.fixture
    def quotes(self):
        return factories.QuoteFactory.create_batch(
            2, speaker=None, suggested_name="Khan", candidate_names=["Khan", "Sadiq Khan"]
        )

    def settle(self, client, quotes, **data):
        path = reverse("admin:claims_unresolved_settle")
        keys = [quote.pk for quote in quotes]
        data = {"up_to": max(keys), "shown": keys, "quote": keys, "kind": "person", **data}
        return client.post(f"{path}?name=Khan", data, follow=True)

    def test_are_listed_with_their_numbers(self, as_reporter, quotes):
        html = as_reporter.get(reverse(self.LIST)).content.decode()
        assert "2 quotes in 2 articles" in html
        found = as_reporter.get(reverse(self.LIST), {"q": "Kh"}).context["mentions"]
        assert [mention.name for mention in found] == ["Khan"]
        assert (
            "begins with “Mo”" in as_reporter.get(reverse(self.LIST), {"q": "Mo"}).content.decode()
        )

    def test_offer_whoever_is_known_by_the_name_or_was_named_beside_it(
        self, as_reporter, quotes, khan
    ):
        factories.SpeakerAliasFactory(speaker=khan, name="Khan")
        sadiq = factories.SpeakerFactory(name="Sadiq Khan", description="Mayor of London")
        path = reverse("admin:claims_unresolved_settle")
        response = as_reporter.get(path, {"name": "Khan"})
        answers = dict(response.context["form"].fields["answer"].choices)
        assert answers[str(khan.pk)] == "Imran Khan"
        assert answers[str(sadiq.pk)] == "Sadiq Khan (Mayor of London)"
        done = self.settle(as_reporter, quotes, answer=str(sadiq.pk))
        assert messages_of(done) == ["Settled: 2 quotes of “Khan” said by Sadiq Khan."]
        assert sadiq.quotes.count() == 2

    def test_are_settled_to_a_speaker_but_for_what_was_unticked(self, as_reporter, quotes, khan):
        self.settle(as_reporter, quotes, answer="existing", speaker=khan.pk, quote=[quotes[0].pk])
        assert list(khan.quotes.all()) == [quotes[0]]

    def test_are_settled_to_a_new_speaker(self, as_reporter, quotes):
        done = self.settle(as_reporter, quotes, answer="new", full_name="Sadiq Khan")
        assert messages_of(done) == ["Sadiq Khan is on the record now, with 2 quotes."]
        assert "Every name in the articles has its speaker" in done.content.decode()

    def test_are_left_open_on_purpose(self, as_reporter, quotes):
        done = self.settle(as_reporter, quotes, answer="open")
        assert messages_of(done) == [
            "Left open: 2 quotes of “Khan”. They are not asked about again."
        ]
        assert done.context["mentions"] == []

    @pytest.mark.parametrize(
        ("answer", "field"), [("existing", "speaker"), ("new", "full_name"), ("", "answer")]
    )
    def test_want_a_whole_answer(self, as_reporter, quotes, answer, field):
        response = self.settle(as_reporter, quotes, answer=answer)
        assert field in response.context["form"].errors
        assert not Speaker.objects.exists()

    def test_are_read_by_an_auditor_and_settled_by_a_reporter(self, sign_in, quotes, khan):
        auditor = factories.UserFactory()
        auditor.groups.add(auditor.groups.model.objects.get(name="Auditor"))
        client = sign_in(auditor)
        path = reverse("admin:claims_unresolved_settle")
        html = client.get(path, {"name": "Khan"}).content.decode()
        assert "reads these names" in html
        assert self.settle(client, quotes, answer="open").status_code == 403
        stranger = sign_in(factories.UserFactory())
        assert stranger.get(reverse(self.LIST)).status_code == 403
        assert stranger.get(path, {"name": "Khan"}).status_code == 403

    def test_that_are_settled_have_no_page(self, as_reporter):
        path = reverse("admin:claims_unresolved_settle")
        for name in ("Khan", "", "a\x00b"):
            assert as_reporter.get(path, {"name": name}).status_code == 404

    def test_cost_as_many_queries_in_dozens_as_alone(self, as_reporter, quotes):
        def count():
            with CaptureQueriesContext(connection) as captured:
                assert as_reporter.get(reverse(self.LIST)).status_code == 200
            return len(captured)

        as_reporter.get(reverse(self.LIST))
        few = count()
        for number in range(12):
            factories.QuoteFactory(speaker=None, suggested_name=f"Name {number}")
        assert count() == few


def test_speakers_are_found_by_any_of_their_names(as_reporter, khan):
    factories.SpeakerAliasFactory(speaker=khan, name="Kaptaan of Lahore")
    found = as_reporter.get(url(Speaker, "changelist"), {"q": "lahore kap"})
    assert khan in found.context["cl"].queryset


def test_a_name_edited_on_its_own_page_counts_as_a_change_of_the_speaker(as_editor, khan):
    alias = factories.SpeakerAliasFactory(speaker=khan)
    data = {"speaker": khan.pk, "name": "Kaptaan"}
    assert as_editor.post(url(SpeakerAlias, "change", alias.pk), data).status_code == 302
    assert Speaker.objects.get(pk=khan.pk).version == khan.version + 1
    as_editor.post(url(SpeakerAlias, "delete", alias.pk), {"post": "yes"})
    assert Speaker.objects.get(pk=khan.pk).version == khan.version + 2


def test_hostile_names_are_text_on_every_page(as_editor, editor):
    payload = "<img src=x onerror=alert(1)>"
    speaker = factories.SpeakerFactory(name=payload, description=payload)
    alias = factories.SpeakerAliasFactory(speaker=speaker, name=f"{payload} 2")
    other = factories.SpeakerFactory(name=f"{payload} 3")
    factories.AffiliationFactory(speaker=other, title=payload)
    factories.QuoteFactory(speaker=other, role=payload)
    factories.QuoteFactory(speaker=None, suggested_name=payload, role=payload)
    voiced(speaker, factories.ClaimFactory(text=payload))
    settle = reverse("admin:claims_unresolved_settle")
    paths = [
        (page(speaker), {}),
        (reverse("admin:claims_speaker_merge", args=[speaker.pk]), {"other": other.pk}),
        (
            reverse("admin:claims_speaker_merge", args=[speaker.pk]),
            {"other": other.pk, "keep": "this"},
        ),
        (reverse("admin:claims_speaker_split", args=[alias.pk]), {}),
        (reverse("admin:claims_unresolved"), {}),
        (reverse("admin:claims_unresolved"), {"q": payload}),
        (settle, {"name": payload}),
    ]
    for path, query in paths:
        html = as_editor.get(path, query).content.decode()
        assert payload not in html, path
        assert "&lt;img src=x" in html, path
