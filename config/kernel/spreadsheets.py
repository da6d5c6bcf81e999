"""Rows as a file for a spreadsheet, which must not take a cell for a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence

from django.http import FileResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
IN_MEMORY = 1024 * 1024  # bytes; beyond that the file waits on disk


def harmless(cell: str) -> str:
    """A text that no spreadsheet runs: what could begin a formula gets an apostrophe before it (OWASP)."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def plain(cell: str) -> str:
    """The text that `harmless` was given: a file that came from here comes back as it was."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def download(rows: Iterable[Sequence[str]], *, name: str) -> FileResponse:
    """An answer with the rows as CSV; they are read now, within the scope of the request."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)  # the mark is for Excel
    csv.writer(text).writerows(map(harmless, row) for row in rows)
    text.detach()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
