"""Say whether the record of all that was done is still what it was when it was sealed."""

from django.core.management.base import BaseCommand, CommandError

from merchants.activity.models import Seal
from merchants.activity.services import seals


class Command(BaseCommand):
    help = "Recompute the chain of seals over all facts. Ends with an error where it does not hold."

    def add_arguments(self, parser):
        parser.add_argument(
            "--remembered", metavar="NUMBER:FINGERPRINT",
            help="a seal that an earlier run printed and that was kept elsewhere: it must be in the chain",
        )  # fmt: skip

    def handle(self, *, remembered=None, **_):
        verdict = seals.verify()
        if verdict.broken:
            seal = verdict.broken
            ids = f"facts {seal.first_id} to {seal.last_id}"
            raise CommandError(f"Seal {seal.number} ({ids}) is broken: it {verdict.fault.label}.")
        if remembered and not self._knows(remembered):
            raise CommandError(f"Seal {remembered} is not in the chain: its end was cut off, or it was drawn anew.")
        self.stdout.write(f"Every seal holds. {verdict.unsealed} facts are not sealed yet.")
        if verdict.head:
            self.stdout.write(f"The last seal, to be kept elsewhere: {verdict.head.number}:{verdict.head.fingerprint}")

    def _knows(self, remembered: str) -> bool:
        number, _, fingerprint = remembered.partition(":")
        return number.isdecimal() and Seal.objects.filter(number=int(number), fingerprint=fingerprint).exists()
