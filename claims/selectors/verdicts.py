"""What the desk has answered to claims."""

from collections.abc import Iterable
from typing import Any

from claims.models import Claim, Verdict
from claims.selectors.visibility import visible


def latest_verdicts(claims: Iterable[Claim], user: Any) -> dict[int, Verdict]:
    """The last verdict that was made public on each of ``claims``, by the claim's key.

    A retracted one is among them, with its status. One query; ``rating`` is loaded.
    """
    published = Verdict.objects.filter(claim__in=list(claims), published_at__isnull=False)
    last = published.order_by("claim_id", "-number").distinct("claim_id").select_related("rating")
    return {verdict.claim_id: verdict for verdict in visible(last, user)}
