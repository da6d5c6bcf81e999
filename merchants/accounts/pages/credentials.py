"""Pages about a shop's API keys."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from config.kernel.index import Column, View
from config.kernel.pages import FormPage, IndexPage
from merchants.accounts import forms, selectors
from merchants.accounts.filters import CredentialFilter
from merchants.accounts.permissions import Permission
from merchants.accounts.services import credentials


class CredentialIndex(IndexPage):
    needs = Permission.API_KEYS_MANAGE
    template_name = "accounts/credential_list.html"
    title = __("API keys")
    filterset_class = CredentialFilter
    columns = [
        Column("name", pgettext_lazy("API key", "Name")),
        Column("status", __("Status")),
        Column("scopes", __("Scopes")),
        Column("used", __("Last used")),
        Column("made", __("Made"), order="made", is_time=True),
        Column("acts", ""),
    ]
    orders = {"-made": ("-made_at", "-pk"), "made": ("made_at", "pk")}
    views = [View(__("All")), View(__("Not revoked"), {"revoked": "no"}), View(__("Revoked"), {"revoked": "yes"})]
    empty_text = __("A key lets a system of yours or a partner's work for this shop.")

    def rows(self):
        return selectors.credentials()

    def ready(self, rows):
        for credential in rows:
            credential.shown_phase = credential.phase(self.now)
        return rows


class CredentialPage(FormPage, abstract=True):
    needs = Permission.API_KEYS_MANAGE
    template_name = "accounts/credential_act.html"
    verb: str

    def context(self):
        return {
            "heading": self.verb, "submit_label": self.verb, "cancel_url": self.index_url,
            "crumbs": [{"label": CredentialIndex.title, "url": self.index_url}],
        }  # fmt: skip

    @property
    def index_url(self) -> str:
        return reverse("accounts-keys:credentials", args=[self.merchant.slug])


class CredentialCreation(CredentialPage):
    """Shows the new key in the answer to the form: there is no other time or place to see it."""

    verb = __("Make an API key")

    def form(self, data=None, files=None):
        return forms.NewCredential(data, scopes=selectors.key_scopes(self.actor.permissions))

    def act(self, form):
        sent = form.cleaned_data
        expires_at = self.now + timedelta(days=sent["days"]) if sent["days"] else None
        return credentials.issue(
            name=sent["name"], scopes=sent["scopes"], expires_at=expires_at, by=self.actor, now=self.now
        )

    def post(self, request, **_):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form=form, status=422)
        credential, key = self.act(form)
        self.template_name = "accounts/credential_shown.html"
        response = self.show(credential=credential, key=key)
        response["Cache-Control"] = "no-store"
        return response


class CredentialRevocation(CredentialPage):
    form_class = forms.Confirmation
    verb = __("Revoke this key")

    def load(self, public_id):
        self.credential = selectors.credential(public_id)

    def context(self):
        return super().context() | {"credential": self.credential}

    def act(self, form):
        credentials.revoke(credential=self.credential, by=self.actor, now=self.now)
        return self.index_url, _("The key was revoked. It opens nothing any more.")
