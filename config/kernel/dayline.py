"""The line of a day: when is what, where is now. Places are percents of its width, for attributes of an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from config.kernel.queues import Mark

OPENS, CLOSES = 8, 22  # shown at least
LANES, ROOM, CLOCK_ROOM = 3, 15, 6  # marks above each other; the room that one's words need, in percent
LANE_HEIGHT, FLOOR = 26, 96


@dataclass(frozen=True)
class Placed:
    mark: Mark
    at: datetime
    x: str
    y: int
    anchor: str
    is_soon: bool


@dataclass(frozen=True)
class DayLine:
    """`hours` are (percent, hour)."""

    now_x: str
    hours: list[tuple[str, int]]
    marks: list[Placed]
    left_out: int


def place(marks: Sequence[Mark], *, now: datetime, zone: ZoneInfo, soon: timedelta) -> DayLine:
    """Put what fits on the line, the earliest first; the rest is counted."""
    local = now.astimezone(zone)
    times = [_hour(mark.at.astimezone(zone), local) for mark in marks]
    first = min([OPENS, int(_hour(local, local))])
    last = max([CLOSES, *(min(24, int(time) + 1) for time in times), int(_hour(local, local)) + 1])

    def percent(hour: float) -> float:
        return (hour - first) * 100 / (last - first)

    present = percent(_hour(local, local))
    ends, placed = [present + CLOCK_ROOM, *[-100.0] * (LANES - 1)], []  # the time of now stands at its top

    for mark, time in sorted(zip(marks, times, strict=True), key=lambda pair: pair[1]):
        x = percent(time)
        is_last = x > 100 - ROOM
        begins = x - ROOM if is_last else x
        lane = next((lane for lane in range(LANES) if ends[lane] <= begins), None)
        if lane is not None:
            ends[lane] = begins + ROOM
            placed.append(
                Placed(mark, mark.at, f"{x:.2f}%", lane * LANE_HEIGHT, "end" if is_last else "start",
                       mark.at <= now + soon)
            )  # fmt: skip
    hours = [(f"{percent(hour):.2f}%", hour) for hour in range(first + first % 2, last + 1, 2)]
    return DayLine(f"{present:.2f}%", hours, placed, len(marks) - len(placed))


def _hour(moment: datetime, today: datetime) -> float:
    """The time of day in hours; midnight after today is 24."""
    return 24.0 if moment.date() > today.date() else moment.hour + moment.minute / 60
