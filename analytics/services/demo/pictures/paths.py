"""Outlines as points: a small part of SVG's path language, and forms that goods are made of."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
STEPS = 20  # points of one curve
TOKEN = re.compile(r"[MLCQZ]|-?\d+(?:\.\d+)?")


def outline(path: str) -> list[Point]:
    """Read `M x y`, `L x y`, `Q` and `C` curves and `Z`, all absolute."""
    points: list[Point] = []
    command, numbers = "M", []
    for token in TOKEN.findall(path):
        if token.isalpha():
            if token == "Z":
                points.append(points[0])
            command, numbers = token, []
            continue
        numbers.append(float(token))
        if len(numbers) == {"M": 2, "L": 2, "Q": 4, "C": 6}[command]:
            points += _curve(points, list(zip(numbers[::2], numbers[1::2], strict=True)))
            numbers = []
    return points


def _curve(points: Sequence[Point], controls: list[Point]) -> list[Point]:
    if len(controls) == 1:
        return controls
    knots, degree = [points[-1], *controls], len(controls)
    return [_bezier(knots, degree, step / STEPS) for step in range(1, STEPS + 1)]


def _bezier(knots: list[Point], degree: int, t: float) -> Point:
    weights = [math.comb(degree, i) * (1 - t) ** (degree - i) * t**i for i in range(degree + 1)]
    return (
        sum(weight * x for weight, (x, _) in zip(weights, knots, strict=True)),
        sum(weight * y for weight, (_, y) in zip(weights, knots, strict=True)),
    )


def oval(*, x: float, y: float, rx: float, ry: float) -> list[Point]:
    turns = [2 * math.pi * step / 72 for step in range(72)]
    return [(x + rx * math.cos(turn), y + ry * math.sin(turn)) for turn in turns]


def rounded(*, x: float, y: float, w: float, h: float, r: float) -> list[Point]:
    r = min(r, w / 2, h / 2)
    corners = [(x + w - r, y + h - r, 0), (x + r, y + h - r, 1), (x + r, y + r, 2), (x + w - r, y + r, 3)]
    return [
        (cx + r * math.cos(math.pi / 2 * (quarter + step / 8)), cy + r * math.sin(math.pi / 2 * (quarter + step / 8)))
        for cx, cy, quarter in corners
        for step in range(9)
    ]


def turned(profile: Sequence[Point], *, x: float) -> list[Point]:
    """A smooth line through (half width, y) on the right, mirrored on the left."""
    side = _smooth(profile)
    return [(x + width, y) for width, y in side] + [(x - width, y) for width, y in reversed(side)]


def _smooth(knots: Sequence[Point]) -> list[Point]:
    """Through every knot. A knot given twice is a corner, where one curve ends and the next begins."""
    corners = [i for i, (here, after) in enumerate(pairwise(knots)) if here == after]
    starts, ends = [0, *(corner + 1 for corner in corners)], [*(corner + 1 for corner in corners), len(knots)]
    return [point for start, end in zip(starts, ends, strict=True) for point in _curved(knots[start:end])]


def _curved(knots: Sequence[Point]) -> list[Point]:
    """Hermite curves; how far a knot bends them depends on its nearest neighbor, so that none overshoots."""
    bends = [_bend(*knots[max(0, i - 1) : i + 2]) for i in range(len(knots))]
    points: list[Point] = [knots[0]]
    for (here, after), (leaving, arriving) in zip(pairwise(knots), pairwise(bends), strict=True):
        points += [_hermite(here, leaving, after, arriving, step / 12) for step in range(1, 13)]
    return points


def _bend(*around: Point) -> Point:
    """The direction in which a curve goes through a knot, as long as the way to the nearest neighbor."""
    steps = [(math.dist(a, b), b[0] - a[0], b[1] - a[1]) for a, b in pairwise(around)]
    reach = min((length for length, _, _ in steps), default=0) / (len(steps) or 1)
    return reach * sum(x / length for length, x, _ in steps), reach * sum(y / length for length, _, y in steps)


def _hermite(a: Point, leaving: Point, b: Point, arriving: Point, t: float) -> Point:
    weights = 2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t, 3 * t**2 - 2 * t**3, t**3 - t**2
    return (
        sum(weight * part for weight, part in zip(weights, (a[0], leaving[0], b[0], arriving[0]), strict=True)),
        sum(weight * part for weight, part in zip(weights, (a[1], leaving[1], b[1], arriving[1]), strict=True)),
    )
