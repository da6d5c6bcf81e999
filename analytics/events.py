"""What the desk as a whole announces."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DemoClockMoved(Event):
    """How far the clock went ahead of the machine's, and goes ahead now."""

    name = "analytics.demo_clock.moved"
    before_seconds: int
    after_seconds: int

    @property
    def about(self):
        return "demo:clock"
