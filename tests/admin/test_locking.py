"""Two people on one form: the second is told, and nothing is lost."""

import pytest

from claims.choices import Priority
from claims.models import Claim, Source, Speaker
from tests import factories
from tests.admin.pages import url

pytestmark = pytest.mark.django_db


def claim_data(claim, **changes):
    return {
        "version": claim.version,
        "text": claim.text,
        "priority": claim.priority,
        "quantities": "[]",
        "assignee": "",
        "recheck_by": "",
        "embargo_until_0": "",
        "embargo_until_1": "",
        **changes,
    }


@pytest.fixture
def claim(db):
    return factories.ClaimFactory(text="85% of the dykes were inspected.")


def save(client, claim, **changes):
    return client.post(url(Claim, "change", claim.pk), claim_data(claim, **changes))


def test_a_form_on_the_current_row_is_saved_and_counted(as_editor, claim):
    assert save(as_editor, claim, text="58% were inspected.").status_code == 302
    seen = claim.version
    claim.refresh_from_db()
    assert claim.text == "58% were inspected."
    assert claim.version > seen


def test_a_stale_save_is_refused_and_names_the_others_change(as_editor, as_checker, claim, checker):
    checker.first_name, checker.last_name = "Ben", "Okoro"
    checker.save()
    save(as_checker, claim, text="The checker's sentence.")
    response = save(as_editor, claim, text="The editor's sentence.")
    html = response.content.decode()
    assert response.status_code == 200
    assert "changed by somebody else" in html
    assert "Ben Okoro" in html
    assert "The checker&#x27;s sentence." in html
    assert "The editor&#x27;s sentence.</textarea>" in html
    claim.refresh_from_db()
    assert claim.text == "The checker's sentence."


def test_the_same_stale_form_is_refused_again(as_editor, as_checker, claim):
    save(as_checker, claim, text="The checker's sentence.")
    for _ in range(2):
        assert save(as_editor, claim, text="The editor's sentence.").status_code == 200
    claim.refresh_from_db()
    assert claim.text == "The checker's sentence."


def test_fields_left_alone_take_the_others_value_and_saving_again_decides(
    as_editor, as_checker, claim
):
    save(as_checker, claim, priority="high", recheck_by="2026-06-01")
    response = save(as_editor, claim, text="The editor's sentence.")
    form = response.context["adminform"].form
    assert form["text"].value() == "The editor's sentence."
    assert form["priority"].value() == "high"
    assert form["recheck_by"].value() == "2026-06-01"
    again = claim_data(
        claim,
        version=form["version"].value(),
        text=form["text"].value(),
        priority=form["priority"].value(),
        recheck_by=form["recheck_by"].value(),
    )
    assert as_editor.post(url(Claim, "change", claim.pk), again).status_code == 302
    claim.refresh_from_db()
    assert (claim.text, claim.priority) == ("The editor's sentence.", Priority.HIGH)
    assert claim.recheck_by is not None


def test_a_change_by_raw_sql_is_noticed_too(as_editor, claim):
    Claim.objects.filter(pk=claim.pk).update(priority="low")
    assert save(as_editor, claim, text="Mine.").status_code == 200
    claim.refresh_from_db()
    assert claim.text != "Mine."


def test_a_form_without_a_version_is_refused(as_editor, claim):
    response = save(as_editor, claim, version="", text="Mine.")
    assert "out of date" in response.content.decode()
    claim.refresh_from_db()
    assert claim.text != "Mine."


def test_every_editable_row_carries_its_version_in_the_form(as_root):
    rows = [
        factories.SourceFactory(),
        factories.FeedFactory(),
        factories.SpeakerFactory(),
        factories.EvidenceFactory(),
        factories.AppearanceFactory(),
        factories.ClaimFactory(),
        factories.ArticleVersionFactory().article,
    ]
    for row in rows:
        html = as_root.get(url(type(row), "change", row.pk)).content.decode()
        row.refresh_from_db()
        assert f'name="version" value="{row.version}"' in html, type(row)


def test_a_stale_source_and_a_stale_speaker_with_a_checkbox(as_root):
    source = factories.SourceFactory()
    seen = source.version
    Source.objects.filter(pk=source.pk).update(language="fr")
    data = {
        "version": seen,
        "name": "Another name",
        "kind": "agency",
        "domain": source.domain,
        "language": "en",
    }
    response = as_root.post(url(Source, "change", source.pk), data)
    assert response.context["adminform"].form["language"].value() == "fr"
    speaker = factories.SpeakerFactory(is_confirmed=True)
    seen = speaker.version
    Speaker.objects.filter(pk=speaker.pk).update(is_confirmed=False)
    inlines = {
        f"{name}-{key}": 0
        for name in ("aliases", "affiliations")
        for key in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data = {
        "version": seen,
        "name": "New name",
        "kind": "person",
        "is_confirmed": "on",
        "description": "",
        "wikidata_id": "",
        **inlines,
    }
    response = as_root.post(url(Speaker, "change", speaker.pk), data)
    form = response.context["adminform"].form
    assert form["name"].value() == "New name"
    assert not form["is_confirmed"].value()
