"""The record at length: what changed, whole tables, many claims at once."""

from typing import Any

from django.conf import settings
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import http_date, urlencode
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ApiView
from claims.api.errors import Problem, body, parameter_errors
from claims.api.media import CSVRenderer, NDJSONParser, NDJSONRenderer
from claims.api.pagination import page_size
from claims.api.schema import ProblemShape, described
from claims.api.serializers.claim_acts import NewClaim
from claims.choices import ChangeKind
from claims.selectors import changes
from claims.services import bulk, exports


class ChangeShape(serializers.Serializer[Any]):
    resource = serializers.ChoiceField(choices=list(changes.RESOURCES))
    id = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=ChangeKind.choices)
    at = serializers.DateTimeField()
    href = serializers.CharField(allow_null=True, help_text="Null for what is gone.")


class ChangesShape(serializers.Serializer[Any]):
    changes = ChangeShape(many=True)
    cursor = serializers.CharField(help_text="`since` of the next read; keep it.")
    caught_up = serializers.BooleanField(
        help_text="False: there is more, even where this page holds little or nothing."
    )
    next = serializers.CharField(help_text="The address of the next read, below the host.")


class ChangesView(ApiView):
    """What changed."""

    parameters = {"get": ("since", "limit", "resource")}

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "since",
                str,
                description="The cursor of the page before, or of an export (Change-Cursor). "
                "Left out: from the first change on.",
            ),
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": settings.API_PAGE_MAX},
                description=f"The most that a page holds; {settings.API_PAGE_SIZE} if left out.",
            ),
            OpenApiParameter(
                "resource", str, description="Only of these, parted by commas, such as claims."
            ),
        ]
    )
    @described(request=None, answer=ChangesShape, errors=(410,))
    def get(self, request: Request) -> Response:
        """Read what was created, updated and deleted since a cursor, each once, in order.

        Of one row in the order of its commits, and nothing skipped, however many write. A
        change says where to look, not what is there. 410: the database was restored from a
        backup since; export anew, and go on from there.
        """
        since = request.query_params.get("since")
        try:
            page = changes.read(
                since, limit=page_size(request), viewer=request.user, resources=self._resources()
            )
        except changes.CursorExpired as error:
            raise Problem("cursor_expired", str(error)) from error
        except changes.CursorError as error:
            raise parameter_errors({"since": [str(error)]}) from error
        following = {**request.query_params.dict(), "since": page.next_cursor}
        return Response(
            {
                "changes": [
                    {
                        "resource": entry.resource,
                        "id": entry.id,
                        "kind": entry.kind,
                        "at": entry.at,
                        "href": entry.href,
                    }
                    for entry in page.changes
                ],
                "cursor": page.next_cursor,
                "caught_up": page.caught_up,
                "next": f"{request.path}?{urlencode(following)}",
            }
        )

    def _resources(self) -> set[str]:
        """Those that are asked for, of those whose rows the asker's role may see."""
        allowed = {
            name
            for name, model in changes.RESOURCES.items()
            if self.request.user.has_perm(f"claims.view_{model._meta.model_name}")
        }
        given = self.request.query_params.get("resource")
        if given is None:
            return allowed
        asked = set(given.split(","))
        if unknown := asked - set(changes.RESOURCES):
            known = ", ".join(changes.RESOURCES)
            raise parameter_errors({"resource": [f"“{min(unknown)[:100]}” is none of {known}."]})
        if asked - allowed:
            raise Problem("not_allowed", "Your role does not allow this.")
        return asked


class ExportView(ApiView):
    """A whole table."""

    resource = ""
    form: Any = ""
    streams = True

    def permissions_of(self, method: str | None) -> list[str]:
        """The right to see the rows and, where there is one, to take them along."""
        return exports.permissions_for(self.resource)

    def get_renderers(self) -> list[BaseRenderer]:
        """The one form that the address names."""
        return [CSVRenderer() if self.form == "csv" else NDJSONRenderer()]

    @described(request=None, answer=str)
    def get(self, request: Request) -> HttpResponseBase:
        """Export all rows of a resource that you may take along, in the order of their keys.

        Streamed. What is confidential leaves the desk with nobody. `Change-Cursor` is where
        the feed of changes goes on: the export and the changes from there are a whole copy.
        """
        export = exports.begin(self.resource, self.form, viewer=request.user)
        now = timezone.now()
        response = StreamingHttpResponse(
            export.pieces,
            content_type="text/csv; charset=utf-8"
            if self.form == "csv"
            else NDJSONRenderer.media_type,
        )
        response["Content-Disposition"] = (
            f'attachment; filename="{self.resource}-{now:%Y-%m-%d}.{self.form}"'
        )
        response["Last-Modified"] = http_date(now.timestamp())
        response["Cache-Control"] = "private, no-store"
        response["Change-Cursor"] = export.cursor
        return response


class BatchResultShape(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1, help_text="Counted from 1.")
    status = serializers.IntegerField(help_text="201, or that of the problem.")
    id = serializers.IntegerField(required=False, help_text="The new claim.")
    href = serializers.CharField(required=False)
    problem = ProblemShape(required=False)


class ClaimBatchView(ApiView):
    """Many new claims."""

    permissions = {"post": ["claims.add_claim"]}
    parser_classes = [NDJSONParser]
    renderer_classes = [NDJSONRenderer]

    @described(request={NDJSONParser.media_type: NewClaim}, answer=BatchResultShape)
    def post(self, request: Request) -> Response:
        """Make a claim of each line, and answer with a line for each; one bad line harms no other.

        A line is what `POST /api/v1/claims` takes, without an assignee. Empty lines are passed
        over.
        """
        lines: list[bytes] = request.data if isinstance(request.data, list) else []
        if not any(line.strip() for line in lines):
            raise Problem("malformed", "No line is there.")
        if sum(bool(line.strip()) for line in lines) > settings.API_BATCH_MAX_LINES:
            raise Problem("too_large", f"At most {settings.API_BATCH_MAX_LINES} lines are taken.")
        return Response([_result(each) for each in bulk.create_claims(lines, actor=self.actor)])


def _result(outcome: bulk.Outcome) -> dict[str, Any]:
    if outcome.key is not None:
        href = f"/api/v1/claims/{outcome.key}"
        return {"line": outcome.line, "status": 201, "id": outcome.key, "href": href}
    unread = any(error.code == "malformed" for error in outcome.errors)
    refused = any(error.code == "refused" for error in outcome.errors)
    code = "malformed" if unread else "conflict" if refused else "invalid"
    errors = [
        {"pointer": error.pointer, "detail": error.detail, "code": error.code}
        for error in outcome.errors
    ]
    detail = "; ".join(dict.fromkeys(error.detail for error in outcome.errors))
    problem = body(code, detail, errors=errors)
    return {"line": outcome.line, "status": problem["status"], "problem": problem}
