"""Two rows that are one speaker made one, and two again when that was wrong.

A merge moves what hangs on the absorbed speaker over to the kept one, writes down the keys of
what moved, and leaves the absorbed row as a redirect. Undoing it gives back what is still
where the merge put it, and says what is not. Merges take turns: they are rare, they reach into
many rows, and one at a time none of them waits for another in a circle.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.choices import EventType
from claims.models import Affiliation, Quote, ReplyRequest, Speaker, SpeakerAlias, SpeakerMerge
from claims.models.speaker import name_key
from claims.services import outbox
from claims.services.actors import Actor
from claims.services.errors import DeskError, InvalidTransition, StaleRow
from claims.services.locking import take_turns

MERGE = "claims.merge_speaker"
TURN = "merges of speakers"
SHOWN_QUOTES = 5
REPLY = "request for a reply"


class CannotMerge(DeskError):
    """The two rows cannot be one speaker as they stand."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do, without doing it."""

    kept: Speaker
    absorbed: Speaker
    quotes: int
    newest: list[Quote]
    """A few of the quotes, the newest first."""
    new_names: list[str]
    """Names that the kept speaker gets; one it has already is not listed."""
    affiliations: list[Affiliation]
    reply_requests: int
    redirects: list[Speaker]
    """Speakers merged into the absorbed one before; they will redirect to the kept one."""
    wikidata_id: str
    """The item that the kept speaker gets, or nothing."""
    problem: str
    """Why the merge would be refused; empty when it would not."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What came back to the absorbed speaker, by noun, and what did not, in sentences."""

    merge: SpeakerMerge
    returned: dict[str, int] = field(default_factory=dict)
    changed_since: list[str] = field(default_factory=list)


def preview(kept: Speaker, absorbed: Speaker) -> Preview:
    """What `merge` would move from ``absorbed`` to ``kept``. Reads only."""
    names, added = _names_to_move(kept, absorbed)
    return Preview(
        kept=kept,
        absorbed=absorbed,
        quotes=absorbed.quotes.count(),
        newest=list(
            absorbed.quotes.select_related("article_version__article__source")
            .defer("article_version__text")
            .order_by("-pk")[:SHOWN_QUOTES]
        ),
        new_names=[*([absorbed.name] if added else []), *(alias.name for alias in names)],
        affiliations=_affiliations_to_move(kept, absorbed),
        reply_requests=absorbed.reply_requests.count(),
        redirects=list(absorbed.absorbed.order_by("name", "pk")),
        wikidata_id="" if kept.wikidata_id else absorbed.wikidata_id or "",
        problem=_problem(kept, absorbed),
    )


@transaction.atomic
def merge(
    *,
    kept: Speaker,
    absorbed: Speaker,
    actor: Actor,
    expected_versions: tuple[int, int] | None = None,
) -> SpeakerMerge:
    """Make ``absorbed`` a redirect to ``kept`` and move over what hangs on it.

    ``expected_versions`` are those of the kept and the absorbed row that the person saw.
    Raises NotAllowed, StaleRow, or CannotMerge for a row with itself, a row that was merged
    already, and two with different Wikidata items.
    """
    user = actor.require(MERGE)
    kept, absorbed = _hold(kept, absorbed)
    if expected_versions is not None and expected_versions != (kept.version, absorbed.version):
        raise StaleRow("One of the two speakers was changed since. Look at them again.")
    if problem := _problem(kept, absorbed):
        raise CannotMerge(problem)
    now = timezone.now()
    aliases, adds_name = _names_to_move(kept, absorbed)
    moved: dict[str, Any] = {
        "quote": _move(absorbed.quotes.all(), kept, updated_at=now),
        "alias": _move(SpeakerAlias.objects.filter(pk__in=[a.pk for a in aliases]), kept),
        "affiliation": _move(
            Affiliation.objects.filter(
                pk__in=[row.pk for row in _affiliations_to_move(kept, absorbed)]
            ),
            kept,
        ),
        "replyrequest": _move(absorbed.reply_requests.all(), kept, updated_at=now),
        "redirect": _repoint(absorbed.absorbed.all(), kept),
        "added_alias": [],
    }
    if adds_name:
        moved["added_alias"] = [SpeakerAlias.objects.create(speaker=kept, name=absorbed.name).pk]
    moved |= _merge_own_fields(kept, absorbed)
    merged = SpeakerMerge.objects.create(kept=kept, absorbed=absorbed, moved=moved, merged_by=user)
    outbox.emit(EventType.SPEAKER_MERGED, kept, facts={"absorbed": absorbed.pk})
    return merged


@transaction.atomic
def undo(merge: SpeakerMerge, *, actor: Actor) -> Undone:
    """Give back to the absorbed speaker what moved and is still with the kept one.

    Raises NotAllowed, or InvalidTransition when it was undone already or the kept speaker has
    itself been merged since: the later merge is undone first.
    """
    actor.require(MERGE)
    take_turns(TURN)
    merge = SpeakerMerge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        raise InvalidTransition("This merge was undone already.")
    kept, absorbed = _hold(
        Speaker.objects.get(pk=merge.kept_id), Speaker.objects.get(pk=merge.absorbed_id)
    )
    if kept.merged_into_id is not None:
        raise InvalidTransition(
            f"{kept} was merged into {kept.merged_into} after this. Undo that merge first."
        )
    changed: list[str] = []
    _restore_own_fields(kept, absorbed, merge.moved, changed)
    back = _Return(kept, absorbed, merge.moved, changed)
    returned = {
        "name": back.aliases(),
        "quote": back.rows("quote", Quote.objects.all(), "quote", "speaker", timed=True),
        "role": back.rows("affiliation", Affiliation.objects.all(), "role", "speaker"),
        REPLY: back.rows("replyrequest", ReplyRequest.objects.all(), REPLY, "speaker", timed=True),
        "redirect": back.rows("redirect", Speaker.objects.all(), "redirect", "merged_into"),
    }
    back.remove_added_name()
    back.tell_of_newcomers(since=merge)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    return Undone(merge=merge, returned=returned, changed_since=changed)


def _hold(kept: Speaker, absorbed: Speaker) -> tuple[Speaker, Speaker]:
    """Both rows as they are now, locked, and no other merge at work.

    The lock is the strong one: a quote cannot be tied to either row while it is held, and
    whoever wants to finds out afterwards where the row redirects to.
    """
    take_turns(TURN)
    locked = {
        speaker.pk: speaker
        for speaker in Speaker.objects.select_for_update(of=("self",))
        .filter(pk__in=[kept.pk, absorbed.pk])
        .select_related("merged_into")
        .order_by("pk")
    }
    try:
        return locked[kept.pk], locked[absorbed.pk]
    except KeyError as gone:
        raise CannotMerge("One of the two speakers is no longer there.") from gone


def _problem(kept: Speaker, absorbed: Speaker) -> str:
    if kept.pk == absorbed.pk:
        return "A speaker cannot be merged into itself."
    for speaker in (kept, absorbed):
        if speaker.merged_into_id is not None:
            return f"{speaker} was already merged into {speaker.merged_into}."
    if kept.wikidata_id and absorbed.wikidata_id:
        return (
            f"Wikidata knows two: {kept} is {kept.wikidata_id}, {absorbed} is "
            f"{absorbed.wikidata_id}. If one of the numbers is wrong, correct it first."
        )
    return ""


def _names_to_move(kept: Speaker, absorbed: Speaker) -> tuple[list[SpeakerAlias], bool]:
    """The aliases that move, and whether the absorbed speaker's own name becomes one."""
    known = {kept.key, *kept.aliases.values_list("key", flat=True)}
    aliases = [alias for alias in absorbed.aliases.all() if alias.key not in known]
    has_own_name = absorbed.key in known or absorbed.key in {alias.key for alias in aliases}
    return aliases, not has_own_name


def _affiliations_to_move(kept: Speaker, absorbed: Speaker) -> list[Affiliation]:
    """The roles of the absorbed speaker that the kept one does not have word for word."""
    known = {_role(row) for row in kept.affiliations.all()}
    return [row for row in absorbed.affiliations.all() if _role(row) not in known]


def _role(row: Affiliation) -> tuple[Any, ...]:
    return (name_key(row.title), name_key(row.organisation), row.since, row.until)


def _move(rows: QuerySet[Any], to: Speaker, **also: Any) -> list[int]:
    """Tie ``rows`` to another speaker; their keys."""
    keys = sorted(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).update(speaker=to, **also)
    return keys


def _repoint(rows: QuerySet[Speaker], to: Speaker) -> list[int]:
    """Let earlier redirects lead straight to ``to``: no redirect ever leads to another."""
    keys = sorted(rows.values_list("pk", flat=True))
    Speaker.objects.filter(pk__in=keys).update(merged_into=to, updated_at=timezone.now())
    return keys


def _merge_own_fields(kept: Speaker, absorbed: Speaker) -> dict[str, Any]:
    """The Wikidata item and the confirmation go over; what the undo needs to know."""
    taken = absorbed.wikidata_id
    confirms = absorbed.is_confirmed and not kept.is_confirmed
    absorbed.wikidata_id = None
    absorbed.merged_into = kept
    absorbed.save(update_fields=["wikidata_id", "merged_into", "updated_at"])
    kept.wikidata_id = taken or kept.wikidata_id
    kept.is_confirmed = kept.is_confirmed or confirms
    # Saved in any case: its names have changed, and whoever looks at them is to know.
    kept.save(update_fields=["wikidata_id", "is_confirmed", "updated_at"])
    return {"wikidata_id": taken or "", "confirmed": confirms}


def _restore_own_fields(
    kept: Speaker, absorbed: Speaker, moved: dict[str, Any], changed: list[str]
) -> None:
    item = moved.get("wikidata_id") or None
    if item and kept.wikidata_id != item:
        changed.append(f"the Wikidata item is no longer {item} and stays as it is")
        item = None
    namesake = Speaker.objects.filter(
        key__in=[kept.key, absorbed.key], is_confirmed=False, merged_into=None
    ).exclude(pk__in=[kept.pk, absorbed.pk])
    taken = set(namesake.values_list("key", flat=True))
    # The extractor keeps at most one unconfirmed speaker of a name; a person vouches for this.
    doubts_kept = bool(moved.get("confirmed")) and kept.key not in taken
    kept.wikidata_id = None if item else kept.wikidata_id
    kept.is_confirmed = kept.is_confirmed and not doubts_kept
    kept.save(update_fields=["wikidata_id", "is_confirmed", "updated_at"])
    absorbed.merged_into = None
    absorbed.wikidata_id = item or absorbed.wikidata_id
    unconfirmed_twin = not kept.is_confirmed and kept.key == absorbed.key
    if not absorbed.is_confirmed and (absorbed.key in taken or unconfirmed_twin):
        absorbed.is_confirmed = True
        changed.append(f"{absorbed} counts as confirmed: the name has been found anew since")
    absorbed.save(update_fields=["merged_into", "wikidata_id", "is_confirmed", "updated_at"])


@dataclass(frozen=True, slots=True)
class _Return:
    """The way back of the rows that a merge moved."""

    kept: Speaker
    absorbed: Speaker
    moved: dict[str, Any]
    changed: list[str]

    def rows(
        self, name: str, rows: QuerySet[Any], noun: str, column: str, *, timed: bool = False
    ) -> int:
        """Give back the rows under ``name`` that are still with the kept speaker."""
        keys = self.moved.get(name, [])
        here = rows.filter(pk__in=keys, **{column: self.kept})
        stamp = {"updated_at": timezone.now()} if timed or issubclass(rows.model, Speaker) else {}
        back = here.update(**{column: self.absorbed}, **stamp)
        self._tell(len(keys) - back, noun)
        return back

    def aliases(self) -> int:
        """The same for names; one that the absorbed speaker has got anew is not doubled."""
        keys = self.moved.get("alias", [])
        has = set(self.absorbed.aliases.values_list("key", flat=True))
        here = SpeakerAlias.objects.filter(pk__in=keys, speaker=self.kept)
        here.filter(key__in=has).delete()
        back = here.update(speaker=self.absorbed)
        self._tell(len(keys) - back, "name")
        return back

    def remove_added_name(self) -> None:
        """Take back the alias that the merge made of the absorbed speaker's name."""
        keys = self.moved.get("added_alias", [])
        gone, _ = SpeakerAlias.objects.filter(
            pk__in=keys, speaker=self.kept, key=self.absorbed.key
        ).delete()
        if keys and not gone:
            self.changed.append(f"the name {self.absorbed} was taken off {self.kept} already")

    def tell_of_newcomers(self, *, since: SpeakerMerge) -> None:
        """Quotes found under the absorbed speaker's names since the merge stay, and it shows."""
        names = {self.absorbed.name, *self.absorbed.aliases.values_list("name", flat=True)}
        stayed = Quote.objects.filter(
            speaker=self.kept, suggested_name__in=names, created_at__gt=since.merged_at
        ).count()
        if stayed:
            self.changed.append(
                f"{counted(stayed, 'quote')} found since under these names stay with {self.kept}"
            )

    def _tell(self, missing: int, noun: str) -> None:
        if missing:
            self.changed.append(
                f"{counted(missing, noun)} that had moved belong elsewhere now, and stay there"
            )


def counted(number: int, noun: str) -> str:
    """The number with its noun: “1 quote”, “2 requests for a reply”."""
    head, blank, tail = noun.partition(" ")
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {head}s{blank}{tail}"


def open_merges(speaker: Speaker) -> QuerySet[SpeakerMerge]:
    """The merges into or of ``speaker`` that stand, the newest first."""
    return SpeakerMerge.objects.filter(
        Q(kept=speaker) | Q(absorbed=speaker), undone_at=None
    ).select_related("kept", "absorbed", "merged_by")
