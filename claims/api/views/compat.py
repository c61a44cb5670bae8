"""Answers in the shape of Google's Fact Check Tools API, so that a client of it works unchanged.

Parameters, answers and refusals are Google's; what is behind them is the desk's own. A key is
one of the desk's, sent as Google's clients send theirs: ``?key=``.
"""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import throttling
from claims.api.authentication import ApiKeyAuthentication
from claims.api.base import ApiView
from claims.api.errors import describe
from claims.api.schema import KeyScheme, Operation, described
from claims.api.serializers.compat import ERROR, SEARCH_ANSWER, SEARCH_PARAMETERS
from claims.export.fact_check_tools import search_answer
from claims.export.publisher import Publisher, publisher
from claims.selectors.published_search import BadToken, page_of, search_published

PAGE = 10
"""Google's own default."""
LARGEST = 2**31 - 1
OFFSET_MAX = 10_000
# What Google's own libraries send along, and what changes nothing here.
IGNORED = ("alt", "prettyPrint", "quotaUser")
STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    406: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}


class InvalidArgument(Exception):
    """A parameter that Google would refuse too."""


class KeyInAddress(ApiKeyAuthentication):
    """``?key=fck_…``, or the header."""

    def shown_key(self, request: Request) -> str | None:
        """The key in the address, else the one in the header."""
        return request.query_params.get("key") or super().shown_key(request)


class KeyInAddressScheme(KeyScheme):  # type: ignore[no-untyped-call]
    """The same key, where Google's clients put theirs."""

    target_class = "claims.api.views.compat.KeyInAddress"
    name = "keyInAddress"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A parameter of the query."""
        return {
            "type": "apiKey",
            "in": "query",
            "name": "key",
            "description": "For clients of Google's API only: addresses end up in logs.",
        }


class GoogleOperation(Operation):
    """In the schema: Google's refusals instead of problems."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """The operation, with its parameters told."""
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        operation["parameters"] += SEARCH_PARAMETERS
        kept = {
            status: answer for status, answer in operation["responses"].items() if status < "400"
        }
        refused = {str(status): ERROR for status in (400, 401, 403, 406, 429)}
        operation["responses"] = kept | refused
        return operation


class FactCheckToolsView(ApiView):
    """Published verdicts, as Google's `claims:search` has them."""

    schema = GoogleOperation()
    authentication_classes = [KeyInAddress]
    public = ("get",)
    permissions = {"get": ["claims.view_claim", "claims.view_verdict"]}
    parameters = {
        "get": (
            *("query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", "pageSize"),
            *("pageToken", "offset", "key", *IGNORED),
        )
    }

    @described(request=None, answer=SEARCH_ANSWER)
    def get(self, request: Request) -> Response:
        """Search published verdicts with a client of Google's Fact Check Tools API.

        `query` is searched for in the claims. Another language than the desk's, or the site of
        another publisher, finds nothing.
        """
        asked, desk = request.query_params, publisher()
        words = asked.get("query", "")
        site = asked.get("reviewPublisherSiteFilter", "")
        if not words and not site:
            raise InvalidArgument("Either query or reviewPublisherSiteFilter is needed.")
        age = self._number("maxAgeDays", least=0, most=36_500)
        size = self._number("pageSize", least=1) or PAGE
        offset = self._number("offset", least=0, most=OFFSET_MAX) or 0
        found = search_published(words, max_age_days=age)
        if not _is_of(desk, site=site, language=asked.get("languageCode", "")):
            found = found.none()
        try:
            page, token = page_of(
                found,
                size=min(size, settings.API_PAGE_MAX),
                token=asked.get("pageToken", ""),
                offset=offset,
            )
        except BadToken as error:
            raise InvalidArgument("pageToken is not one that this desk gave.") from error
        return Response(search_answer(page, desk, next_page_token=token))

    def perform_authentication(self, request: Request) -> None:
        """Guessers of keys in addresses are not listened to either."""
        if "key" in request.query_params:
            throttling.refuse_guessers(request)
        super().perform_authentication(request)

    def handle_exception(self, exc: Exception) -> Response:
        """A refusal as Google's clients read it."""
        if isinstance(exc, InvalidArgument):
            return _refused(400, str(exc))
        told = describe(exc)
        response: Response = super().handle_exception(exc)
        if told is None:
            return response
        refusal = _refused(response.status_code, told["detail"])
        for name in ("Retry-After", "WWW-Authenticate"):
            if name in response:
                refusal[name] = response[name]
        refusal.exception = True
        return refusal

    def _number(self, name: str, *, least: int, most: int = LARGEST) -> int | None:
        given = self.request.query_params.get(name)
        if given is None:
            return None
        if not (given.isascii() and given.isdecimal() and least <= int(given[:12]) <= most):
            raise InvalidArgument(f"{name} is not a number from {least} to {most}.")
        return int(given)


def _is_of(desk: Publisher, *, site: str, language: str) -> bool:
    """Whether the desk is what is asked for; regions of a language are not told apart."""
    of_site = not site or site.lower().removeprefix("www.") == desk.site
    primary = [tag.split("-")[0].lower() for tag in (language, desk.language)]
    return of_site and (not language or primary[0] == primary[1])


def _refused(status: int, message: str) -> Response:
    error = {"code": status, "message": message, "status": STATUSES.get(status, "UNKNOWN")}
    return Response({"error": error}, status=status, content_type="application/json")
