"""Small charts as paths of an SVG: numbers in, attributes out, nothing that needs a script or a style."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 128
LEFT, TOP, BOTTOM = 4, 12, 20
GAPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Tick:
    x: str
    y: str
    value: int


@dataclass(frozen=True)
class Trend:
    """A line that grows through a day beside that of another day, for `components/trend.html`."""

    line: str
    area: str
    before: str
    end_x: str
    end_y: str
    levels: list[Tick]
    hours: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT


def trend(now: Sequence[int], before: Sequence[int], *, at: float, hours: int = 24) -> Trend:
    """Sums of whole hours so far (the last one of the hour that runs) and of all hours of another day; `at` is the
    time of day in hours.
    """
    ours, theirs = _sums(now), _sums(before)
    top = max(ours[-1], theirs[-1], 1)
    places = [*range(len(ours) - 1), at]

    def x(hour: float) -> str:
        return f"{LEFT + hour * (WIDTH - 2 * LEFT) / hours:.1f}"

    def y(value: int) -> str:
        return f"{HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM) / top:.1f}"

    line = _path([(x(place), y(value)) for place, value in zip(places, ours, strict=True)])
    floor = y(0)
    return Trend(
        line=line, area=f"{line}L{x(at)} {floor}L{x(0)} {floor}Z",
        before=_path([(x(hour), y(value)) for hour, value in enumerate(theirs)]), end_x=x(at), end_y=y(ours[-1]),
        levels=[Tick(x(0), y(level), level) for level in levels(top)],
        hours=[Tick(x(hour), y(0), hour) for hour in range(0, hours + 1, 6)],
    )  # fmt: skip


def _sums(amounts: Sequence[int]) -> list[int]:
    """Running sums that begin with nothing."""
    sums = [0]
    for amount in amounts:
        sums.append(sums[-1] + amount)
    return sums


def _path(points: Sequence[tuple[str, str]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def levels(top: int) -> list[int]:
    """Two or three round values up to the highest one."""
    size = 10 ** (len(str(top)) - 1)
    gap = next(size * gap for gap in GAPS if top // (size * gap) <= 3)
    return list(range(gap, top + 1, gap))
