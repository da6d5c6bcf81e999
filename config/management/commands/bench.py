"""`manage.py bench [name …]`: ours against a peer, each with a goal; see CONTRIBUTING.md."""

from django.core.management import BaseCommand, CommandError

from tests.benchmarks import harness


class Command(BaseCommand):
    help = "Measure ours against a peer, on a database of its own. Fails where a goal is missed."

    def add_arguments(self, parser):
        known = ", ".join(harness.names())
        parser.add_argument("names", nargs="*", metavar="name", help=f"of {known}; all without one")
        parser.add_argument("--rounds", type=int, default=harness.ROUNDS, help="turns for each side")
        parser.add_argument("--share", type=float, default=1, help="of the work, such as 0.01 to see that it works")

    def handle(self, *, names, rounds, share, **options):
        known = harness.names()
        if unknown := sorted(set(names) - set(known)):
            raise CommandError(f"No benchmark is called {unknown[0]}. There are: {', '.join(known)}")
        if rounds < 1 or not 0 < share <= 1:
            raise CommandError("--rounds is at least 1, --share more than 0 and at most 1.")
        try:
            missed = [name for name in names or known if not self.measure(name, rounds=rounds, share=share)]
        except harness.CannotMeasure as reason:
            raise CommandError(str(reason)) from reason
        if missed:
            raise CommandError(f"Below the goal: {', '.join(missed)}")

    def measure(self, name: str, **how) -> bool:
        return harness.run(harness.load(name), say=self.say, **how)

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
