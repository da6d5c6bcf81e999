from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from analytics.services.demo import preparation
from config.kernel import clock


class Command(BaseCommand):
    help = "Fill the platform with sample shops; a second run adds what is missing. Only where DEMO=1 says so."

    def handle(self, **_):
        if not settings.DEMO:
            raise CommandError("This makes logins that everybody knows. Set DEMO=1 where that is meant.")
        preparation.prepare(password=settings.DEMO_PASSWORD, now=clock.now(), say=self._say)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
