"""Who asks: a script with a key, or somebody who is signed in at the desk."""

import pghistory
from django.contrib.auth.models import User
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claims.models import ApiKey
from claims.services import api_keys
from claims.services.errors import NotAllowed


class ApiKeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer fck_…``; ``request.auth`` is the key."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        shown = self.shown_key(request)
        if shown is None:
            return None
        try:
            key = api_keys.authenticate(shown)
        except NotAllowed as error:
            raise AuthenticationFailed(str(error)) from error
        # The history says which key it was, beside whose.
        pghistory.context(api_key=key.prefix)
        return key.owner, key

    def shown_key(self, request: Request) -> str | None:
        """The key in the request, or None where it carries none."""
        scheme, _, rest = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        return str(rest.strip().decode("latin-1"))

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="factcheck"'
