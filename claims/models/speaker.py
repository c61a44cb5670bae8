"""Who says things, under which names, in which roles."""

import re
import unicodedata
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from claims.choices import SpeakerKind
from claims.models.base import Editable, one_of, search_index, tracked
from claims.models.change import announced

NAME_LENGTH = 300


_APOSTROPHES = "'’‘ʼʻ′"
# Typed as apostrophes too; taken apart by Unicode they would leave a blank behind.
_ACCENTS_ALONE = str.maketrans("´`", "''")
# Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel marks of Arabic. The marks of
# other scripts make another letter: ガ is not カ.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
# Letters that Unicode does not take apart, as newspapers without them print them.
_PLAIN_LETTERS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŧ": "t",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
}
_FOLDED = str.maketrans({**_PLAIN_LETTERS, **dict.fromkeys(_APOSTROPHES, "")})


def name_key(name: str) -> str:
    """The form in which names are compared: no case, no accents, no marks, single blanks.

    ``name_key("  José  MUJICA ") == name_key("Jose Mujica")``. Letters of scripts
    without case stay as they are.
    """
    apart = unicodedata.normalize("NFKD", name.translate(_ACCENTS_ALONE)).casefold()
    letters = (
        " " if unicodedata.category(c)[0] in "PZC" else c
        for c in _ACCENTS.sub("", apart.translate(_FOLDED))
    )
    words = unicodedata.normalize("NFC", " ".join("".join(letters).split()))
    return words[:NAME_LENGTH].rstrip()


def _with_key(options: dict[str, Any]) -> dict[str, Any]:
    """Options of a save that names its fields: the key is written wherever the name is."""
    fields = options.get("update_fields")
    return (
        {**options, "update_fields": {*fields, "key"}} if fields and "name" in fields else options
    )


# The lock waits for a merge that is under way and then sees where the row redirects to, so that
# nothing is ever tied to a redirect, whoever writes and whenever.
FOLLOW_REDIRECT = """
    IF NEW.speaker_id IS NOT NULL THEN
        SELECT s.merged_into_id INTO target FROM claims_speaker s
        WHERE s.id = NEW.speaker_id FOR KEY SHARE;
        NEW.speaker_id = coalesce(target, NEW.speaker_id);
    END IF;
    RETURN NEW;
"""


def follow_redirect() -> pgtrigger.Trigger:
    """A trigger that ties a row to the speaker that its ``speaker`` was merged into."""
    return pgtrigger.Trigger(
        name="follow_redirect",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("speaker_id"),  # type: ignore[no-untyped-call]
        declare=[("target", "bigint")],
        func=FOLLOW_REDIRECT,
    )


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def current(self) -> "SpeakerQuerySet":
        """Without the speakers that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def named(self, name: str) -> "SpeakerQuerySet":
        """The current speakers known by exactly this name, as their own or as an alias."""
        key = name_key(name)
        by_alias = SpeakerAlias.objects.filter(key=key).values("speaker_id")
        return self.current().filter(Q(key=key) | Q(pk__in=by_alias))


@tracked()
@announced("speakers")
class Speaker(Editable):
    """A person, organisation, group or anonymous collective that says things."""

    name = models.CharField(max_length=NAME_LENGTH, help_text="The full name, as it is printed.")
    key = models.CharField(
        max_length=NAME_LENGTH, editable=False, help_text="The name as it is compared."
    )
    kind = models.CharField(max_length=20, choices=SpeakerKind.choices, default=SpeakerKind.PERSON)
    description = models.CharField(
        max_length=300, blank=True, help_text="A few words that tell namesakes apart."
    )
    wikidata_id = models.CharField(  # noqa: DJ001  unique, so that empty must be NULL
        max_length=20, null=True, blank=True, help_text="The Wikidata item, such as Q58217."
    )
    is_confirmed = models.BooleanField(
        default=True, help_text="Off while only the extractor has named this speaker."
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="absorbed",
        help_text="The speaker that this row now redirects to.",
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta(Editable.Meta):
        ordering = ["name", "pk"]
        permissions = [
            ("merge_speaker", "Can merge speakers, and undo it"),
            ("import_speaker", "Can import speakers"),
            ("export_speaker", "Can export speakers"),
        ]
        indexes = [
            models.Index(fields=["key"], name="speaker_key"),
            search_index("name", config="simple", name="speaker_name_search"),
        ]
        constraints = [
            models.CheckConstraint(name="speaker_name_filled", condition=~Q(name="") & ~Q(key="")),
            one_of("kind", SpeakerKind, name="speaker_kind_known"),
            models.UniqueConstraint(fields=["wikidata_id"], name="speaker_wikidata_once"),
            models.CheckConstraint(
                name="speaker_wikidata_form",
                condition=Q(wikidata_id__isnull=True) | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
                violation_error_message="A Wikidata item looks like Q58217.",
            ),
            models.CheckConstraint(
                name="speaker_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
            # Two workers that meet a new name at the same moment make one speaker, not two.
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(is_confirmed=False, merged_into__isnull=True),
                name="speaker_unconfirmed_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        self.key = name_key(self.name)
        self.wikidata_id = self.wikidata_id or None
        super().save(*args, **_with_key(options))


@tracked()
@announced("speakers", of="speaker_id")
class SpeakerAlias(models.Model):
    """One name a speaker is known by. Two speakers may share one: that is a fact, not an error."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=NAME_LENGTH)
    key = models.CharField(max_length=NAME_LENGTH, editable=False)

    class Meta:
        verbose_name_plural = "speaker aliases"
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["key"], name="alias_key"),
            search_index("name", config="simple", name="alias_name_search"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["speaker", "key"], name="alias_once_a_speaker"),
            models.CheckConstraint(name="alias_filled", condition=~Q(name="") & ~Q(key="")),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        self.key = name_key(self.name)
        super().save(*args, **_with_key(options))


@tracked()
@announced("speakers", of="speaker_id")
class Affiliation(models.Model):
    """A role that a speaker held from ``since`` to ``until``; open ends are unknown or ongoing."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="affiliations")
    title = models.CharField(max_length=200, help_text="Such as Foreign Minister.")
    organisation = models.CharField(max_length=300, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True, help_text="The last day in the role.")

    class Meta:
        ordering = [F("since").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="affiliation_ordered",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="A role cannot end before it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}" if self.organisation else self.title


@tracked()
class SpeakerMerge(models.Model):
    """One merge of a speaker into another: what moved, so that it can be undone."""

    kept = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="merges_kept")
    absorbed = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="merges_absorbed")
    moved = models.JSONField(
        default=dict,
        blank=True,
        help_text="Primary keys that moved, by model: {'quote': [1, 2], 'alias': [3]}.",
    )
    merged_by = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("absorbed"))),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="merge_open_once_a_speaker",
            ),
        ]
        triggers = [pgtrigger.Protect(name="keep_merges", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.kept}"
