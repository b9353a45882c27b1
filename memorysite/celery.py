"""Celery wakes the work; PostgreSQL is the queue of record."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorysite.settings")

app = Celery("remembrancer")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
