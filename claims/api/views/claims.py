"""Claims: read, made, worked on, and moved along their way by the desk's services."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters
from claims.api.base import Resource
from claims.api.schema import described
from claims.api.serializers import claim_acts as shapes
from claims.api.serializers.claims import (
    AppearanceSerializer,
    ClaimLinkSerializer,
    ClaimSerializer,
    EventShape,
    EvidenceSerializer,
    TopicSerializer,
    with_parts,
)
from claims.api.serializers.verdicts import VerdictSerializer
from claims.choices import VerdictStatus
from claims.models import Appearance, Claim, ClaimLink, Evidence, Topic
from claims.selectors.timeline import timeline_of
from claims.services import appearances, drafts, editing, links, publishing
from claims.services import claims as claim_service


class ClaimViewSet(Resource):
    """Propositions that can be true or false."""

    queryset = with_parts(Claim.objects.order_by("-pk"))
    serializer_class = ClaimSerializer
    filterset_class = filters.ClaimFilter
    public = ("list", "retrieve")
    public_filters = ("topic", "speaker", "rating", "updated_since")
    shown_as = {"draft": VerdictSerializer}
    permissions = {"create": ["claims.add_claim"], "partial_update": ["claims.change_claim"]}

    def get_queryset(self) -> QuerySet[Claim]:
        """To somebody without a key, what is published."""
        rows: QuerySet[Claim] = super().get_queryset()
        if self.request.user.is_authenticated:
            return rows
        return rows.filter(verdicts__status=VerdictStatus.PUBLISHED)

    @described(request=shapes.NewClaim, answer=ClaimSerializer, status=201)
    def create(self, request: Request) -> Response:
        """Make a claim of one sentence that stands alone. What it counts is read from it."""
        given = self.data_of(shapes.NewClaim)
        claim = editing.save_claim(
            Claim(), actor=self.actor, topics=given.pop("topics", None), changes=given
        )
        return self.read_again(claim, status=201)

    @described(request=shapes.NewClaim, answer=ClaimSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a claim. The sentence of one that is in review or published is set."""
        claim = self.get_object()
        version = self.version_of(claim)
        given = self.data_of(shapes.NewClaim, partial=True)
        editing.save_claim(
            claim,
            actor=self.actor,
            topics=given.pop("topics", None),
            changes=given,
            expected_version=version,
        )
        return self.read_again(claim)

    @described(request=shapes.Assign, answer=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        """Give the claim to somebody who may research it, or to nobody. They are told."""
        return self._moved(claim_service.assign, shapes.Assign)

    @described(request=None, answer=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def research(self, request: Request, pk: str) -> Response:
        """Take up a new claim, or one from the shelf."""
        return self._moved(claim_service.start_research)

    @described(request=None, answer=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand the drafted verdict to somebody else for approval."""
        return self._moved(claim_service.submit)

    @described(request=shapes.Comment, answer=ClaimSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: Request, pk: str) -> Response:
        """Return a submitted claim to its researcher, saying why."""
        return self._moved(claim_service.send_back, shapes.Comment)

    @described(request=shapes.Approve, answer=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Agree to the drafted verdict; it is published if nothing else is missing."""
        return self._moved(publishing.approve, shapes.Approve)

    @described(request=shapes.Dissent, answer=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def dissent(self, request: Request, pk: str) -> Response:
        """Put on record that one does not agree to the draft, and why."""
        return self._moved(publishing.dissent, shapes.Dissent)

    @described(request=shapes.OptionalComment, answer=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Approve and publish; refused as long as approvals are missing or an embargo runs."""
        return self._moved(claim_service.publish, shapes.OptionalComment)

    @described(request=shapes.Comment, answer=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: str) -> Response:
        """Research a published claim again and begin the version that corrects it.

        What readers see stays until the correction is published, with its public note.
        """
        claim = self.get_object()
        version = self.version_of(claim)
        given = self.data_of(shapes.Comment)
        claim = claim_service.reopen(claim, actor=self.actor, expected_version=version, **given)
        drafts.start_draft(claim, actor=self.actor)
        return self.read_again(claim)

    @described(request=shapes.Comment, answer=ClaimSerializer)
    @action(detail=True, methods=["post"], url_path="let-stand")
    def let_stand(self, request: Request, pk: str) -> Response:
        """End the new research of a reopened claim: its public verdict was right."""
        return self._moved(claim_service.let_stand, shapes.Comment)

    @described(request=shapes.Comment, answer=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def retract(self, request: Request, pk: str) -> Response:
        """Take the published verdict back. It stays readable, marked as retracted."""
        return self._moved(claim_service.retract, shapes.Comment)

    @described(request=shapes.Comment, answer=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def shelve(self, request: Request, pk: str) -> Response:
        """Put a claim aside, saying why."""
        return self._moved(claim_service.shelve, shapes.Comment)

    @described(request=None, answer=VerdictSerializer, status=201)
    @action(detail=True, methods=["post"])
    def draft(self, request: Request, pk: str) -> Response:
        """The verdict in work; one is begun where there is none. It is written by PATCH."""
        claim = self.get_object()
        self.version_of(claim)
        verdict = drafts.start_draft(claim, actor=self.actor)
        response = self.shown(verdict, status=201)
        response["Location"] = f"/api/v1/verdicts/{verdict.pk}"
        return response

    @described(request=None, answer=EventShape(many=True))
    @action(detail=True, methods=["get"])
    def timeline(self, request: Request, pk: str) -> Response:
        """What happened to a claim, in order of time: said, denied, decided, answered."""
        events = timeline_of(self.get_object(), request.user)
        return Response(EventShape(events, many=True).data)

    def _moved(self, service: Any, shape: Any = None) -> Response:
        """Let ``service`` act on the claim, on the version that the client read."""
        claim = self.get_object()
        version = self.version_of(claim)
        given = self.data_of(shape) if shape is not None else {}
        service(claim, actor=self.actor, expected_version=version, **given)
        return self.read_again(claim)


class AppearanceViewSet(Resource):
    """Quotes that voice claims. A suggested one carries no verdict over."""

    queryset = Appearance.objects.order_by("-pk")
    serializer_class = AppearanceSerializer
    filterset_class = filters.AppearanceFilter

    @described(request=shapes.ConfirmAppearance, answer=AppearanceSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Say that the quote voices the claim; a quote that still waits is accepted with it."""
        row = self.get_object()
        version = self.version_of(row)
        given = self.data_of(shapes.ConfirmAppearance)
        appearances.confirm(row, actor=self.actor, expected_version=version, **given)
        return self.read_again(row)

    @described(request=None, answer=AppearanceSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        """Say that the quote does not voice the claim. The quote stays what it is."""
        row = self.get_object()
        appearances.dismiss(row, actor=self.actor, expected_version=self.version_of(row))
        return self.read_again(row)


class ClaimLinkViewSet(Resource):
    """Relations of two claims, binding once somebody has confirmed them."""

    queryset = ClaimLink.objects.select_related("confirmed_by").order_by("-pk")
    serializer_class = ClaimLinkSerializer
    permissions = {"create": ["claims.add_claimlink"]}
    filterset_class = filters.ClaimLinkFilter

    @described(request=shapes.LinkClaims, answer=ClaimLinkSerializer, status=201)
    def create(self, request: Request) -> Response:
        """Relate two claims; a suggestion of the same is confirmed."""
        given = self.data_of(shapes.LinkClaims)
        return self.read_again(links.link(actor=self.actor, **given), status=201)

    @described(request=None, answer=ClaimLinkSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Make a suggestion binding."""
        row = self.get_object()
        version = self.version_of(row)
        return self.read_again(links.confirm(row, actor=self.actor, expected_version=version))

    @described(request=None, answer=ClaimLinkSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        """Refuse a link. It is not suggested again; a confirmed one is taken back."""
        row = self.get_object()
        version = self.version_of(row)
        return self.read_again(links.dismiss(row, actor=self.actor, expected_version=version))


class EvidenceViewSet(Resource):
    """Documents that bear on claims. Confidential ones show to those who may see them."""

    queryset = Evidence.objects.select_related("added_by").order_by("-pk")
    serializer_class = EvidenceSerializer
    permissions = {
        "create": ["claims.add_evidence"],
        "partial_update": ["claims.change_evidence"],
    }
    filterset_class = filters.EvidenceFilter
    noun = "piece of evidence"

    @described(request=EvidenceSerializer, answer=EvidenceSerializer, status=201)
    def create(self, request: Request) -> Response:
        """Put a document beside a claim."""
        given = self.data_of(EvidenceSerializer)
        row = editing.save_evidence(Evidence(), actor=self.actor, changes=given)
        return self.read_again(row, status=201)

    @described(request=EvidenceSerializer, answer=EvidenceSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is said of a document. With another address its archived copy goes."""
        row = self.get_object()
        version = self.version_of(row)
        given = self.data_of(EvidenceSerializer, instance=row, partial=True)
        row = editing.save_evidence(row, actor=self.actor, changes=given, expected_version=version)
        return self.read_again(row)


class TopicViewSet(Resource):
    """Subjects that claims are filed under."""

    queryset = Topic.objects.order_by("-pk")
    serializer_class = TopicSerializer
    filterset_class = filters.TopicFilter
    permissions = {"create": ["claims.add_topic"], "partial_update": ["claims.change_topic"]}

    @described(request=TopicSerializer, answer=TopicSerializer, status=201)
    def create(self, request: Request) -> Response:
        """Add a subject."""
        given = self.data_of(TopicSerializer)
        row = editing.save_topic(Topic(), actor=self.actor, changes=given)
        return self.read_again(row, status=201)

    @described(request=TopicSerializer, answer=TopicSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Rename a subject."""
        row = self.get_object()
        version = self.version_of(row)
        given = self.data_of(TopicSerializer, instance=row, partial=True)
        row = editing.save_topic(row, actor=self.actor, changes=given, expected_version=version)
        return self.read_again(row)
