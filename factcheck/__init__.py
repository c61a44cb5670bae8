"""The Django project: settings, URLs, Celery, and the embedded PostgreSQL."""

from factcheck.celery import app as celery_app

__all__ = ["celery_app"]
