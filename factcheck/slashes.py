"""An address of the API is the same with and without a slash at its end."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class SlashOptional:
    """Takes the slash off: a redirect would lose the body of a POST with many clients."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/") and request.path_info.endswith("/"):
            request.path_info = request.path_info.rstrip("/")
        return self.get_response(request)
