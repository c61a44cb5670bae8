"""Whether a request may be made at all: the scope of its key, and the role of its owner.

What a role may do to a row in a certain state is the services' to say, as for the desk.
"""

from typing import Any

from django.conf import settings
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from claims.api.errors import Problem
from claims.choices import Scope
from claims.models import ApiKey

SAFE = ("GET", "HEAD", "OPTIONS")


class ScopeAndRole(BasePermission):
    """Views say `scope_of(method)`, `permissions_of(method)` and `is_public()` (views.base)."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return bool(settings.PUBLIC_READ and request.method in SAFE and view.is_public())
        if isinstance(request.auth, ApiKey):
            scope = view.scope_of(request.method)
            if scope not in request.auth.scopes:
                raise Problem("not_allowed", f"This key has not the scope “{Scope(scope).value}”.")
        if not request.user.has_perms(view.permissions_of(request.method)):
            raise Problem("not_allowed", "Your role does not allow this.")
        return True
