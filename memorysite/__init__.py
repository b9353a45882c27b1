"""Composes the site: settings, URLs, Celery, errors to HTTP, the embedded services."""

from memorysite.celery import app as celery_app

__all__ = ["celery_app"]
