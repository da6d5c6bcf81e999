"""When the shop is closed: planned here, ended here."""

from django.urls import reverse
from django.utils.translation import gettext as _

from config.kernel.pages import FormPage
from merchants.accounts.permissions import Permission
from merchants.onboarding import forms, selectors
from merchants.onboarding.services import vacations
from merchants.onboarding.states import VacationPhase

SHOWN = 20


class Vacations(FormPage):
    needs = Permission.SHOP_MANAGE
    template_name = "onboarding/vacations.html"
    form_class = forms.PlannedVacation

    def context(self):
        found = list(selectors.vacations()[:SHOWN])
        for each in found:
            each.shown = each.phase(self.now)
            each.can_end = each.shown != VacationPhase.OVER
            each.end_url = reverse("onboarding:vacation-end", args=[self.merchant.slug, each.public_id])
        return {"vacations": found, "is_planned": any(each.can_end for each in found), "submit_label": _("Plan it")}

    def act(self, form):
        vacations.plan(**form.cleaned_data, by=self.actor, now=self.now)
        return self.request.path, _("The vacation is planned: on these days the shop takes no orders.")


class VacationEnd(FormPage):
    needs = Permission.SHOP_MANAGE
    template_name = "onboarding/vacation_end.html"
    form_class = forms.Confirmation

    def load(self, public_id):
        self.vacation = selectors.vacation(public_id)

    def context(self):
        index = reverse("onboarding:vacation", args=[self.merchant.slug])
        return {
            "vacation": self.vacation, "cancel_url": index, "submit_label": _("End the vacation"),
            "crumbs": [{"label": _("Vacation"), "url": index}],
        }  # fmt: skip

    def act(self, form):
        vacations.end(vacation=self.vacation, by=self.actor, now=self.now)
        index = reverse("onboarding:vacation", args=[self.merchant.slug])
        return index, _("The vacation is ended; the shop takes orders.")
