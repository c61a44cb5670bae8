"""A name that was filed under the wrong speaker gets a speaker of its own."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims.models import Quote, Speaker, SpeakerAlias
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, StaleRow
from claims.services.locking import take_turns
from claims.services.speaker_merging import MERGE, TURN


def quotes_under(alias: SpeakerAlias) -> QuerySet[Quote]:
    """The quotes of the alias's speaker that the extractor found under this very name."""
    return Quote.objects.filter(speaker=alias.speaker_id, suggested_name__iexact=alias.name)


@transaction.atomic
def split_off(
    alias: SpeakerAlias,
    *,
    actor: Actor,
    quotes: Collection[int] = (),
    and_all_named_but: Collection[int] | None = None,
    name: str = "",
    description: str = "",
) -> Speaker:
    """Make a speaker of ``alias``, with the ``quotes`` (keys) that are its, and return it.

    ``and_all_named_but`` adds `quotes_under` without these keys. Quotes of other speakers are
    left alone.
    Raises NotAllowed, StaleRow when the alias has moved since, InvalidTransition when its
    speaker was merged into another.
    """
    actor.require(MERGE)
    take_turns(TURN)
    former = Speaker.objects.select_for_update().get(pk=alias.speaker_id)
    here = SpeakerAlias.objects.select_for_update().filter(pk=alias.pk, speaker=former).first()
    if here is None:
        raise StaleRow("This name was moved or removed since. Look at the speaker again.")
    if former.merged_into_id is not None:
        raise InvalidTransition(f"{former} was merged into {former.merged_into}: split it there.")
    picked = set(quotes)
    if and_all_named_but is not None:
        named = quotes_under(here).values_list("pk", flat=True)
        picked |= set(named) - set(and_all_named_but)
    made = Speaker.objects.create(
        name=(name or here.name).strip(), kind=former.kind, description=description.strip()
    )
    here.delete()
    former.save(update_fields=["updated_at"])  # its version counts its names too
    if made.key != here.key:
        SpeakerAlias.objects.create(speaker=made, name=here.name)
    Quote.objects.filter(pk__in=picked, speaker=former).update(
        speaker=made, updated_at=timezone.now()
    )
    return made
