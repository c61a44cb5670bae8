"""What every part of the API does the same way: who may, which parameters, which versions.

A view is thin: it reads through the selectors, writes through the services, and names the scope
and the permissions that its methods need. What is not named here for a view is refused, not
allowed: an unknown parameter, an unknown field, a method without a scope.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from claims.api import idempotency, throttling
from claims.api.conditional import expected_version, with_validators
from claims.api.errors import Problem, parameter_errors
from claims.api.pagination import Pages
from claims.api.permissions import SAFE
from claims.api.serializers.base import Nothing, Row
from claims.choices import Scope
from claims.models.base import Editable
from claims.selectors import visible
from claims.services.actors import Actor, person


class ApiMixin:
    """The frame of a request, for views and viewsets alike."""

    scope: ClassVar[Scope] = Scope.DESK
    """What a key needs for methods that change something."""
    read_scope: ClassVar[Scope] = Scope.READ
    public: ClassVar[tuple[str, ...]] = ()
    """Actions that PUBLIC_READ opens to anybody."""
    permissions: ClassVar[Mapping[str, Iterable[str]]] = {}
    """What the role must hold, by action (or method, in lower case, of a plain view)."""
    parameters: ClassVar[Mapping[str, Iterable[str]]] = {}
    """The query parameters that each action takes, beside those of lists."""
    streams: ClassVar[bool] = False
    """Whether answers are written as they are read, so that they have no entity tag."""
    noun: ClassVar[str] = ""
    """What one of it is called, where that is not the name of the model."""

    action: str | None
    request: Request
    row: Editable | None = None
    """What was read or written, for the validators of the answer."""
    allowance: throttling.Allowance | None = None

    # --- Who may ------------------------------------------------------------------------

    @property
    def act(self) -> str:
        """The name of what is done: the action of a viewset, the method of a plain view."""
        method = "get" if self.request.method == "HEAD" else (self.request.method or "").lower()
        return getattr(self, "action", None) or method

    def scope_of(self, method: str | None) -> Scope:
        """The scope that a key needs."""
        return self.read_scope if method in SAFE else self.scope

    def permissions_of(self, method: str | None) -> list[str]:
        """The permissions that the role needs, before a service asks for its own."""
        return list(self.permissions.get(self.act, ()))

    def is_public(self) -> bool:
        """Whether PUBLIC_READ opens this to anybody."""
        return self.act in self.public

    @property
    def is_anonymous(self) -> bool:
        """Whether it is somebody without a key. Where the schema is made, nobody asks."""
        fake = getattr(self, "swagger_fake_view", False)
        return not fake and not self.request.user.is_authenticated

    @property
    def actor(self) -> Actor:
        """Who acts, as the services know them."""
        return person(self.request.user)

    # --- The frame ----------------------------------------------------------------------

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Before the method: who asks, how much, what they may, and with which parameters."""
        try:
            super().initial(request, *args, **kwargs)  # type: ignore[misc]
        except AuthenticationFailed:
            throttling.take_failed(request)
            raise
        if request.method == "OPTIONS" or not hasattr(self, (request.method or "").lower()):
            return  # it ends as a 405, whatever came with it
        self.check_parameters(request)
        self.check_body(request)
        if request.method == "POST" and (key := idempotency.key_of(request)) is not None:
            self._do_once(key, request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks; guessers are not even listened to."""
        if "Authorization" in request.headers:
            throttling.refuse_guessers(request)
        super().perform_authentication(request)  # type: ignore[misc]

    def check_throttles(self, request: Request) -> None:
        """Count the request."""
        self.allowance = throttling.take(request)

    def check_parameters(self, request: Request) -> None:
        """Refuse parameters that mean nothing here, and text that no database takes."""
        known = set(self.known_parameters())
        keyed = known & set(self.keyed_parameters()) if self.is_anonymous else set()
        known -= keyed
        for name, values in request.query_params.lists():
            if name in keyed:
                raise NotAuthenticated(f"The parameter “{name}” needs a key.")
            if name not in known:
                raise Problem(
                    "unknown_parameter",
                    f"There is no parameter “{name[:100]}” here. Known: "
                    f"{', '.join(sorted(known)) or 'none'}.",
                )
            if len(values) > 1:
                raise parameter_errors({name: ["It is given more than once."]})
            if not values[0]:
                raise parameter_errors({name: ["It is empty: leave it out."]})
            _refuse_unstorable(name, values[0])

    def check_body(self, request: Request) -> None:
        """Refuse a body with members where none is taken: somebody meant something by it."""
        method = getattr(self, self.act, None)
        told = getattr(method, "described", None)
        if told is not None and told.takes_nothing and request.method not in SAFE:
            self.data_of(Nothing)

    def known_parameters(self) -> Iterable[str]:
        """The names of the query parameters of this action."""
        return self.parameters.get(self.act, ())

    def keyed_parameters(self) -> Iterable[str]:
        """Those of them that PUBLIC_READ keeps from somebody without a key."""
        return ()

    def _do_once(self, key: str, request: Request, *args: Any, **kwargs: Any) -> None:
        # DRF looks the method up after this, and finds the one that asks first.
        perform: Any = getattr(self, "post")  # noqa: B009  bound by as_view, unknown to the type
        self.post = lambda request, *args, **kwargs: idempotency.once(
            key,
            request,
            lambda: perform(request, *args, **kwargs),
            self.handle_exception,  # type: ignore[attr-defined]
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, with the validators of what was answered."""
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if self.allowance is not None:
            for name, value in self.allowance.headers().items():
                response[name] = value
        if not isinstance(response, Response):
            return response
        self.after_commit(response)
        response.render()
        if response.status_code in (200, 201):
            with_validators(self.request, response, self.row)
        if not response.has_header("Cache-Control"):
            # Of a refusal it may be that nobody looked at who asks, and nobody should.
            fresh = response.status_code < 400 and request.method in SAFE and self.is_anonymous
            response["Cache-Control"] = "public, max-age=60" if fresh else "private, no-cache"
        return response

    def after_commit(self, response: Response) -> None:
        """What is left to do when everything has been stored; waiting for work, above all."""

    def finalize_response(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """DRF's own, and what the answer depends on."""
        response: HttpResponseBase = super().finalize_response(*args, **kwargs)  # type: ignore[misc]
        response["Vary"] = "Accept, Authorization, Cookie, Origin"
        return response

    # --- What methods share ---------------------------------------------------------------

    def data_of(self, serializer: type[BaseSerializer[Any]], **options: Any) -> dict[str, Any]:
        """The body of the request, checked by ``serializer``; raises ValidationError."""
        context = {"request": self.request, "view": self}
        given = serializer(data=self.request.data, context=context, **options)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def version_of(self, row: Editable) -> int | None:
        """The version that the change is based on, by If-Match."""
        return expected_version(self.request, row)


class ApiView(ApiMixin, APIView):
    """A part of the API that is no table."""


class Resource(ApiMixin, GenericViewSet[Any]):
    """A table of the record."""

    lookup_value_regex = r"[1-9]\d{0,17}"
    pagination_class = Pages
    serializer_class: type[Row]
    shown_as: ClassVar[Mapping[str, type[Row]]] = {}
    """What actions show instead of the rows of the table itself."""
    public_filters: ClassVar[tuple[str, ...]] = ()
    """What PUBLIC_READ lets anybody narrow lists down by."""

    def permissions_of(self, method: str | None) -> list[str]:
        """Reading needs the right to see the rows; writing what its action names."""
        model = self.queryset.model._meta
        return [f"{model.app_label}.view_{model.model_name}", *super().permissions_of(method)]

    def known_parameters(self) -> Iterable[str]:
        """Filters and pages of lists; what to show, for all that show rows."""
        yield from super().known_parameters()
        told = getattr(getattr(self, self.act, None), "described", None)
        if told is not None and not told.shows_rows:
            return
        yield "fields"
        if self.shape.expansions:
            yield "expand"
        if self.action == "list":
            yield from ("cursor", "limit", "ordering", "count")
            filterset = getattr(self, "filterset_class", None)
            yield from filterset.base_filters if filterset is not None else ()

    def keyed_parameters(self) -> Iterable[str]:
        """What is not shown to the public is not asked for either: a filter tells it as well.

        Nor has what is expanded in place of a key a public form of its own.
        """
        filterset = getattr(self, "filterset_class", None)
        filters = filterset.base_filters if filterset is not None else ()
        return ["expand", *(name for name in filters if name not in self.public_filters)]

    def check_parameters(self, request: Request) -> None:
        """What is to be shown is known before anything is done."""
        super().check_parameters(request)
        if "fields" in request.query_params:
            self._chosen("fields", self.choosable())
        if "expand" in request.query_params:
            self.expanded()

    def get_queryset(self) -> QuerySet[Any]:
        """The rows that the asker may know of, with what their representation shows."""
        rows = visible(super().get_queryset(), self.request.user)
        if self.shape is not self.serializer_class:
            return rows
        for name in self.expanded():
            rows = rows.prefetch_related(*self.shape.expansions[name].prefetch(self.request.user))
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrowed by the parameters of a list; raises a Problem for values that are none."""
        filterset = getattr(self, "filterset_class", None)
        if filterset is None or self.action != "list":
            return queryset
        asked = filterset(self.request.query_params, queryset=queryset, request=self.request)
        if not asked.is_valid():
            raise parameter_errors(asked.errors)
        return asked.qs

    @property
    def shape(self) -> type[Row]:
        """What the action shows."""
        return self.shown_as.get(self.act, self.serializer_class)

    def choosable(self) -> list[str]:
        """The fields that may be asked for."""
        return list(self.shape(context=self.get_serializer_context()).get_fields())

    def expanded(self) -> list[str]:
        """The relations that are asked to be shown in place."""
        return self._chosen("expand", self.shape.expansions)

    def _chosen(self, parameter: str, known: Iterable[str]) -> list[str]:
        given = self.request.query_params.get(parameter)
        if given is None:
            return []
        names = given.split(",")
        known = list(known)
        for name in names:
            if name not in known:
                raise parameter_errors({parameter: [f"One or more of {', '.join(known)}."]})
        return list(dict.fromkeys(names))

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """For showing rows: with the chosen fields, and relations in place."""
        kwargs.setdefault("context", self.get_serializer_context())
        only = self._chosen("fields", self.choosable())
        return self.shape(*args, only=only, expand=self.expanded(), **kwargs)

    # --- Reading --------------------------------------------------------------------------

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page of rows."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One row."""
        return self.shown(self.get_object())

    # --- Answering ------------------------------------------------------------------------

    def shown(self, row: Model, *, status: int = 200) -> Response:
        """A row as it is, with its validators."""
        self.row = row if isinstance(row, Editable) else None
        return Response(self.get_serializer(row).data, status=status)

    def read_again(self, row: Model, *, status: int = 200) -> Response:
        """A row as it is after a change; where it went out of the asker's sight, its key alone."""
        fresh = self.get_queryset().filter(pk=row.pk).first()
        if fresh is None:
            return Response({"id": row.pk}, status=status)
        response = self.shown(fresh, status=status)
        if status == 201:
            response["Location"] = self.address_of(fresh)
        return response

    def address_of(self, row: Model) -> str:
        """Where a row of this resource is, below the host."""
        return f"/api/v1/{self.basename}/{row.pk}"


def _refuse_unstorable(name: str, value: str) -> None:
    if "\0" in value:
        raise parameter_errors({name: ["A NUL is in it."]})
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise parameter_errors({name: ["Half a character is in it."]}) from error
