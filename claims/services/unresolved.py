"""Names in articles that nobody has tied to a speaker, gathered and settled by the dozen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from claims.choices import FixReason, SpeakerKind
from claims.models import Decision, Quote, Speaker, SpeakerAlias
from claims.models.quote import UNRESOLVED
from claims.models.speaker import name_key
from claims.services.actors import Actor
from claims.services.quotes import REVIEW
from claims.services.speakers import create_speaker


@dataclass(frozen=True, slots=True)
class Mention:
    """A name with the quotes that it stands before."""

    name: str
    quotes: int
    articles: int
    newest: datetime


def unresolved() -> QuerySet[Quote]:
    """Quotes with a name and no speaker, but those that somebody chose to leave so."""
    left = Decision.objects.filter(quote=OuterRef("pk"), reason_code=FixReason.LEFT_OPEN)
    return Quote.objects.filter(UNRESOLVED).exclude(Exists(left))


def mentions(*, beginning: str = "") -> list[Mention]:
    """The names with the most open quotes, the most frequent first; three queries at most.

    They are gathered from the newest UNRESOLVED_GATHERED open quotes, so that the page takes
    as long on a large record as on a small one; the counts are of all. ``beginning`` narrows
    them to names that begin so, as they are written.
    """
    rows = unresolved()
    if beginning:
        rows = rows.filter(suggested_name__startswith=beginning)
    newest = rows.order_by("-pk").values("pk")[: settings.UNRESOLVED_GATHERED]
    names = (
        Quote.objects.filter(pk__in=newest)
        .order_by()
        .values("suggested_name")
        .annotate(n=Count("pk"))
        .order_by("-n", "suggested_name")[: settings.UNRESOLVED_SHOWN]
    )
    counted = (
        unresolved()
        .filter(suggested_name__in=[row["suggested_name"] for row in names])
        .order_by()
        .values("suggested_name")
        .annotate(
            quotes=Count("pk"),
            articles=Count("article_version__article", distinct=True),
            newest=Max("created_at"),
        )
    )
    found = [
        Mention(row["suggested_name"], row["quotes"], row["articles"], row["newest"])
        for row in counted
    ]
    return sorted(found, key=lambda mention: (-mention.quotes, mention.name))


def quotes_of(name: str) -> QuerySet[Quote]:
    """The open quotes under exactly this name, the newest first."""
    return unresolved().filter(suggested_name=name).order_by("-pk")


@transaction.atomic
def settle(
    name: str,
    *,
    actor: Actor,
    speaker: Speaker | None,
    up_to: int,
    but: Collection[int] = (),
    remember: bool = False,
) -> int:
    """Tie the open quotes of ``name`` to ``speaker``, or leave them open for good with None.

    ``up_to`` is the key of the newest quote that the person saw: what came later waits for a
    look of its own. ``but`` are keys that are not touched. ``remember`` makes the name one of
    the speaker's, so that the extractor knows it. Returns how many quotes were settled.
    """
    user = actor.require(REVIEW)
    found = quotes_of(name).filter(pk__lte=up_to).exclude(pk__in=list(but))
    rows = list(found.select_for_update(of=("self",)).order_by("pk").values_list("pk", "status"))
    now = timezone.now()
    if speaker is not None:
        keys = [pk for pk, _ in rows]
        Quote.objects.filter(pk__in=keys).update(speaker=speaker, touched_at=now, updated_at=now)
        if remember:
            _remember(name, speaker, actor)
    else:
        Quote.objects.filter(pk__in=[pk for pk, _ in rows]).update(touched_at=now, updated_at=now)
    _log(rows, FixReason.FIXED_SPEAKER if speaker else FixReason.LEFT_OPEN, user.pk)
    return len(rows)


@transaction.atomic
def settle_as_new(
    name: str,
    *,
    actor: Actor,
    up_to: int,
    full_name: str,
    kind: str = SpeakerKind.PERSON,
    description: str = "",
    but: Collection[int] = (),
    remember: bool = False,
) -> tuple[Speaker, int]:
    """The same, to a speaker who is not on the record yet. NotReady without a name."""
    made = create_speaker(full_name, actor=actor, kind=kind, description=description)
    return made, settle(name, actor=actor, speaker=made, up_to=up_to, but=but, remember=remember)


def _remember(name: str, speaker: Speaker, actor: Actor) -> None:
    actor.require("claims.add_speakeralias")
    if name_key(name) != speaker.key:
        SpeakerAlias.objects.bulk_create(
            [SpeakerAlias(speaker=speaker, name=name, key=name_key(name))], ignore_conflicts=True
        )
        speaker.save(update_fields=["updated_at"])  # its version counts its names too


def _log(rows: Sequence[tuple[int, str]], reason: str, user: int) -> None:
    """A line in the log of each quote: its status stays, and why somebody touched it."""
    Decision.objects.bulk_create(
        Decision(quote_id=pk, actor_id=user, from_state=status, to_state=status, reason_code=reason)
        for pk, status in rows
    )
