"""Structured logs: JSON lines in production, readable lines for a terminal (LOG_FORMAT=text); never personal data.

For the settings: `from config.logging import LOGGING`, `LOGGING_CONFIG = "config.logging.configure"`.  What a library
writes goes through the same processors, so a mail address in somebody else's message is masked too.
"""

from __future__ import annotations

import logging
import logging.config
import re

import structlog

from config import env
from config.kernel.masking import masked

ENV = env.read()

HEALTH = re.compile(r"GET /(healthz|readyz)")
PERSONAL_FIELDS = {"ip", "user_agent", "email", "phone", "name", "address"}
TOKEN = re.compile(r"(?<=/)(?![0-9a-f]{8}-[0-9a-f]{4}-)[A-Za-z0-9_:.=~-]{20,}|(?<=/p/)[^/\s]+")
QUERY = re.compile(r"\?\S*")


def without_routine(logger, method, event):
    """Drop what comes every few seconds and says that all is well."""
    asked = HEALTH.match(str(event.get("request", "")))
    if asked and (event.get("code") == 200 or event.get("event") == "request_started"):
        raise structlog.DropEvent
    return event


def without_personal_data(logger, method, event):
    """Leave out who it was: addresses, tokens in links, search words, the rows in PostgreSQL's complaints."""
    kept = {name: value for name, value in event.items() if name not in PERSONAL_FIELDS}
    if "request" in kept:
        kept["request"] = TOKEN.sub("…", QUERY.sub("?…", str(kept["request"])))
    return {name: masked(value) if isinstance(value, str) else value for name, value in kept.items()}


def _renderer():
    if ENV.log_format == "text":
        return structlog.dev.ConsoleRenderer(
            colors=False, pad_event_to=28, exception_formatter=structlog.dev.plain_traceback
        )
    return structlog.processors.JSONRenderer(ensure_ascii=False, default=str)


SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(allow=["code", "task", "task_id", "request_id"]),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_routine,
]
QUIET = {
    "django.request": "CRITICAL",  # a refused request is logged by the middleware, with its number
    "django.security.DisallowedHost": "CRITICAL",  # strangers probing; the middleware logs the 400
    # django_structlog says the same without the task's result, which may be about a person
    "celery.app.trace": "CRITICAL",
    "celery.worker.strategy": "WARNING",
    "celery.beat": "WARNING",
    "django_structlog.celery.receivers": "WARNING",  # a failure is told; jobs and duties keep their own history
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                without_personal_data,
                _renderer(),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},  # Django's own handlers would mail requests
        "gunicorn.error": {"handlers": ["stderr"], "level": ENV.log_level, "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},  # it would log who asked
        **{name: {"level": level} for name, level in QUIET.items()},
    },
}


def configure(wanted: dict = LOGGING) -> None:
    """Set up both logging and structlog; the web server, Celery and every command call it through Django's settings."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(wanted)
