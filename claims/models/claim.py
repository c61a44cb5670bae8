"""Claims: what can be true or false, where it was voiced, and how claims relate."""

import pgtrigger
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from claims.choices import (
    CLAIM_MOVES,
    ClaimRelation,
    ClaimStage,
    MatchState,
    Priority,
    Stance,
)
from claims.models.base import Editable, fsm, one_of, search_index, tracked
from claims.models.change import announced, announces_what_it_shows
from claims.models.quote import Quote

# What readers can still see is not put away: it is retracted first, or corrected.
PUBLIC_VERDICT_HOLDS = """
    IF EXISTS (SELECT FROM claims_verdict v
               WHERE v.claim_id = NEW.id AND v.status = 'published') THEN
        RAISE EXCEPTION 'claim_shelved_with_verdict: the verdict on claim % is public', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@tracked()
@announced("topics")
class Topic(Editable):
    """A subject that claims are filed under."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100)

    class Meta(Editable.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="topic_name_once"),
            models.UniqueConstraint(fields=["slug"], name="topic_slug_once"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
@announces_what_it_shows
@announced("claims")
class Claim(Editable):
    """A proposition that can be true or false, in one sentence that stands alone."""

    text = models.TextField(help_text="Names instead of pronouns, dates instead of “last week”.")
    topics = models.ManyToManyField(Topic, blank=True, related_name="claims")
    quantities = models.JSONField(
        default=list,
        blank=True,
        help_text="[{value, unit, comparator, of}]: another number makes another claim.",
    )
    stage = models.CharField(
        max_length=12, choices=ClaimStage.choices, default=ClaimStage.NEW, editable=False
    )
    priority = models.CharField(max_length=8, choices=Priority.choices, default=Priority.NORMAL)
    assignee = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="assigned_claims"
    )
    embargo_until = models.DateTimeField(null=True, blank=True)
    recheck_by = models.DateField(
        null=True, blank=True, help_text="When the verdict should be looked at again."
    )
    created_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="created_claims",
    )

    class Meta(Editable.Meta):
        ordering = ["-pk"]
        permissions = [
            ("research_claim", "Can research claims and submit verdicts"),
            ("see_embargoed", "Can see claims before their embargo ends"),
            ("import_claim", "Can import claims"),
            ("export_claim", "Can export claims"),
        ]
        indexes = [
            models.Index(fields=["stage", "-id"], name="claim_by_stage"),
            models.Index(
                fields=["embargo_until"],
                condition=Q(embargo_until__isnull=False),
                name="claim_embargoed",
            ),
            models.Index(
                fields=["recheck_by"],
                condition=Q(recheck_by__isnull=False),
                name="claim_to_recheck",
            ),
            search_index("text", config="english", name="claim_text_search"),
        ]
        constraints = [
            models.CheckConstraint(name="claim_text_filled", condition=~Q(text="")),
            one_of("stage", ClaimStage, name="claim_stage_known"),
            one_of("priority", Priority, name="claim_priority_known"),
        ]
        triggers = [
            *Editable.Meta.triggers,
            fsm("stage", CLAIM_MOVES),
            pgtrigger.Trigger(
                name="public_verdict_holds",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("stage"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__stage="shelved"),
                func=PUBLIC_VERDICT_HOLDS,
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 100 else f"{self.text[:99]}…"


@tracked()
@announced("claims", of="claim_id")
class ClaimTopic(Claim.topics.through):  # type: ignore[name-defined,misc]
    """A claim filed under a topic; here so that filing has a history as well."""

    class Meta:
        proxy = True


@tracked()
@announced("appearances")
class Appearance(Editable):
    """A quote that voices a claim. A suggested one carries no verdict over."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appearances")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="appearances")
    stance = models.CharField(max_length=10, choices=Stance.choices, default=Stance.ASSERTS)
    state = models.CharField(
        max_length=10, choices=MatchState.choices, default=MatchState.SUGGESTED, editable=False
    )
    score = models.FloatField(null=True, blank=True, editable=False, help_text="0 to 1.")
    method = models.CharField(
        max_length=50, blank=True, editable=False, help_text="What suggested it; empty: a person."
    )

    class Meta(Editable.Meta):
        ordering = ["claim", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "quote"], name="appearance_once"),
            models.CheckConstraint(
                name="appearance_score_share",
                condition=Q(score__isnull=True) | Q(score__range=(0, 1)),
            ),
            one_of("stance", Stance, name="appearance_stance_known"),
            one_of("state", MatchState, name="appearance_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.quote}"


@tracked()
@announced("claim-links")
class ClaimLink(Editable):
    """A relation of two claims, binding once an editor has confirmed it."""

    from_claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="links_out")
    to_claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="links_in")
    relation = models.CharField(max_length=12, choices=ClaimRelation.choices)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=MatchState.choices, default=MatchState.SUGGESTED, editable=False
    )
    score = models.FloatField(null=True, blank=True, editable=False, help_text="0 to 1.")
    method = models.CharField(
        max_length=50, blank=True, editable=False, help_text="What suggested it; empty: a person."
    )

    class Meta(Editable.Meta):
        ordering = ["from_claim", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_claim", "to_claim", "relation"], name="claim_link_once"
            ),
            models.CheckConstraint(
                name="claim_link_of_two",
                condition=~Q(from_claim=F("to_claim")),
                violation_error_message="A claim cannot be linked to itself.",
            ),
            one_of("relation", ClaimRelation, name="claim_link_known"),
            one_of("state", MatchState, name="claim_link_state_known"),
            models.CheckConstraint(
                name="claim_link_score_share",
                condition=Q(score__isnull=True) | Q(score__range=(0, 1)),
            ),
            models.CheckConstraint(
                name="claim_link_confirmed_by_people",
                condition=~Q(state=MatchState.CONFIRMED) | Q(confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_claim} {self.get_relation_display().lower()} {self.to_claim}"
