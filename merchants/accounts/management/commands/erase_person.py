from django.core.management.base import BaseCommand, CommandError

from config.kernel import clock, scope
from config.kernel.actors import machine
from config.kernel.errors import DomainError
from merchants.accounts.management.commands import _people as people
from merchants.accounts.services import privacy


class Command(BaseCommand):
    help = "Forget who a person is: somebody who signs in, or with --merchant a buyer with orders and reviews."

    def add_arguments(self, parser):
        people.add_arguments(parser)
        parser.add_argument("--because", required=True, help="a file number, which is kept; nothing about the person")

    def handle(self, *, person, merchant, because, **_):
        known = {"because": because, "by": machine("command:erase_person"), "now": clock.now()}
        if not merchant:
            self.erase(person, known)
        else:
            self.erase_buyer(person, merchant, known)

    def erase(self, email: str, known: dict) -> None:
        try:
            user = privacy.erase(user=people.find_user(email), **known)
        except DomainError as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"The person is forgotten; what they did stays under user:{user.pk}.")

    def erase_buyer(self, person: str, merchant: str, known: dict) -> None:
        try:
            with scope.acting_for(people.find_merchant(merchant)):
                buyer = privacy.erase_buyer(buyer=people.find_buyer(person), **known)
        except DomainError as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"Buyer {buyer.public_id} has no name, no address and no words any more, in no order either.")
