from django.core.management.base import BaseCommand, CommandError

from config.kernel import clock, scope
from config.kernel.actors import machine
from config.kernel.errors import DomainError
from merchants.accounts.management.commands import _people as people
from merchants.accounts.services import privacy


class Command(BaseCommand):
    help = "Forget who a person is. Orders and reviews are forgotten by the apps that own them."

    def add_arguments(self, parser):
        people.add_arguments(parser)
        parser.add_argument("--because", required=True, help="a file number, which is kept; nothing about the person")

    def handle(self, *, person, merchant, because, **_):
        known = {"because": because, "by": machine("command:erase_person"), "now": clock.now()}
        if not merchant:
            self.erase(person, known)
        else:
            with scope.acting_for(people.find_merchant(merchant)):
                buyer = privacy.erase_buyer(buyer=people.find_buyer(person), **known)
            self.stdout.write(f"Buyer {buyer.public_id} has no name and no address any more; their orders still have.")

    def erase(self, email: str, known: dict) -> None:
        try:
            user = privacy.erase(user=people.find_user(email), **known)
        except DomainError as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"The person is forgotten; what they did stays under user:{user.pk}.")
