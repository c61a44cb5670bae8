"""The sidebar, grouped as an editor thinks. Each person sees what they may open."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse

from claims.choices import QuoteStatus
from claims.selectors import candidates
from claims.services.notifications import unread

COUNTED = 1000
"""The badge counts no further: nobody reads more digits, and counting is not free."""

# Pages that are no list of a model: who may see them, and where they are.
PAGES = {
    "claims.pipeline": ("claims.view_extractionrun", "admin:claims_pipeline"),
    "claims.figures": ("claims.view_decision", "admin:claims_figures"),
    "claims.triage": ("claims.review_quote", "admin:claims_triage"),
    "claims.unresolved": ("claims.view_quote", "admin:claims_unresolved"),
}
# Lists beneath whose address such a page lies, and where that is.
ABOVE = {
    "claims.decision": "admin:claims_figures",
    "claims.fetch": "admin:claims_pipeline",
    "claims.quote": "admin:claims_triage",
    "claims.speaker": "admin:claims_unresolved",
}

# (title, icon, model or page, query); the model is named as in its permission and its URLs.
GROUPS: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...] = (
    (
        "Desk",
        (
            ("Triage", "move_to_inbox", "claims.triage", ""),
            (
                "Candidates",
                "inbox",
                "claims.quote",
                f"?status__exact={QuoteStatus.CANDIDATE.value}",
            ),
            ("Altered quotes", "difference", "claims.quotecheck", ""),
            ("Claims", "fact_check", "claims.claim", ""),
            ("Verdicts", "gavel", "claims.verdict", ""),
            ("Evidence", "folder_open", "claims.evidence", ""),
            ("Reviews by others", "rate_review", "claims.externalreview", ""),
            ("Topics", "sell", "claims.topic", ""),
            ("Figures", "bar_chart", "claims.figures", ""),
        ),
    ),
    (
        "Record",
        (
            ("Articles", "article", "claims.article", ""),
            ("Stories", "newsmode", "claims.story", ""),
            ("Quotes", "format_quote", "claims.quote", ""),
            ("Speakers", "record_voice_over", "claims.speaker", ""),
            ("Open names", "person_search", "claims.unresolved", ""),
            ("Sources", "newspaper", "claims.source", ""),
            ("Appearances", "link", "claims.appearance", ""),
            ("Decisions", "history_edu", "claims.decision", ""),
        ),
    ),
    (
        "Pipeline",
        (
            ("Overview", "monitoring", "claims.pipeline", ""),
            ("Feeds", "rss_feed", "claims.feed", ""),
            ("Fetches", "download", "claims.fetch", ""),
            ("Hosts", "dns", "claims.host", ""),
            ("Extraction runs", "manufacturing", "claims.extractionrun", ""),
            ("Webhooks", "webhook", "claims.webhookendpoint", ""),
            ("Deliveries", "send", "claims.webhookdelivery", ""),
            ("Periodic tasks", "schedule", "django_celery_beat.periodictask", ""),
        ),
    ),
    (
        "People",
        (
            ("Users", "person", "auth.user", ""),
            ("Roles", "group", "auth.group", ""),
            ("Locked sign-ins", "lock_clock", "axes.accessattempt", ""),
            ("API keys", "key", "claims.apikey", ""),
            ("Rating scales", "straighten", "claims.ratingscale", ""),
        ),
    ),
)


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups with at least one page that this person may open."""
    groups = []
    for title, entries in GROUPS:
        items = [_item(request, *entry) for entry in entries if _may_view(request, entry[2])]
        if items:
            groups.append({"title": title, "separator": True, "items": items})
    return [{"items": [_home(request), _bell(request)]}, *groups]


def _home(request: HttpRequest) -> dict[str, Any]:
    link = reverse("admin:index")
    return {"title": "Home", "icon": "home", "link": link, "active": request.path == link}


def _bell(request: HttpRequest) -> dict[str, Any]:
    """What this person has not read yet, counted as far as anybody reads digits."""
    link = reverse("admin:claims_news")
    item = {
        "title": "Notifications",
        "icon": "notifications",
        "link": link,
        "active": request.path.startswith(link),
    }
    user = request.user
    waiting = unread(user)[:COUNTED].count() if isinstance(user, User) else 0
    if waiting:
        item["badge"] = f"{waiting}" if waiting < COUNTED else f"{COUNTED - 1}+"
        item["badge_variant"] = "danger"
    return item


def _item(request: HttpRequest, title: str, icon: str, model: str, query: str) -> dict[str, Any]:
    _, name = PAGES.get(model, ("", f"admin:{model.replace('.', '_')}_changelist"))
    link = reverse(name)
    in_queue = request.GET.get("status__exact") == QuoteStatus.CANDIDATE
    active = request.path.startswith(link)
    if model in ABOVE:
        active = active and not request.path.startswith(reverse(ABOVE[model]))
    if model == "claims.claim":
        active = active and not request.path.startswith(reverse("admin:claims_news"))
    if model == "claims.quote":
        active = active and in_queue == bool(query)
    item: dict[str, Any] = {"title": title, "icon": icon, "link": link + query, "active": active}
    if query:
        waiting = candidates().order_by()[:COUNTED].count()
        if waiting:
            item["badge"] = f"{waiting}" if waiting < COUNTED else f"{COUNTED - 1}+"
            item["badge_variant"] = "primary"
    return item


def _may_view(request: HttpRequest, model: str) -> bool:
    if model in PAGES:
        return request.user.has_perm(PAGES[model][0])
    app, name = model.split(".")
    return any(request.user.has_perm(f"{app}.{act}_{name}") for act in ("view", "change"))
