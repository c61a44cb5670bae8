"""Speakers: read, added, mended, merged."""

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters
from claims.api.base import Resource
from claims.api.schema import described
from claims.api.serializers.speakers import AffiliationSerializer, Merge, SpeakerSerializer
from claims.models import Speaker
from claims.services import editing, speaker_merging


class SpeakerViewSet(Resource):
    """People, organisations, groups and anonymous collectives that say things."""

    queryset = Speaker.objects.prefetch_related("aliases").order_by("-pk")
    serializer_class = SpeakerSerializer
    filterset_class = filters.SpeakerFilter
    shown_as = {"affiliations": AffiliationSerializer}

    @described(request=SpeakerSerializer, answer=SpeakerSerializer, status=201)
    def create(self, request: Request) -> Response:
        """Put somebody on the record."""
        given = self.data_of(SpeakerSerializer)
        row = editing.save_speaker(
            Speaker(), actor=self.actor, aliases=given.pop("aliases", None), changes=given
        )
        return self.read_again(row, status=201)

    @described(request=SpeakerSerializer, answer=SpeakerSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a speaker. ``aliases`` are all other names, not some to be added."""
        row = self.get_object()
        version = self.version_of(row)
        given = self.data_of(SpeakerSerializer, instance=row, partial=True)
        row = editing.save_speaker(
            row,
            actor=self.actor,
            aliases=given.pop("aliases", None),
            changes=given,
            expected_version=version,
        )
        return self.read_again(row)

    @described(request=Merge, answer=SpeakerSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """Make another speaker a redirect to this one, and move over what hangs on it.

        It can be undone at the desk.
        """
        kept = self.get_object()
        version = self.version_of(kept)
        given = self.data_of(Merge)
        speaker_merging.merge(
            kept=kept,
            absorbed=given["absorbed"],
            actor=self.actor,
            expected_versions=(version or kept.version, given["absorbed_version"]),
        )
        return self.read_again(kept)

    @described(request=None, answer=AffiliationSerializer(many=True))
    @action(detail=True, methods=["get"])
    def affiliations(self, request: Request, pk: str) -> Response:
        """The roles that a speaker held, the latest first."""
        rows = self.get_object().affiliations.all()
        return Response(self.get_serializer(rows, many=True).data)
