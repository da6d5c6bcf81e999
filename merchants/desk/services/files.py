"""Files below MEDIA_ROOT that nobody finished writing."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)
UNFINISHED = "*.new"
OLD = timedelta(days=1)


def remove_half_written(*, now: datetime) -> int:
    """Remove what whoever wrote it has left a day ago, and say how many."""
    removed = 0
    for path in Path(settings.MEDIA_ROOT or "/nowhere").glob(f"**/{UNFINISHED}"):
        try:
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - OLD:
                path.unlink()
                removed += 1
        except FileNotFoundError:  # its writer was quicker
            log.info("a half-written file was finished meanwhile")
    return removed
