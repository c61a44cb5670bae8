"""Pages by cursor: each is found by the key that it begins behind, the millionth like the first."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.errors import parameter_errors
from claims.selectors.counting import estimated

ORDERINGS = ("-id", "id")
NUMBER = re.compile(r"[1-9]\d{0,17}")


def number_in(request: Request, name: str, *, most: int) -> int | None:
    """The parameter ``name`` as a number from 1 to ``most``, or None where it is not given."""
    given = request.query_params.get(name)
    if given is None:
        return None
    if not NUMBER.fullmatch(given) or int(given) > most:
        raise parameter_errors({name: [f"A number from 1 to {most}."]})
    return int(given)


def page_size(request: Request) -> int:
    """``limit``: API_PAGE_SIZE if left out, API_PAGE_MAX at most."""
    return number_in(request, "limit", most=settings.API_PAGE_MAX) or settings.API_PAGE_SIZE


class Pages(CursorPagination):
    """``{"results", "next", "previous"}``, newest first unless ``?ordering=id``.

    ``?count=estimated`` adds what the planner of the database thinks that there are.
    """

    cursor_query_param = "cursor"
    page_size_query_param = "limit"
    ordering = "-id"

    def get_page_size(self, request: Request) -> int:
        return page_size(request)

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        given = request.query_params.get("ordering", "-id")
        if given not in ORDERINGS:
            raise parameter_errors({"ordering": [f"One of {', '.join(ORDERINGS)}."]})
        return (given,)

    def decode_cursor(self, request: Request) -> Cursor | None:
        if "cursor" not in request.query_params:
            return None
        try:
            found = super().decode_cursor(request)
        except NotFound as error:
            raise parameter_errors({"cursor": ["Not one that this desk gave."]}) from error
        if found is None or found.offset or not NUMBER.fullmatch(found.position or ""):
            raise parameter_errors({"cursor": ["Not one that this desk gave."]})
        return found

    def paginate_queryset(
        self, queryset: QuerySet[Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        self.estimate: int | None = None
        given = request.query_params.get("count")
        if given not in (None, "estimated"):
            raise parameter_errors({"count": ["Only “estimated”."]})
        if given:
            self.estimate = estimated(queryset.order_by().values("pk"))
        return super().paginate_queryset(queryset, request, view=view)

    def get_paginated_response(self, data: Any) -> Response:
        body = {
            "results": data,
            "next": _path(self.get_next_link()),
            "previous": _path(self.get_previous_link()),
        }
        if self.estimate is not None:
            body["count"] = self.estimate
        return Response(body)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {
            "type": ["string", "null"],
            "description": "The address of that page, below the host.",
        }
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": schema,
                "next": link,
                "previous": link,
                "count": {"type": "integer", "description": "About how many rows there are."},
            },
        }


def _path(link: str | None) -> str | None:
    """Below the host, which a client knows better than a server behind proxies."""
    if link is None:
        return None
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"
