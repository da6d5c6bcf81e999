"""The one door into a scope: it finds out who is asking and for whom, and lets nobody else's rows through.

`/m/<slug>/…` is for members of that merchant and a 404 for everybody else; `/admin/…` is for platform staff;
`/api/v1/…` is for whoever shows a merchant's key, and no cookie counts there; all else enters no scope at all.
Memberships and keys are read on every request, so a changed role or a revoked key holds from the next one.
"""

import hmac

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from config.kernel import clock, scope
from config.kernel.actors import Actor
from config.kernel.api.problems import problem
from merchants.accounts import selectors
from merchants.accounts.models import Credential, Merchant
from merchants.accounts.services import credentials
from merchants.accounts.states import CredentialPhase


class Doorkeeper:
    def __init__(self, get_response):
        self.get_response = get_response
        self.doors = {"m": self.shop, "admin": self.platform}

    def __call__(self, request):
        request.actor = request.merchant = None
        name, place = self.address(request)
        if (name, place) == ("api", "v1"):
            return self.interface(request)
        if name not in self.doors:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return self.doors[name](request, place)

    def address(self, request) -> tuple[str, str]:
        """`m` and `acme` of `/m/acme/orders/`."""
        _, _, path = request.path_info.partition("/")  # `OPTIONS *` has no slash
        name, _, rest = path.partition("/")
        return name, rest.partition("/")[0]

    def process_view(self, request, view, args, kwargs):
        """A 404 is raised here, inside the handler that turns it into a page."""
        if self.address(request)[0] in self.doors and request.actor is None:
            raise Http404

    def shop(self, request, slug):
        merchant = Merchant.objects.filter(slug=slug).exclude(slug=Merchant.PLATFORM).first()
        member = merchant and selectors.membership_of(request.user, merchant)
        if not member:
            return self.get_response(request)
        request.merchant, request.actor = merchant, selectors.actor_of(request.user, member)
        with scope.acting_for(merchant), timezone.override(merchant.zone):
            return self.get_response(request)

    def interface(self, request):
        """For systems: the language of refusals and the zone of days are the only manners they share with people."""
        request.user = AnonymousUser()
        credential = self.credential(request.headers.get("Authorization", ""))
        if credential is None:
            refused = problem(401, "no_credential", _("Send a valid API key: Authorization: Bearer zg_live_…"))
            refused["WWW-Authenticate"] = 'Bearer realm="api"'
            return refused
        merchant = credential.merchant
        request.credential, request.merchant = credential.pk, merchant
        request.actor = Actor(credential.label, name=credential.name, permissions=credential.permissions)
        with scope.acting_for(merchant), timezone.override(merchant.zone):
            credentials.note_use(credential=credential, now=clock.now())
            return self.get_response(request)

    def credential(self, header: str) -> Credential | None:
        """The active key that a request shows; unknown, wrong, ended and revoked ones are all the same: none."""
        kind, _space, key = header.partition(" ")
        prefix = credentials.prefix_of(key.strip()) if kind.lower() == "bearer" else None
        found = prefix and selectors.credential_with(prefix=prefix)
        if not found or not hmac.compare_digest(found.digest, credentials.digest(key.strip())):
            return None
        return found if found.phase(clock.now()) == CredentialPhase.ACTIVE else None

    def platform(self, request, _):
        platform = Merchant.objects.filter(slug=Merchant.PLATFORM).first()
        member = platform and selectors.membership_of(request.user, platform)
        if not member:
            return self.get_response(request)
        if settings.STAFF_NEEDS_MFA and not is_mfa_enabled(request.user):
            return redirect("mfa_activate_totp")
        request.actor = selectors.actor_of(request.user, member)
        with scope.across_merchants(because="platform staff see all merchants"):
            return self.get_response(request)
