"""Whether the process lives, and whether it can serve."""

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from psycopg_pool import PoolTimeout


def alive(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def ready(_request: HttpRequest) -> HttpResponse:
    """503 unless the database answers, as a role that row-level security holds for.

    A broker that is down is told, but refuses nobody: episodes are stored and wait.
    """
    database = _database()
    found = {"database": database, "broker": _broker()}
    good = database == "ok"
    return JsonResponse(
        {"status": "ready" if good else "not ready", **found}, status=200 if good else 503
    )


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            )
            row = cursor.fetchone()
    except (DatabaseError, PoolTimeout):
        return "does not answer"
    return "role bypasses row-level security" if row and row[0] else "ok"


def _broker() -> str:
    try:
        client = redis.Redis.from_url(settings.BROKER_URL, socket_timeout=0.5)
        client.ping()
        client.close()
    except redis.RedisError:
        return "does not answer"
    return "ok"
