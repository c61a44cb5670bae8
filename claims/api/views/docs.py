"""The API's own description, and pages to read and try it on, all from our own static files."""

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import (
    SpectacularAPIView,
    SpectacularRedocView,
    SpectacularSwaggerSplitView,
)
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.renderers import TemplateHTMLRenderer


class SchemaView(SpectacularAPIView):
    """OpenAPI 3.1. What the API looks like is no secret: what is in it is."""

    authentication_classes: list[type] = []
    permission_classes = [AllowAny]


# The scripts need images and workers that they make themselves; nothing comes from elsewhere.
@method_decorator(
    csp_update({"img-src": ["blob:"], "worker-src": ["'self'", "blob:"]}), name="dispatch"
)
class SwaggerView(SpectacularSwaggerSplitView):
    """To try: as whoever is signed in at the desk, or with a key."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    renderer_classes = [TemplateHTMLRenderer]
    url_name = "schema"


@method_decorator(
    csp_update({"img-src": ["blob:"], "worker-src": ["'self'", "blob:"]}), name="dispatch"
)
class RedocView(SpectacularRedocView):
    """To read."""

    authentication_classes: list[type] = []
    permission_classes = [AllowAny]
    renderer_classes = [TemplateHTMLRenderer]
    url_name = "schema"
    template_name = "claims/api/redoc.html"
