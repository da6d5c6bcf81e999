"""`manage.py import_marketplace SOURCE PATH [--within FOLDER] [--owner EMAIL]`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError

from analytics.services.imports import engine, summary
from analytics.services.imports.sources import SOURCES
from config.kernel import clock
from config.kernel.errors import DomainError

AGAIN = "What was committed stays; run the same command again, and it goes on from there."


class Command(BaseCommand):
    help = "Take over the merchants, products, orders, payments and reviews of another marketplace."

    def add_arguments(self, parser):
        parser.add_argument("source", choices=list(SOURCES))
        parser.add_argument("path", type=Path, help="a folder, a zip file or a single file with the source's tables")
        parser.add_argument("--within", default="", metavar="FOLDER", help="where the path holds a table twice")
        parser.add_argument("--owner", default="", metavar="EMAIL", help="who becomes owner of the merchants")

    def handle(self, *, source, path, within, owner, **_):
        kind, now = SOURCES[source], clock.now()
        try:
            run = engine.take_over(kind, path=path, within=within, owner_email=owner, say=self._say, now=now)
        except DomainError as refusal:
            self._report(refusal.context.get("report"), kind)
            raise CommandError(refusal.message) from refusal
        except (DatabaseError, InterfaceError) as fault:
            raise CommandError(f"The database gave up: {str(fault).strip()}\n{AGAIN}") from fault
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. {AGAIN}") from None
        self._report(run.report, kind)

    def _report(self, report: dict | None, kind: type[engine.MarketplaceImport]) -> None:
        for line in summary.lines(report, currency=kind.currency) if report else ():
            self._say(line)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
