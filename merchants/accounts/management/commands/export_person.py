import json

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from config.kernel import scope
from merchants.accounts.management.commands import _people as people
from merchants.accounts.services import privacy


class Command(BaseCommand):
    help = "Print what accounts knows of a person as JSON. Orders and reviews are told by the apps that own them."

    def add_arguments(self, parser):
        people.add_arguments(parser)

    def handle(self, *, person, merchant, **_):
        self.stdout.write(json.dumps(self.known(person, merchant), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))

    def known(self, person: str, merchant: str | None) -> dict:
        if not merchant:
            return privacy.export(user=people.find_user(person))
        with scope.acting_for(people.find_merchant(merchant)):
            return privacy.export_buyer(buyer=people.find_buyer(person))
