"""Where everything is: /api/v1/…"""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from claims.api.base import Resource
from claims.api.views import (
    articles,
    bulk,
    claims,
    compat,
    docs,
    formats,
    quotes,
    root,
    search,
    speakers,
    verdicts,
    webhooks,
)
from claims.services import exports

KEY = Resource.lookup_value_regex

router = SimpleRouter(trailing_slash=False)
router.register("speakers", speakers.SpeakerViewSet, "speakers")
router.register("sources", articles.SourceViewSet, "sources")
router.register("feeds", articles.FeedViewSet, "feeds")
router.register("articles", articles.ArticleViewSet, "articles")
router.register("article-versions", articles.ArticleVersionViewSet, "article-versions")
router.register("fetches", articles.FetchViewSet, "fetches")
router.register("runs", articles.RunViewSet, "runs")
router.register("quotes", quotes.QuoteViewSet, "quotes")
router.register("claims", claims.ClaimViewSet, "claims")
router.register("appearances", claims.AppearanceViewSet, "appearances")
router.register("claim-links", claims.ClaimLinkViewSet, "claim-links")
router.register("evidence", claims.EvidenceViewSet, "evidence")
router.register("topics", claims.TopicViewSet, "topics")
router.register("verdicts", verdicts.VerdictViewSet, "verdicts")
router.register("corrections", verdicts.CorrectionViewSet, "corrections")
router.register("ratings", verdicts.RatingViewSet, "ratings")
router.register("rating-scales", verdicts.RatingScaleViewSet, "rating-scales")
router.register("decisions", verdicts.DecisionViewSet, "decisions")
router.register("webhooks", webhooks.WebhookViewSet, "webhooks")
router.register("webhook-deliveries", webhooks.WebhookDeliveryViewSet, "webhook-deliveries")
router.register("external-reviews", formats.ExternalReviewViewSet, "external-reviews")

urlpatterns = [
    path("v1/me", root.MeView.as_view(), name="me"),
    path("v1/search", search.SearchView.as_view(), name="search"),
    path("v1/match", search.MatchView.as_view(), name="match"),
    path("v1/changes", bulk.ChangesView.as_view(), name="changes"),
    *(
        path(
            f"v1/exports/{resource}.{form}",
            bulk.ExportView.as_view(resource=resource, form=form),
            name=f"export-{resource}-{form}",
        )
        for resource in exports.RESOURCES
        for form in exports.FORMS
    ),
    path("v1/claims/batch", bulk.ClaimBatchView.as_view(), name="claim-batch"),
    path("v1/problems", root.ProblemsView.as_view(), name="problems"),
    path("v1/schema", docs.SchemaView.as_view(), name="schema"),
    path("docs", docs.SwaggerView.as_view(), name="api-docs"),
    path("redoc", docs.RedocView.as_view(), name="api-redoc"),
    path("v1/claim-reviews", formats.ClaimReviewsView.as_view(), name="claim-reviews"),
    re_path(
        rf"^v1/verdicts/(?P<id>{KEY})/claim-review$",
        formats.ClaimReviewView.as_view(),
        name="claim-review",
    ),
    re_path(
        rf"^v1/quotes/(?P<id>{KEY})/annotation$",
        formats.AnnotationView.as_view(),
        name="annotation",
    ),
    path("v1/", include(router.urls)),
    path(
        "compat/factchecktools/v1alpha1/claims:search",
        compat.FactCheckToolsView.as_view(),
        name="factchecktools",
    ),
    # Last: whatever has not matched is answered in the API's own form.
    re_path(r"^.*$", root.NothingHereView.as_view(), name="nothing_here"),
]
