"""An empty list says what belongs there and what to do next, or that the filters left nothing."""

import pytest
from django.contrib import admin
from django.urls import reverse

from claims.admin.base import DeskAdmin
from tests import factories

DESK = {
    model._meta.model_name: page
    for model, page in admin.site._registry.items()
    if isinstance(page, DeskAdmin)
}


@pytest.mark.parametrize("name", sorted(DESK))
def test_every_list_has_a_word_for_those_who_find_it_empty(name):
    assert DESK[name].empty_hint.endswith(".")


@pytest.mark.parametrize("name", ["article", "claim", "feed", "externalreview", "speakermerge"])
def test_an_empty_list_says_what_to_do_next(as_root, name):
    page = as_root.get(reverse(f"admin:claims_{name}_changelist"))
    assert DESK[name].empty_hint in page.content.decode().replace("&#x27;", "'")
    assert "Create a new item" not in page.content.decode()


def test_a_search_without_a_hit_leads_back_to_everything(as_root):
    factories.SpeakerFactory(name="Ann Lee")
    page = as_root.get(reverse("admin:claims_speaker_changelist"), {"q": "Zebra"})
    assert "Nothing fits the search." in page.content.decode()
    assert DESK["speaker"].empty_hint not in page.content.decode()


def test_who_may_add_is_offered_that(as_root, sign_in, auditor):
    address = reverse("admin:claims_topic_changelist")
    add = reverse("admin:claims_topic_add")
    assert "Add topic" in as_root.get(address).content.decode()
    assert f'href="{add}' not in sign_in(auditor).get(address).content.decode()
