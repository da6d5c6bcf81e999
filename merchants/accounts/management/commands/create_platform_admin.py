from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from config.kernel import clock, scope
from config.kernel.actors import machine
from merchants.accounts import selectors
from merchants.accounts.permissions import PlatformRole
from merchants.accounts.services import invitations, memberships, merchants, users


class Command(BaseCommand):
    help = "Make somebody superadmin of the platform, and print a one-time link by which they choose a password."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="how they are called (default: the address up to the @)")
        parser.add_argument("--address", default=usual_address(), help="where they reach this (default: %(default)s)")

    def handle(self, *, email, name, address, **_):
        now, by = clock.now(), machine("command:create_platform_admin")
        with scope.acting_for(merchants.platform(now=now)):
            try:
                user, _is_new = users.find_or_create(email=email, name=name or email.partition("@")[0], now=now)
            except ValidationError as fault:
                raise CommandError("; ".join(fault.messages)) from None
            member = selectors.members().filter(user=user).first()
            if member is None:
                memberships.add(user=user, roles=[PlatformRole.SUPERADMIN], by=by, now=now)
            else:
                roles = [*member.roles, PlatformRole.SUPERADMIN]
                memberships.change_roles(membership=member, roles=roles, by=by, now=now)
        self.stdout.write(f"{user.email} is superadmin of the platform.")
        if user.has_usable_password():
            self.stdout.write(f"They have a password already and sign in at {address}")
        else:
            self.stdout.write("They choose a password here; the address works once and for three days:")
            self.stdout.write(invitations.one_time_link(user, address=address))


def usual_address() -> str:
    return next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://127.0.0.1:8000")
