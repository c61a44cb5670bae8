"""Filters of the queue, kept by name: one's own, and those that colleagues share."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from claims.models import SavedView
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotAllowed, NotReady
from claims.services.locking import take_turns

LONGEST_NAME, LONGEST_QUERY = 80, 1000


def views_for(user_id: int) -> QuerySet[SavedView]:
    """The views of this person, and those that others share; their owners are loaded."""
    mine_or_shared = SavedView.objects.filter(Q(owner=user_id) | Q(is_shared=True))
    return mine_or_shared.select_related("owner").order_by("name", "pk")


@transaction.atomic
def save_view(*, actor: Actor, name: str, query: str, is_shared: bool = False) -> SavedView:
    """Keep filters under a name; one of this person's that has the name is replaced."""
    user = actor.require("claims.add_savedview")
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise NotReady([f"a name of at most {LONGEST_NAME} characters is needed"])
    if len(query) > LONGEST_QUERY:
        raise NotReady(["fewer filters are needed: these are too many to be kept"])
    take_turns(f"saved views of user {user.pk}")
    others = SavedView.objects.filter(owner=user).exclude(name=name)
    if others.count() >= settings.SAVED_VIEWS_MAX:
        raise InvalidTransition(
            f"You have {settings.SAVED_VIEWS_MAX} views already: delete one you no longer need."
        )
    view, _ = SavedView.objects.update_or_create(
        owner=user, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    return view


def delete_view(view: SavedView, *, actor: Actor) -> None:
    """Delete a view of one's own."""
    user = actor.require("claims.delete_savedview")
    if view.owner_id != user.pk:
        raise NotAllowed("This view is a colleague's: only its owner can delete it.")
    view.delete()
