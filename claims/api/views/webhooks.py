"""Webhooks: where events go, and what was delivered. All of it wants the scope `admin`."""

from collections.abc import Iterable
from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims import tasks
from claims.api import filters
from claims.api.base import Resource
from claims.api.schema import described
from claims.api.serializers.webhooks import (
    EventTypeShape,
    PauseWebhook,
    WebhookDeliverySerializer,
    WebhookSerializer,
    WebhookWithSecret,
)
from claims.choices import Scope
from claims.models import WebhookDelivery, WebhookEndpoint
from claims.services import webhooks


class WebhookViewSet(Resource):
    """Addresses that are told of events, as far as their owners may know of them."""

    queryset = WebhookEndpoint.objects.select_related("owner").order_by("-pk")
    serializer_class = WebhookSerializer
    filterset_class = filters.WebhookFilter
    scope = read_scope = Scope.ADMIN
    shown_as = {
        "create": WebhookWithSecret,
        "rotate": WebhookWithSecret,
        "ping": WebhookDeliverySerializer,
    }
    noun = "webhook"
    secret = ""

    def known_parameters(self) -> Iterable[str]:
        """Of what is no row no fields can be chosen."""
        return () if self.action in ("destroy", "event_types") else super().known_parameters()

    @described(request=WebhookSerializer, answer=WebhookWithSecret, status=201)
    def create(self, request: Request) -> Response:
        """Set up an endpoint of one's own. The answer shows its secret, this once."""
        given = self.data_of(WebhookSerializer)
        return self._with_secret(webhooks.create(actor=self.actor, **given), status=201)

    @described(request=WebhookSerializer, answer=WebhookSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change where events go, or which. Its owner's to do."""
        row = self.get_object()
        version = self.version_of(row)
        given = self.data_of(WebhookSerializer, instance=row, partial=True)
        row = webhooks.change(row, actor=self.actor, changes=given, expected_version=version)
        return self.read_again(row)

    @described(request=None, answer=None, status=204)
    def destroy(self, request: Request, pk: str) -> Response:
        """Remove an endpoint with the log of its deliveries."""
        row = self.get_object()
        webhooks.remove(row, actor=self.actor, expected_version=self.version_of(row))
        return Response(status=204)

    @described(request=PauseWebhook, answer=WebhookSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: str) -> Response:
        """Deliver nothing until it is resumed. What waits goes on waiting.

        What happens meanwhile is not kept for it.
        """
        return self._moved(webhooks.pause, **self.data_of(PauseWebhook))

    @described(request=None, answer=WebhookSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """Deliver again, beginning with what waits."""
        return self._moved(webhooks.resume)

    @described(request=None, answer=WebhookWithSecret)
    @action(detail=True, methods=["post"])
    def rotate(self, request: Request, pk: str) -> Response:
        """Give it a new secret, shown this once; the former signs beside it for a day."""
        row = self.get_object()
        version = self.version_of(row)
        return self._with_secret(
            webhooks.rotate(row, actor=self.actor, expected_version=version), status=200
        )

    @described(request=None, answer=WebhookDeliverySerializer, status=202)
    @action(detail=True, methods=["post"])
    def ping(self, request: Request, pk: str) -> Response:
        """Send a test event; the delivery that is answered tells what came of it."""
        row = self.get_object()
        self.version_of(row)
        delivery = webhooks.ping(row, actor=self.actor)
        headers = {"Location": f"/api/v1/webhook-deliveries/{delivery.pk}"}
        return Response(self.get_serializer(delivery).data, status=202, headers=headers)

    @described(request=None, answer=EventTypeShape(many=True))
    @action(detail=False, methods=["get"], url_path="event-types", pagination_class=None)
    def event_types(self, request: Request) -> Response:
        """The events that an endpoint can want."""
        return Response(EventTypeShape(webhooks.OFFERED, many=True).data)

    def after_commit(self, response: Response) -> None:
        """Show the secret: only now, so that it is not kept with answers that are said again."""
        if self.secret and response.status_code in (200, 201):
            response.data = {**response.data, "secret": self.secret}
            response["Cache-Control"] = "no-store"

    def _with_secret(self, made: webhooks.Secret, *, status: int) -> Response:
        self.secret = made.secret
        return self.read_again(made.endpoint, status=status)

    def _moved(self, service: Any, **given: Any) -> Response:
        row = self.get_object()
        service(row, actor=self.actor, expected_version=self.version_of(row), **given)
        return self.read_again(row)


class WebhookDeliveryViewSet(Resource):
    """The log of deliveries: one row an event and endpoint, with its last attempt."""

    queryset = WebhookDelivery.objects.select_related("event", "endpoint").order_by("-pk")
    serializer_class = WebhookDeliverySerializer
    filterset_class = filters.WebhookDeliveryFilter
    noun = "delivery"
    scope = read_scope = Scope.ADMIN

    @described(request=None, answer=WebhookDeliverySerializer)
    @action(detail=True, methods=["post"])
    def replay(self, request: Request, pk: str) -> Response:
        """Deliver one that has ended again, under the same id."""
        row = self.get_object()
        version = self.version_of(row)
        webhooks.replay(row, actor=self.actor, expected_version=version)
        tasks.ring_deliveries([row.pk])
        return self.read_again(row)
