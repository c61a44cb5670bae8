"""/metrics for Prometheus: the figures of `services.pipeline`, computed at each scrape."""

import hmac
from collections.abc import Iterator
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from claims.services import pipeline
from claims.services.pipeline import Figures

PERMISSION = "claims.view_extractionrun"
# Set by proxies: such a request comes from somewhere else than its address says.
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures as text; 404 unless a setting opens it, 401 for who may not see them."""
    if not (settings.METRICS_TOKEN or settings.METRICS_NETWORKS):
        raise Http404
    if not (_by_token(request) or _by_network(request) or _by_session(request)):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_PipelineCollector(pipeline.figures()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _by_token(request: HttpRequest) -> bool:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not settings.METRICS_TOKEN:
        return False
    return hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())


def _by_network(request: HttpRequest) -> bool:
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a socket has no address
        return False
    return any(address in network for network in settings.METRICS_NETWORKS)


def _by_session(request: HttpRequest) -> bool:
    user = request.user
    return user.is_active and user.is_staff and user.has_perm(PERMISSION)


class _PipelineCollector(Collector):
    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        yield from _work(self._figures)
        yield from _rest(self._figures)


def _work(figures: Figures) -> Iterator[Metric]:
    kinds = figures.kinds
    rows = _gauge("factcheck_work", "Rows of work by kind and state.", "kind", "state")
    ended = _gauge("factcheck_work_ended", "Work that ended lately.", "kind", "state", "within")
    for kind in kinds:
        for state in ("due", "later", "running", "overdue", "dead"):
            rows.add_metric([kind.name, state], getattr(kind, state))
        ended.add_metric([kind.name, "done", "1h"], kind.done_hour)
        ended.add_metric([kind.name, "done", "24h"], kind.done_day)
        ended.add_metric([kind.name, "dead", "24h"], kind.dead_day)
    yield rows
    yield ended
    age = _gauge("factcheck_queue_age_seconds", "How long the first due work has waited.", "kind")
    pace = _gauge("factcheck_done_per_minute", "Over the last hour.", "kind")
    for kind in kinds:
        age.add_metric([kind.name], kind.oldest)
        pace.add_metric([kind.name], kind.done_hour / 60)
    yield age
    yield pace


def _rest(figures: Figures) -> Iterator[Metric]:
    failures = _gauge("factcheck_failures", "Work given up in 24 hours.", "kind", "code")
    for (kind, code), number in figures.failures_day.items():
        failures.add_metric([kind, code], number)
    yield failures
    outcomes = _gauge("factcheck_fetch_outcomes", "Pages answered in 24 hours.", "outcome")
    for outcome, number in figures.outcomes_day.items():
        outcomes.add_metric([outcome], number)
    yield outcomes
    lag = _gauge("factcheck_lag_seconds", "From publication to candidates.", "quantile")
    for quantile, seconds in figures.lag.items():
        lag.add_metric([quantile], seconds)
    yield lag
    feeds = _gauge("factcheck_feeds", "Feeds by state.", "state")
    for state, number in figures.feeds.items():
        feeds.add_metric([state], number)
    yield feeds
    yield _one("factcheck_feeds_in_trouble", "Whose last poll failed.", figures.feeds_in_trouble)
    yield _one("factcheck_open_alerts", "Changed quotes to look at.", figures.open_alerts)
    seen = _gauge("factcheck_heartbeat_age_seconds", "Since a sign of life.", "part", "name")
    for sign in figures.signs:
        seen.add_metric([sign.kind, sign.name], (figures.at - sign.seen_at).total_seconds())
    yield seen
    if figures.record_check:
        findings = figures.record_check.report.get("findings", 0)
        yield _one("factcheck_record_findings", "Of the last check_record.", findings)
        at = figures.record_check.seen_at.timestamp()
        yield _one("factcheck_record_checked_timestamp_seconds", "When that was.", at)


def _gauge(name: str, about: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, labels=labels)


def _one(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value=value)
