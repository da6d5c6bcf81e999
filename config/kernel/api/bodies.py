"""JSON in and out, read strictly: what cannot be meant is refused before anything is done with it."""

import codecs
import json

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer

from config.kernel.api.problems import TooLarge

JSON = "application/json"


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
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not said.isascii() or not said.isdigit() or int(said) > most:
        raise TooLarge(_("A body may have %(bytes)s bytes at most.") % {"bytes": f"{most:,}"})
    request.body  # noqa: B018  it is kept


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
