"""Whether this process answers (/healthz), and whether it can do its work (/readyz)."""

from functools import cache

import psycopg2
import redis
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpResponse, JsonResponse

from config import env, walls


def healthz(request):
    """Say that the process answers; it asks nobody, so a slow database does not get the web server killed."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


def readyz(request):
    """Say part by part what is missing; no addresses and no messages of servers, anybody may ask."""
    missing = database() | broker()
    parts = dict.fromkeys(("database", "schema", "broker"), "ok") | missing
    answer = JsonResponse({"ready": not missing, **parts}, status=503 if missing else 200)
    answer["Cache-Control"] = "no-store"
    if missing:
        answer["Retry-After"] = "2"
    return answer


def database() -> dict[str, str]:
    """Reachable, as a login that the walls bind, with every migration of this code applied."""
    try:
        if walls.faults():
            return {"database": "the login can get around row-level security"}
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            waiting = migrations() - set(cursor.fetchall())
    except (OperationalError, psycopg2.OperationalError):
        return {"database": "does not answer", "schema": "unknown"}
    except DatabaseError:  # the very first migration has not run, or gave its rights to nobody
        return {"schema": "no table can be read; run `manage.py migrate`"}
    return {"schema": f"{len(waiting)} migrations are not applied"} if waiting else {}


@cache
def migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def broker() -> dict[str, str]:
    try:
        with redis.Redis.from_url(env.read().redis_url, socket_timeout=2, socket_connect_timeout=2) as client:
            client.ping()
    except (redis.RedisError, OSError):
        return {"broker": "does not answer"}
    return {}
