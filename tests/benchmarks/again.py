"""The same file again, against the first time: lines that say nothing new cost nothing but being read."""

from tests.benchmarks.imports import Imports


class Again(Imports):
    measures = "again: 100,000 lines of products that are here already, none of them changed"
    peer = "the same file, taken in for the first time"
    peer_size, goal = Imports.size, 1.4

    def clear(self, units: int) -> None:
        super().clear(units)
        self.take_in(units)

    def theirs(self, units: int) -> None:
        super().clear(units)
        self.take_in(units)


BENCHMARK = Again()
