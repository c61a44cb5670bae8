"""Verdicts and their scales, corrections, and the log of the desk's decisions."""

from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters
from claims.api.base import Resource
from claims.api.schema import described
from claims.api.serializers.verdicts import (
    CorrectionSerializer,
    DecisionSerializer,
    RatingScaleSerializer,
    RatingSerializer,
    VerdictSerializer,
)
from claims.models import Decision, Rating, RatingScale, Verdict
from claims.services import drafts


class VerdictViewSet(Resource):
    """Versions of the desk's answers. A published one is never changed: a correction is another."""

    queryset = Verdict.objects.select_related("author", "approver").order_by("-pk")
    serializer_class = VerdictSerializer
    filterset_class = filters.VerdictFilter

    @described(request=VerdictSerializer, answer=VerdictSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Write on a draft. Whoever does it cannot approve it."""
        row = self.get_object()
        version = self.version_of(row)
        given = self.data_of(VerdictSerializer, instance=row, partial=True)
        row = drafts.save_draft(row, actor=self.actor, changes=given, expected_version=version)
        return self.read_again(row)


class CorrectionViewSet(Resource):
    """Verdicts that corrected the one before, with their public notes."""

    queryset = (
        Verdict.objects.filter(published_at__isnull=False, number__gt=1)
        .select_related("rating")
        .order_by("-pk")
    )
    serializer_class = CorrectionSerializer
    filterset_class = filters.CorrectionFilter
    noun = "correction"


class RatingScaleViewSet(Resource):
    """Scales that verdicts are given on."""

    queryset = RatingScale.objects.prefetch_related("ratings").order_by("-pk")
    serializer_class = RatingScaleSerializer


class RatingViewSet(Resource):
    """Labels of scales."""

    queryset = Rating.objects.order_by("-pk")
    serializer_class = RatingSerializer
    filterset_class = filters.RatingFilter


class DecisionViewSet(Resource):
    """Every editorial act, for good."""

    queryset = Decision.objects.select_related("actor").order_by("-pk")
    serializer_class = DecisionSerializer
    filterset_class = filters.DecisionFilter
