"""Every address and method of the API, read from the URLconf.

The walks go over it: the schema, the permissions, the hostile requests. A new route is in them
without anything done for it; one that needs more than that says so there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver

from claims.api.base import ApiMixin
from claims.api.schema import mock_request

METHODS = ("get", "post", "put", "patch", "delete")
# Not of the record: what the schema itself is read from, and the answer where nothing is.
NOT_THEIRS = {
    "schema",
    "swagger",
    "redoc",
    "docs",
    "nothing_here",
    "api-docs",
    "api-redoc",
}


@dataclass(frozen=True)
class Operation:
    """One method at one address of the API."""

    method: str
    path: str
    """With ``{id}`` where a key belongs."""
    view: Any
    """The view's class."""
    action: str
    """The name of the view's method."""
    detail: bool
    initkwargs: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def rows(self) -> Any:
        """The rows whose keys are in the address, or None."""
        from claims.api.urls import router

        of_resource = {f"/api/v1/{prefix}": view.queryset for prefix, view, _ in router.registry}
        queryset = getattr(self.view, "queryset", None)
        return queryset if queryset is not None else of_resource.get(self.path.split("/{")[0])

    @property
    def model(self) -> Any:
        """The model of its rows, or None."""
        return self.rows.model if self.rows is not None else None

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method != "get"

    def made_view(self) -> Any:
        """The view, as if somebody who may see everything had asked."""
        view = self.view(**dict(self.initkwargs))
        view.kwargs, view.args, view.format_kwarg = {}, (), None
        if hasattr(view, "queryset"):
            view.action, view.action_map = self.action, {self.method: self.action}
        view.request = mock_request(self.method.upper(), self.path, view, None)
        return view

    def known_parameters(self) -> list[str]:
        """The query parameters that it takes."""
        return list(self.made_view().known_parameters())

    def address(self, key: object) -> str:
        """The path, of one row."""
        return self.path.replace("{id}", str(key))


def operations() -> list[Operation]:
    """All of them, in the order of their addresses."""
    return sorted(_walk(get_resolver().url_patterns), key=lambda each: (each.path, each.method))


def _walk(patterns: list[Any], prefix: str = "/") -> Iterator[Operation]:
    for pattern in patterns:
        route = prefix + re.sub(r"[\^$]|\\Z", "", str(pattern.pattern))
        if not isinstance(pattern, URLPattern):
            yield from _walk(pattern.url_patterns, route)
        elif route.startswith("/api/") and pattern.name not in NOT_THEIRS:
            yield from _of_pattern(pattern, route)


def _of_pattern(pattern: URLPattern, route: str) -> Iterator[Operation]:
    view = getattr(pattern.callback, "cls", None)
    assert view is not None, f"{route}: no view of the API; say in NOT_THEIRS what it is."
    assert issubclass(view, ApiMixin), f"{route}: {view.__name__} stands outside the API's frame."
    path = re.sub(r"\(\?P<(?:pk|id)>.*?\)(?=/|$)|<(?:\w+:)?(?:pk|id)>", "{id}", route)
    options = getattr(pattern.callback, "initkwargs", {})
    actions = getattr(pattern.callback, "actions", None)
    for method, name in actions.items() if actions else ((each, each) for each in METHODS):
        if method in METHODS and hasattr(view, name):
            yield Operation(method, path, view, name, "{id}" in path, tuple(options.items()))
