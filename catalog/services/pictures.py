"""Pictures of products, drawn anew: whatever hid in the sent file is gone."""

import hashlib
import io
import logging
import os
import warnings
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from catalog.errors import MediaFull, NotAPicture
from catalog.events import ProductPictured
from catalog.models import Product, ProductPicture
from config.kernel import events
from config.kernel.actors import Actor

log = logging.getLogger(__name__)
FORMATS = ("JPEG", "PNG", "WEBP")  # SVG and others carry code
BOMBS = (Image.DecompressionBombWarning, Image.DecompressionBombError)
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
EDGE, THUMB_EDGE = 1_600, 160  # longest edge in pixels


@dataclass(frozen=True)
class Drawn:
    """A picture in our own encoding with its thumbnail, already on disk."""

    sha256: str
    file: str
    thumb: str
    width: int
    height: int


def draw(upload, *, folder: str) -> Drawn:
    """Re-encode a sent file to WebP below `folder`; slow, so never within a transaction.

    Raises NotAPicture, MediaFull.
    """
    if upload.size > MOST_BYTES:
        raise NotAPicture(_("The picture is larger than 8 MB. Send a smaller one."), field="picture")
    image = _opened(upload)
    picture, small = _encoded(image, EDGE), _encoded(image, THUMB_EDGE)
    sha256 = hashlib.sha256(picture[0]).hexdigest()
    file, thumb = f"{folder}/{sha256}.webp", f"{folder}/{sha256}-thumb.webp"
    _write(file, picture[0])
    _write(thumb, small[0])
    return Drawn(sha256, file, thumb, *picture[1])


def _opened(upload) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(upload, formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise NotAPicture(_("The picture has more than 40 megapixels. Send a smaller one."), field="picture")
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, *BOMBS) as fault:
        log.info("picture refused: %s", type(fault).__name__)
        raise NotAPicture(_("This is not a JPEG, PNG or WebP picture."), field="picture") from None
    return _upright(image)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera noted; a note that is damaged says nothing, and the picture is good without it."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception as fault:  # Pillow lets through whatever its parser trips over
        log.info("EXIF not understood: %s", type(fault).__name__)
        return image


def _encoded(image: Image.Image, edge: int) -> tuple[bytes, tuple[int, int]]:
    copy = image.convert("RGBA" if image.has_transparency_data else "RGB")
    copy.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    clean = Image.new(copy.mode, copy.size)
    clean.paste(copy)  # pixels only: no EXIF, no profile, no place
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=82, method=4)
    return out.getvalue(), clean.size


def _write(name: str, content: bytes) -> None:
    """Whole or not at all. Raises MediaFull."""
    path = Path(settings.MEDIA_ROOT, name)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as fault:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        log.error("picture not stored: %s", fault.strerror)
        raise MediaFull(
            _("The picture could not be stored: the disk is full. Everything else works."), field="picture"
        ) from None


@transaction.atomic
def put(*, product: Product, drawn: Drawn, by: Actor, now: datetime) -> ProductPicture:
    """Show a drawn picture as the product's."""
    values = {"taken_in_at": now, **vars(drawn)}
    picture, _created = ProductPicture.objects.update_or_create(product=product, defaults=values)
    Product.objects.filter(pk=product.pk).update(version=F("version") + 1, updated_at=now)
    events.record(ProductPictured(product_id=str(product.public_id), sha256=drawn.sha256), by=by, now=now)
    return picture
