"""Filters of the queue, kept by name."""

import pytest

from claims.models import SavedView
from claims.services.actors import person
from claims.services.errors import InvalidTransition, NotAllowed, NotReady
from claims.services.saved_views import delete_view, save_view, views_for
from tests import factories

pytestmark = pytest.mark.django_db


def test_ones_own_views_and_what_colleagues_share(reporter, editor):
    save_view(actor=person(reporter), name=" My  desk ", query="kind=direct")
    save_view(actor=person(editor), name="Open", query="unresolved=on", is_shared=True)
    save_view(actor=person(editor), name="Private", query="kind=mixed")
    assert [view.name for view in views_for(reporter.pk)] == ["My desk", "Open"]
    assert [view.name for view in views_for(editor.pk)] == ["Open", "Private"]


def test_a_view_of_the_same_name_is_replaced(reporter):
    save_view(actor=person(reporter), name="Mine", query="kind=direct", is_shared=True)
    save_view(actor=person(reporter), name="Mine", query="kind=mixed")
    view = SavedView.objects.get()
    assert (view.query, view.is_shared) == ("kind=mixed", False)


def test_what_cannot_be_kept_is_refused(reporter, settings):
    actor = person(reporter)
    for name, query in (("", ""), ("x" * 81, ""), ("Long", "x" * 1001)):
        with pytest.raises(NotReady):
            save_view(actor=actor, name=name, query=query)
    settings.SAVED_VIEWS_MAX = 1
    save_view(actor=actor, name="One", query="")
    save_view(actor=actor, name="One", query="kind=direct")
    with pytest.raises(InvalidTransition, match="delete one"):
        save_view(actor=actor, name="Two", query="")
    assert SavedView.objects.count() == 1


def test_a_view_is_its_owners_to_delete(reporter, editor):
    view = save_view(actor=person(reporter), name="Shared", query="", is_shared=True)
    with pytest.raises(NotAllowed):
        delete_view(view, actor=person(editor))
    with pytest.raises(NotAllowed):
        save_view(actor=person(factories.UserFactory()), name="Mine", query="")
    delete_view(view, actor=person(reporter))
    assert not SavedView.objects.exists()
