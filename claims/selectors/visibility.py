"""Which rows a person may know of: the one place where that is said.

Two things are kept from some of those who work at the desk. A claim under embargo shows to
holders of ``claims.see_embargoed``, to who made it and to who works on it; confidential
evidence shows to holders of ``claims.see_confidential``. What hangs on a hidden row (its
verdicts, appearances, links, comments, decisions, news) is hidden with it.

Every list, page, search, autocomplete, choice of a form, count, history and export of the
record reads through ``visible``; a page that lists rows past it is wrong. A person who may
see everything pays nothing for it: no condition is added.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from claims import models
from claims.models import Claim, Decision, Evidence, Verdict

SEE_EMBARGOED = "claims.see_embargoed"
SEE_CONFIDENTIAL = "claims.see_confidential"

Row = TypeVar("Row", bound=Model)


def visible(queryset: QuerySet[Row], user: Any) -> QuerySet[Row]:
    """The rows of ``queryset`` that ``user`` may know of; all of them where nothing is kept.

    ``user`` is anybody that a request may carry, the anonymous one included.
    """
    hide = HIDDEN.get(queryset.model._meta.concrete_model or queryset.model)
    if hide is None or may_see_all(user):
        return queryset
    return queryset.exclude(hide(user))


def may_see_all(user: Any) -> bool:
    """Whether nothing at all is kept from ``user``."""
    return bool(user.has_perm(SEE_EMBARGOED) and user.has_perm(SEE_CONFIDENTIAL))


def is_visible(row: Model, user: Any) -> bool:
    """Whether ``user`` may know of this one row. A query, where anything is kept from them."""
    model = type(row)
    if model._meta.concrete_model not in HIDDEN or may_see_all(user):
        return True
    return visible(model._default_manager.filter(pk=row.pk), user).exists()


def visible_claims(user: Any) -> QuerySet[Claim]:
    """The claims that ``user`` may know of."""
    return visible(Claim.objects.all(), user)


def visible_evidence(user: Any) -> QuerySet[Evidence]:
    """The evidence that ``user`` may know of."""
    return visible(Evidence.objects.all(), user)


def visible_verdicts(user: Any) -> QuerySet[Verdict]:
    """The verdicts on claims that ``user`` may know of."""
    return visible(Verdict.objects.all(), user)


def visible_decisions(user: Any) -> QuerySet[Decision]:
    """The decisions on what ``user`` may know of."""
    return visible(Decision.objects.all(), user)


def exportable(queryset: QuerySet[Row], user: Any) -> QuerySet[Row]:
    """What ``user`` may take along in a file: what is visible to them, less what is
    confidential, which leaves the desk with nobody."""
    rows = visible(queryset, user)
    return rows.exclude(is_confidential=True) if queryset.model is Evidence else rows


def hidden_claims(user: Any) -> QuerySet[Claim]:
    """The claims kept from ``user``. Few at any time, and found by an index of their own."""
    if user.has_perm(SEE_EMBARGOED):
        return Claim.objects.none()
    embargoed = Claim.objects.filter(embargo_until__gt=timezone.now())
    if user.pk is None:  # somebody not signed in, who would else own what nobody owns
        return embargoed
    return embargoed.exclude(created_by=user.pk).exclude(assignee=user.pk)


def hidden_evidence(user: Any) -> QuerySet[Evidence]:
    """The evidence kept from ``user``."""
    return Evidence.objects.filter(_evidence(user))


def _evidence(user: Any, prefix: str = "") -> Q:
    of_claim = Q(**{f"{prefix}claim__in": hidden_claims(user)})
    if user.has_perm(SEE_CONFIDENTIAL):
        return of_claim
    return of_claim | Q(**{f"{prefix}is_confidential": True})


def _with_claim(*paths: str) -> Callable[[Any], Q]:
    """Rows that are hidden with a claim at the end of one of ``paths``."""

    def hide(user: Any) -> Q:
        hidden = Q(pk__in=[])
        for path in paths:
            hidden |= Q(**{f"{path}__in": hidden_claims(user)})
        return hidden

    return hide


def _read_for_evidence(user: Any) -> Q:
    """Readings of an address that somebody would learn of a hidden document from."""
    return Q(pk__in=hidden_evidence(user).filter(fetch__isnull=False).values("fetch"))


# For each kind of row, which of them are kept from a person. What is not named here is open
# to everybody who may open its pages at all.
HIDDEN: dict[type[Model], Callable[[Any], Q]] = {
    models.Claim: lambda user: Q(pk__in=hidden_claims(user)),
    models.ClaimTopic._meta.concrete_model: _with_claim("claim"),
    models.Appearance: _with_claim("claim"),
    models.ClaimLink: _with_claim("from_claim", "to_claim"),
    models.Verdict: _with_claim("claim"),
    models.VerdictWriter: _with_claim("verdict__claim"),
    models.Approval: _with_claim("verdict__claim"),
    models.Evidence: _evidence,
    models.Comment: _with_claim("claim"),
    models.ReplyRequest: _with_claim("claim"),
    models.Decision: _with_claim("claim", "verdict__claim"),
    models.Notification: _with_claim("claim"),
    models.OutboxEntry: _with_claim("claim"),
    models.WebhookDelivery: _with_claim("event__claim"),
    models.Fetch: _read_for_evidence,
}
