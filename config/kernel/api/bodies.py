"""JSON in and out, read strictly: what cannot be meant is refused before anything is done with it."""

import codecs
import hashlib
import json
import tempfile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer

from config.kernel.api.problems import TooLarge

JSON = "application/json"
TABLES = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
IN_MEMORY, CHUNK = 1024 * 1024, 256 * 1024  # bytes


class Body(BaseParser):
    """UTF-8, no number that is none (NaN), no key twice, nothing larger than DATA_UPLOAD_MAX_MEMORY_SIZE."""

    media_type = JSON
    renderer_class = JSONRenderer

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            text = codecs.decode(stream.read(), "utf-8")
        except UnicodeDecodeError:
            raise ParseError(_("The body is not UTF-8.")) from None
        try:
            return json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
        except (ValueError, RecursionError):
            raise ParseError(_("The body is not JSON.")) from None


def take_in(request) -> None:
    """Read the body, which stays at hand. Raises TooLarge before a byte of a large one is read."""
    _refuse_above(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, request)
    request.body  # noqa: B018  it is kept


def take_file(request, *, most: int) -> UploadedFile:
    """Read a body that is a table as a whole, past memory where it is large, and keep what it is told apart by.

    Raises TooLarge, UnsupportedMediaType.
    """
    _refuse_above(most, request)
    kind = (request.content_type or "").partition(";")[0].strip().lower()
    if kind not in TABLES:
        raise UnsupportedMediaType(kind)
    file, digest = tempfile.SpooledTemporaryFile(IN_MEMORY), hashlib.sha256()
    while chunk := request.read(CHUNK):
        digest.update(chunk)
        file.write(chunk)
    request.file_digest = digest.digest()
    size = file.tell()
    file.seek(0)
    return UploadedFile(file, name="file", content_type=kind, size=size)


def _refuse_above(most: int, request) -> None:
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not said.isascii() or not said.isdigit() or int(said) > most:
        raise TooLarge(_("A body may have %(bytes)s bytes at most.") % {"bytes": f"{most:,}"})


def answer(content, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """`content` is ready for JSON: texts, whole numbers, lists and objects of those."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    kept = {"Cache-Control": "private, no-cache"} | (headers or {})
    return HttpResponse(text, status=status, content_type=JSON, headers=kept)


def _refuse(constant: str):
    raise ValueError(constant)


def _once(pairs: list[tuple[str, object]]) -> dict:
    known = dict(pairs)
    if len(known) != len(pairs):
        raise ValueError("a key twice")
    return known
