"""Say how far an import is: rows, rows a second, time left."""

from collections.abc import Callable, Iterator

EVERY = 2.0  # seconds between two lines


class Progress:
    """`say` takes a line of text, `clock` gives seconds that only ever grow. `what` and `rows` are where it is."""

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float]):
        self.say, self.clock = say, clock
        self.what, self.rows = "", 0
        self.start("", 0)

    def start(self, what: str, total: int) -> None:
        """Begin a stretch of work that is `total` units long (bytes, orders)."""
        self.what, self.total = what, total
        self.begun = self.said = self.clock()

    def at(self, done: int, rows: int) -> None:
        self.rows = rows
        if self.clock() - self.said >= EVERY:
            self.said = self.clock()
            self.say(self._line(done, rows))

    def end(self, rows: int) -> None:
        seconds = self.clock() - self.begun
        self.say(f"{self.what}: {rows:,} rows in {seconds:.1f} s")

    def told(self, what: str, total: int, portions: Iterator[list]) -> Iterator[list]:
        """Say how far it is while the portions of a table are worked on."""
        self.start(what, total)
        done = 0
        for portion in portions:
            yield portion
            done += len(portion)
            self.at(done, done)
        self.end(done)

    def _line(self, done: int, rows: int) -> str:
        seconds = self.clock() - self.begun
        left = seconds * (self.total - done) / done if done else 0
        return f"{self.what}: {rows:,} rows, {rows / seconds:,.0f} a second, about {left:,.0f} s left"
