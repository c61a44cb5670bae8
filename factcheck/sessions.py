"""Sign-ins that end: by themselves after a day's work, and earlier when nobody uses them."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
NOTED_EVERY_SECONDS = 60
"""How exactly idleness is known: a session is not written at every request."""


class SessionsEnd:
    """Signs people out after SESSION_HOURS, or SESSION_IDLE_MINUTES without a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A session without a key was never begun: nobody is signed in.
        if request.session.session_key and request.user.is_authenticated:
            self._end_or_note(request)
        return self.get_response(request)

    def _end_or_note(self, request: HttpRequest) -> None:
        session, now = request.session, int(time.time())
        since, seen = session.get(SIGNED_IN_AT), session.get(SEEN_AT)
        if since is None or seen is None:
            session[SIGNED_IN_AT] = session[SEEN_AT] = now
        elif (
            now - since >= settings.SESSION_COOKIE_AGE
            or now - seen >= settings.SESSION_IDLE_SECONDS
        ):
            logout(request)
        elif now - seen >= NOTED_EVERY_SECONDS:
            session[SEEN_AT] = now
