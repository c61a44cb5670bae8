"""The desk's home, the sidebar and the history pages."""

import pytest
from django.urls import reverse

from claims.models import Claim, Quote, Topic
from claims.services import quotes as quote_service
from claims.services.actors import person
from tests import factories
from tests.admin.pages import url

pytestmark = pytest.mark.django_db
HOME = reverse("admin:index")


def test_an_empty_desk_says_how_to_fill_it(as_reporter):
    html = as_reporter.get(HOME).content.decode()
    assert "make demo" in html
    assert "manage.py ingest" in html


def test_the_tiles_count_and_lead_to_their_lists(as_reporter, reporter):
    factories.QuoteFactory.create_batch(2)
    factories.ClaimFactory(assignee=reporter)
    factories.ExtractionRunFactory(state="dead", due_at=None)
    page = as_reporter.get(HOME)
    tiles = {tile.label: tile for tile in page.context["tiles"]}
    assert tiles["Candidates to look at"].count == 2
    assert tiles["Claims: new"].count == 1
    assert tiles["Runs given up"].count == 1
    assert tiles["Runs given up"].alarm
    for tile in tiles.values():
        assert len(as_reporter.get(tile.link).context["cl"].result_list) == tile.count
    assert list(page.context["mine"]) == list(Claim.objects.all())


def sidebar_of(client) -> dict[str, list[str]]:
    groups = client.get(HOME).context["sidebar_navigation"]
    return {group.get("title", ""): [item["title"] for item in group["items"]] for group in groups}


def test_the_sidebar_shows_what_a_person_may_open(as_reporter, as_root, sign_in):
    desk = sidebar_of(as_reporter)
    assert desk["Desk"][:2] == ["Triage", "Candidates"]
    assert desk["People"] == ["API keys", "Rating scales"]
    assert "Periodic tasks" not in desk["Pipeline"]
    everything = ["Users", "Roles", "Locked sign-ins", "API keys", "Rating scales"]
    assert sidebar_of(as_root)["People"] == everything
    assert set(sidebar_of(sign_in(factories.UserFactory()))) == {""}


def test_every_entry_of_the_sidebar_opens(as_root):
    for group in as_root.get(HOME).context["sidebar_navigation"]:
        for item in group["items"]:
            assert as_root.get(item["link"]).status_code == 200, item


def test_the_candidates_are_counted_in_the_sidebar(as_reporter):
    factories.QuoteFactory.create_batch(3)
    groups = as_reporter.get(HOME).context["sidebar_navigation"]
    [candidates] = [i for g in groups for i in g["items"] if i["title"] == "Candidates"]
    assert candidates["badge"] == "3"


def test_the_history_names_person_fields_and_values(as_reporter, reporter):
    quote = factories.QuoteFactory()
    other = factories.SpeakerFactory(name="Piet Hollander")
    path = reverse("admin:claims_quote_decide", args=[quote.pk])
    as_reporter.post(
        path, {"decision": "speaker", "version": quote.version, "speaker": other.pk, "role": ""}
    )
    entries = as_reporter.get(url(Quote, "history", quote.pk)).context["entries"]
    assert [entry.verb for entry in entries] == ["Changed", "Added"]
    assert entries[0].who == "reporter"
    [change] = [change for change in entries[0].changes if change.field == "speaker"]
    assert (change.before, change.after) == (quote.speaker.name, "Piet Hollander")


def test_a_change_outside_of_the_admin_is_in_the_history_too(as_reporter, editor):
    quote = factories.QuoteFactory()
    quote_service.reject(quote, actor=person(editor), reason_code="duplicate")
    html = as_reporter.get(url(Quote, "history", quote.pk)).content.decode()
    assert "Rejected" in html


def test_history_is_for_those_who_may_see_the_row(sign_in):
    topic = factories.TopicFactory()
    client = sign_in(factories.UserFactory())
    assert client.get(url(Topic, "history", topic.pk)).status_code == 403


def test_a_search_finds_words_half_typed_and_survives_any_query(as_reporter):
    quote = factories.QuoteFactory()
    path = url(Quote, "changelist")
    for words in ("inspect", "dykes 85", "“inspected” dyke"):
        assert list(as_reporter.get(path, {"q": words}).context["cl"].result_list) == [quote]
    for hostile in ("' & | !", "the", ":* <->", "\\", "(((", "%_", "!!a:b"):
        assert as_reporter.get(path, {"q": hostile}).status_code == 200


def test_autocompletes_find_claims_by_words_and_speakers_by_alias(as_reporter):
    claim = factories.ClaimFactory(text="The ferry raises €2.1m a year.")
    alias = factories.SpeakerAliasFactory(name="Hollander")
    merged = factories.SpeakerFactory(name="Hollander P.", merged_into=alias.speaker)
    path = reverse("admin:autocomplete")

    def found(model, field, term):
        query = {"app_label": "claims", "model_name": model, "field_name": field, "term": term}
        return [int(row["id"]) for row in as_reporter.get(path, query).json()["results"]]

    assert found("appearance", "claim", "ferr") == [claim.pk]
    assert found("quote", "speaker", "hollan") == [alias.speaker_id]
    assert merged.pk not in found("quote", "speaker", "hollander")
