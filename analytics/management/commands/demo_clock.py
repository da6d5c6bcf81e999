import re
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from analytics.services.demo import clock as demo_clock
from config.kernel import clock
from config.kernel.actors import machine
from config.kernel.errors import DomainError

STEP = re.compile(r"\+(\d{1,4})([dh])")
UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1)}


class Command(BaseCommand):
    help = "Move the clock of a demo ahead, for all of the platform: +15d, +6h, or reset; without a word, tell it."

    def add_arguments(self, parser):
        parser.add_argument("step", nargs="?", default="", help="+15d, +6h, or reset")

    def handle(self, *, step, **_):
        if not settings.DEMO:
            raise CommandError("Only the clock of a demo can be moved: manage.py quickstart makes one.")
        try:
            self._move(step)
        except DomainError as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"The demo's clock says {clock.now():%Y-%m-%d %H:%M} UTC, {clock.ahead()} ahead.")

    def _move(self, step: str) -> None:
        known = {"by": machine("command:demo_clock"), "now": clock.now()}
        if step == "reset":
            demo_clock.reset(**known)
        elif step:
            demo_clock.move(self._read(step), **known)

    def _read(self, step: str) -> timedelta:
        found = STEP.fullmatch(step)
        if not found:
            raise CommandError("Write +15d, +6h, or reset.")
        return int(found[1]) * UNITS[found[2]]
