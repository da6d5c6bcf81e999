"""A square of 100 × 100 units to draw goods on, finer than the picture that comes out."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from analytics.services.demo.pictures import paths
from analytics.services.demo.pictures.colors import BACKDROPS, color
from analytics.services.demo.pictures.paths import Point

EDGE, FINER = 640, 2  # pixels of the picture; how many drawn ones, each way, make one of them
UNIT = EDGE * FINER / 100
Outline = str | Sequence[Point]
Box = tuple[int, int, int, int]
Rgb = tuple[int, int, int]
SHADOW = (58, 52, 44)


@dataclass(frozen=True)
class Look:
    """How one good of a kind looks: its colors, and which of the kind's forms it has."""

    main: str
    accent: str
    style: int = 0
    backdrop: int = 0


class Canvas:
    def __init__(self, look: Look):
        self.look = look
        size = (EDGE * FINER, EDGE * FINER)
        # what is painted, on black, and where anything is: together they lie over a backdrop by one sum
        self.paint, self.cover = Image.new("RGB", size), Image.new("L", size)
        self.ground = (50.0, 85.0, 30.0)  # where the shadow lies and how wide it is
        self.pose: tuple[float, float, float] | None = None

    def turn(self, degrees: float, x: float = 50, y: float = 50) -> None:
        """What is drawn from now on is turned clockwise around a point."""
        self.pose = (math.radians(degrees), x, y)

    def stand(self, y: float, width: float, x: float = 50) -> None:
        self.ground = (x, y, width)

    def fill(self, path: Outline, fill: str, to: str = "", *, down: bool = False, within: Outline = "") -> None:
        """Fill an outline; with `to`, from one color to another: rightwards, or `down`."""
        points = self._placed(path)
        box = _box(points)
        mask = _mask(points, box)
        if within:
            mask = ImageChops.multiply(mask, _mask(self._placed(within), box))
        self._lay(mask, box, fill, to, down)

    def stroke(self, path: str, paint: str, width: float) -> None:
        """Draw a line with round ends."""
        points = self._placed(path)
        reach = int(width * UNIT / 2 + 0.5)
        box = _box(points, margin=reach + 2)
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        pen, local = ImageDraw.Draw(mask), [(x - box[0], y - box[1]) for x, y in points]
        pen.line(local, fill=255, width=2 * reach, joint="curve")
        for x, y in (local[0], local[-1]):
            pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
        self._lay(mask, box, paint, "", False)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str, to: str = "", *, down: bool = False) -> None:
        self.fill(paths.oval(x=x, y=y, rx=rx, ry=ry), fill, to, down=down)

    def box(
        self, x: float, y: float, w: float, h: float, r: float, fill: str, to: str = "", *, down: bool = False
    ) -> None:
        """A rectangle with round corners."""
        self.fill(paths.rounded(x=x, y=y, w=w, h=h, r=r), fill, to, down=down)

    def turned(self, profile: Sequence[Point], fill: str = "", to: str = "", *, x: float = 50) -> Outline:
        """Something round, as from a lathe: its half widths at heights, as (width, y) from top to bottom."""
        main, shape = self.look.main, paths.turned(profile, x=x)
        self.fill(shape, fill or f"{main}+", to or f"{main}-")
        return shape

    def png(self) -> bytes:
        """The picture: backdrop, shadow, good."""
        good, cover = self.paint.reduce(FINER), self.cover.reduce(FINER)
        picture = _wall(self.look.backdrop % len(BACKDROPS)).copy()
        picture.paste(SHADOW, (0, 0, EDGE, EDGE), self._shadow(cover))
        picture.paste((0, 0, 0), (0, 0, EDGE, EDGE), cover)
        out = io.BytesIO()
        ImageChops.add(picture, good).save(out, "PNG", compress_level=1)
        return out.getvalue()

    def _shadow(self, cover: Image.Image) -> Image.Image:
        """Soft, close under the good and a little below it; drawn small, for nobody sees its pixels."""
        small = 200
        cast = ImageChops.offset(cover.resize((small, small)), 2, 4).point(lambda value: value * 0.16)
        lying, (x, y, width) = Image.new("L", (small, small)), self.ground
        box = ((x - width) * 2, (y - 2.2) * 2, (x + width) * 2, (y + 2.2) * 2)
        ImageDraw.Draw(lying).ellipse(box, fill=105)
        soft = ImageChops.lighter(cast.filter(ImageFilter.GaussianBlur(4)), lying.filter(ImageFilter.GaussianBlur(3)))
        return soft.resize((EDGE, EDGE), Image.Resampling.BICUBIC)

    def _placed(self, path: Outline) -> list[Point]:
        points = paths.outline(path) if isinstance(path, str) else path
        if self.pose:
            angle, cx, cy = self.pose
            sin, cos = math.sin(angle), math.cos(angle)
            points = [(cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos) for x, y in points]
        return [(x * UNIT, y * UNIT) for x, y in points]

    def _lay(self, mask: Image.Image, box: Box, fill: str, to: str, down: bool) -> None:
        red, green, blue, opacity = color(fill)
        if opacity < 255:
            mask = mask.point([value * opacity // 255 for value in range(256)])
        if not to:
            self.paint.paste((red, green, blue), box, mask)
        else:
            slope = _slope((red, green, blue), color(to)[:3], down)
            self.paint.paste(slope.resize(mask.size, Image.Resampling.NEAREST), box, mask)
        self.cover.paste(255, box, mask)


@cache
def _wall(number: int) -> Image.Image:
    """A backdrop, brighter where the light falls."""
    paint = BACKDROPS[number]
    wall = Image.new("RGB", (64, 64), color(paint)[:3])
    light = ImageChops.invert(Image.radial_gradient("L").resize((64, 64)))
    wall.paste(color(f"{paint}++")[:3], (0, 0, 64, 64), light)
    return wall.resize((EDGE, EDGE), Image.Resampling.BICUBIC)


@cache
def _slope(first: Rgb, last: Rgb, down: bool) -> Image.Image:
    """From one color to another, one pixel wide."""
    line = Image.new("RGB", (1, 256), first)
    line.paste(last, (0, 0, 1, 256), Image.linear_gradient("L").crop((0, 0, 1, 256)))
    return line if down else line.transpose(Image.Transpose.ROTATE_90)


def _box(points: Sequence[Point], margin: int = 1) -> Box:
    """What an outline covers of the canvas."""
    left, top = min(x for x, _ in points) - margin, min(y for _, y in points) - margin
    right, bottom = max(x for x, _ in points) + margin + 1, max(y for _, y in points) + margin + 1
    return _inside(left), _inside(top), _inside(right), _inside(bottom)


def _inside(at: float) -> int:
    return max(0, min(EDGE * FINER, int(at)))


def _mask(points: Sequence[Point], box: Box) -> Image.Image:
    mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    ImageDraw.Draw(mask).polygon([(x - box[0], y - box[1]) for x, y in points], fill=255)
    return mask
