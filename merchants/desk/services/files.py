"""Files below MEDIA_ROOT: those that people sent to be read, and those that nobody finished writing."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from merchants.accounts.models import Merchant

log = logging.getLogger(__name__)
UNFINISHED = "*.new"
OLD = timedelta(days=1)
RECEIVED = "imports"
RECEIVED_KEPT = timedelta(days=40)  # longer than anybody may still go on with one


def path_of(name: str, *, merchant: Merchant) -> Path:
    """Where a file that somebody sent to be read lies; no page gives it out."""
    return Path(settings.MEDIA_ROOT, str(merchant.public_id), RECEIVED, name)


def remove_half_written(*, now: datetime) -> int:
    """Remove what whoever wrote it has left a day ago, and say how many."""
    return _remove(f"**/{UNFINISHED}", before=now - OLD)


def remove_forgotten(*, now: datetime) -> int:
    """Remove what was sent to be read long ago and never was, and say how many."""
    return _remove(f"*/{RECEIVED}/*", before=now - RECEIVED_KEPT)


def _remove(pattern: str, *, before: datetime) -> int:
    removed = 0
    for path in Path(settings.MEDIA_ROOT or "/nowhere").glob(pattern):
        try:
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                path.unlink()
                removed += 1
        except FileNotFoundError:  # its writer was quicker
            log.info("a half-written file was finished meanwhile")
    return removed
