"""Where the pages are."""

from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView
from health_check.views import HealthCheckView

from factcheck.health import ready
from factcheck.metrics import metrics

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("admin/", admin.site.urls),
    path("healthz", HealthCheckView.as_view(checks=["health_check.Database"]), name="healthz"),
    path("readyz", ready, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
