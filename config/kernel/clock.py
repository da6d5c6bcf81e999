"""The one clock. It is read at the edge (request, task, command) and handed inwards as `now`."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()
