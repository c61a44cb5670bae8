"""Where a request comes from, when proxies of ours stand between."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str | None:
    """The client's address; None where there is none to be had (a socket file).

    Each of our PROXIES adds to the end of X-Forwarded-For where its request came from; what
    stands further left was written by the client, and anybody may write anything.
    """
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    candidates = [request.META.get("REMOTE_ADDR", "")]
    if 0 < settings.PROXIES <= len(told):
        candidates.insert(0, told[-settings.PROXIES])
    return next((found for found in candidates if _is_address(found)), None)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
