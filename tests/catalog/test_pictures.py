import io
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog.errors import MediaFull, NotAPicture
from catalog.services import pictures

SECRET = b"taken at home"


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def upload(*, size=(400, 300), format="JPEG", exif=None, color="red"):
    out = io.BytesIO()
    options = {"exif": exif} if exif else {}
    Image.new("RGB", size, color).save(out, format, **options)
    return SimpleUploadedFile("picture.jpg", out.getvalue())


def test_a_picture_is_drawn_anew_without_what_hid_in_it(media):
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    drawn = pictures.draw(upload(exif=exif), folder="shop")
    stored = (media / drawn.file).read_bytes()
    assert (Image.open(media / drawn.file).format, drawn.width, drawn.height) == ("WEBP", 400, 300)
    assert SECRET not in stored
    assert not Image.open(media / drawn.file).getexif()
    assert Image.open(media / drawn.thumb).size == (160, 120)


def test_the_same_picture_is_stored_once(media):
    assert pictures.draw(upload(), folder="shop") == pictures.draw(upload(), folder="shop")
    assert len(list(media.rglob("*.webp"))) == 2


def test_a_turned_photo_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    drawn = pictures.draw(upload(exif=exif), folder="shop")
    assert (drawn.width, drawn.height) == (300, 400)


TURNED = b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"
WIDTH_IN_LETTERS = b"\x01\x42\x00\x02\x00\x00\x00\x02x\x00\x00\x00"


@pytest.mark.parametrize(
    ("format", "exif"),
    [
        ("PNG", b"2M\x00*\x00\x00\x00\x08"),
        ("JPEG", b"MM\x00*\x00\x00\x00\x08\x00\x02" + TURNED + WIDTH_IN_LETTERS + bytes(4)),
    ],
    ids=["no header", "letters for a number"],
)
def test_a_damaged_note_of_the_camera_does_not_spoil_the_picture(format, exif):
    drawn = pictures.draw(upload(format=format, exif=b"Exif\x00\x00" + exif), folder="shop")
    assert (drawn.width, drawn.height) == (400, 300)


def test_a_large_picture_is_made_smaller():
    drawn = pictures.draw(upload(size=(4_000, 1_000)), folder="shop")
    assert (drawn.width, drawn.height) == (1_600, 400)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"%PDF-1.7",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", b"\xff\xd8\xff\xe0 not a picture",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", upload(format="GIF").read(), upload(format="TIFF").read(),
    ],
    ids=["empty", "svg", "pdf", "cut gif", "cut jpeg", "cut png", "gif", "tiff"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_and_not_stored(media, content):
    with pytest.raises(NotAPicture):
        pictures.draw(SimpleUploadedFile("picture.png", content), folder="shop")
    assert list(media.rglob("*.*")) == []


def test_a_pixel_flood_is_refused_before_it_is_unpacked(media):
    flood = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(flood, "PNG", optimize=True)
    assert flood.tell() < 200_000
    with pytest.raises(NotAPicture, match="JPEG"):
        pictures.draw(SimpleUploadedFile("flood.png", flood.getvalue()), folder="shop")


def test_more_than_40_megapixels_are_refused_though_pillow_would_take_them():
    flood = io.BytesIO()
    Image.new("1", (8_000, 5_001)).save(flood, "PNG", optimize=True)
    with pytest.raises(NotAPicture, match="40 megapixels"):
        pictures.draw(SimpleUploadedFile("flood.png", flood.getvalue()), folder="shop")


def test_a_file_above_8_mb_is_refused():
    with pytest.raises(NotAPicture, match="8 MB"):
        pictures.draw(SimpleUploadedFile("large.jpg", os.urandom(8 * 1024 * 1024 + 1)), folder="shop")


def test_a_full_disk_is_told_and_leaves_no_half_file(media, settings):
    settings.MEDIA_ROOT = "/dev/full"
    with pytest.raises(MediaFull):
        pictures.draw(upload(), folder="shop")


def test_a_file_that_cannot_take_its_place_is_cleared_away(media, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pictures.Path, "replace", full)
    with pytest.raises(MediaFull):
        pictures.draw(upload(), folder="shop")
    assert list(media.rglob("*.*")) == []
