"""Say whether all numbers are what the rows behind them add up to."""

from django.core.management.base import BaseCommand, CommandError

from config.kernel import invariants

TOLD = 20  # rows of each invariant


class Command(BaseCommand):
    help = "Check what must hold of stock, orders and money of all merchants. Ends with an error naming what breaks it."

    def handle(self, **_):
        found = invariants.broken()
        for name, rows in found.items():
            self.stdout.write(f"{name}: {f'{len(rows)} rows break it' if rows else 'holds'}")
            for row in rows[:TOLD]:
                self.stdout.write(f"    {row}")
        if any(found.values()):
            raise CommandError("Not everything holds.")
