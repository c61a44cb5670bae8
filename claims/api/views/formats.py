"""The record in the forms of the field: ClaimReview, Web Annotation, and reviews by others."""

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters
from claims.api.base import ApiView, Resource
from claims.api.media import (
    JSONRenderer,
    LinkedDataParser,
    LinkedDataRenderer,
    StrictJSONParser,
    dumps,
)
from claims.api.schema import described
from claims.api.serializers.formats import (
    CLAIM_REVIEW,
    DATA_FEED,
    REVIEWS,
    WEB_ANNOTATION,
    ExternalReviewSerializer,
    ImportedShape,
)
from claims.choices import Scope
from claims.export.claim_review import claim_review, feed
from claims.export.publisher import publisher
from claims.export.web_annotation import MEDIA_TYPE, web_annotation
from claims.models import ExternalReview, Quote
from claims.selectors import published_verdicts, text_between
from claims.services.external_reviews import PERMISSION, import_reviews

CHUNK = 200
"""Verdicts that are in memory at once while the feed is written."""


class LinkedDataView(ApiView):
    """JSON-LD, for whoever asks for it by name or for anything."""

    renderer_classes = [LinkedDataRenderer, JSONRenderer]


class ClaimReviewView(LinkedDataView):
    """A published verdict as ClaimReview."""

    public = ("get",)
    permissions = {"get": ["claims.view_claim", "claims.view_verdict"]}

    @described(request=None, answer=CLAIM_REVIEW)
    def get(self, request: Request, **place: str) -> Response:
        """Read a published verdict as ClaimReview of schema.org.

        Nothing is here for drafts, versions that were corrected or retracted, and claims under
        an embargo, whoever asks.
        """
        verdict = get_object_or_404(published_verdicts(), pk=place["id"])
        return Response(claim_review(verdict, publisher()))


class ClaimReviewsView(LinkedDataView):
    """Every published verdict as ClaimReview."""

    public = ("get",)
    streams = True
    permissions = ClaimReviewView.permissions

    @described(request=None, answer=DATA_FEED)
    def get(self, request: Request) -> HttpResponseBase:
        """Read all published verdicts as one DataFeed of ClaimReview, the newest first.

        It is written as it is read, without pages, and has no entity tag.
        """
        verdicts = published_verdicts().iterator(chunk_size=CHUNK)
        response = StreamingHttpResponse(
            feed(verdicts, publisher()),
            content_type=request.accepted_renderer.media_type,
        )
        response["Cache-Control"] = (
            "public, max-age=60" if self.is_anonymous else "private, no-cache"
        )
        return response


class AnnotationView(LinkedDataView):
    """A quote as a Web Annotation."""

    permissions = {"get": ["claims.view_quote"]}

    @described(request=None, answer=WEB_ANNOTATION)
    def get(self, request: Request, **place: str) -> Response:
        """Read a quote as a Web Annotation of the W3C.

        Its selectors count Unicode code points in the text of the article version that
        `cached` leads to.
        """
        quotes = Quote.objects.select_related("speaker", "article_version__article")
        quote = get_object_or_404(quotes.defer("article_version__text"), pk=place["id"])
        cue = text_between(quote.article_version_id, *quote.cue_span) if quote.cue_span else ""
        annotation = web_annotation(quote, publisher(), cue=cue)
        return Response(annotation, content_type=MEDIA_TYPE)


class ExternalReviewViewSet(Resource):
    """Reviews by other fact-checkers, as they published them."""

    queryset = ExternalReview.objects.defer("raw").order_by("-pk")
    serializer_class = ExternalReviewSerializer
    filterset_class = filters.ExternalReviewFilter
    parser_classes = [StrictJSONParser, LinkedDataParser]
    scope = Scope.INGEST
    permissions = {"create": [PERMISSION]}

    @described(request=REVIEWS, answer=ImportedShape)
    def create(self, request: Request) -> Response:
        """Take in ClaimReview of others: one, a list, an @graph or a DataFeed.

        Each is taken or refused by itself. What is sent again changes nothing, unless its
        publisher has changed it.
        """
        done = import_reviews(dumps(request.data), actor=self.actor)
        return Response(ImportedShape.of(done))
