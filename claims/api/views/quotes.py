"""Quotes: read, decided on, and mended, by the desk's services."""

from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters
from claims.api.base import Resource
from claims.api.schema import described
from claims.api.serializers import quotes as shapes
from claims.api.serializers.quotes import QuoteSerializer, with_place
from claims.choices import Scope
from claims.models import Quote
from claims.services import quotes as quote_service


class QuoteViewSet(Resource):
    """Who said what, at which characters of which text."""

    queryset = with_place(Quote.objects.order_by("-pk"))
    serializer_class = QuoteSerializer
    filterset_class = filters.QuoteFilter
    scope = Scope.TRIAGE

    @described(request=shapes.Accept, answer=QuoteSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Accept a candidate, as a new claim or as another appearance of one of the desk."""
        quote = self.get_object()
        version = self.version_of(quote)
        given = self.data_of(shapes.Accept)
        service: Any = (
            quote_service.accept_as_new_claim
            if "text" in given
            else quote_service.accept_as_appearance
        )
        service(quote, actor=self.actor, expected_version=version, **given)
        return self.read_again(quote)

    @described(request=shapes.Reject, answer=QuoteSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: str) -> Response:
        """Reject a candidate, with the reason."""
        quote = self.get_object()
        version = self.version_of(quote)
        given = self.data_of(shapes.Reject)
        quote_service.reject(
            quote,
            actor=self.actor,
            reason_code=given["reason"],
            comment=given["comment"],
            expected_version=version,
        )
        return self.read_again(quote)

    @described(request=None, answer=QuoteSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Make a decided quote a candidate again. Its appearances are dismissed, claims stay."""
        quote = self.get_object()
        version = self.version_of(quote)
        quote_service.reopen(quote, actor=self.actor, expected_version=version)
        return self.read_again(quote)

    @described(request=shapes.Reassign, answer=QuoteSerializer)
    @action(detail=True, methods=["post"])
    def reassign(self, request: Request, pk: str) -> Response:
        """Say who said it. From then on no extractor changes this quote."""
        quote = self.get_object()
        version = self.version_of(quote)
        given = self.data_of(shapes.Reassign)
        service: Any = (
            quote_service.set_speaker_of_name
            if given.pop("all_of_name")
            else quote_service.set_speaker
        )
        service(quote, actor=self.actor, expected_version=version, **given)
        return self.read_again(quote)

    @described(request=shapes.Span, answer=QuoteSerializer)
    @action(detail=True, methods=["post"], url_path="fix-span")
    def fix_span(self, request: Request, pk: str) -> Response:
        """Let a candidate begin and end elsewhere in its text."""
        quote = self.get_object()
        version = self.version_of(quote)
        given = self.data_of(shapes.Span)
        quote_service.fix_span(quote, actor=self.actor, expected_version=version, **given)
        return self.read_again(quote)
