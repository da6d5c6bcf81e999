"""Shops, to look at; merchants that may sell nothing, to suspend and reinstate."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import Act, ReadOnlyAdmin
from merchants.accounts.permissions import Permission
from merchants.onboarding import forms
from merchants.onboarding.models import Shop, Suspension
from merchants.onboarding.services import suspensions


@admin.register(Shop)
class ShopAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Shops")
    list_display = ["name", "merchant", "country", "opened_at"]
    list_select_related = ["merchant"]
    list_filter = ["country"]
    search_fields = ["merchant__slug__exact", "name__startswith"]


class SuspendMerchant(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Suspend a merchant")
    form_class = forms.Suspending

    def do(self, form):
        suspensions.suspend(**form.cleaned_data, by=self.actor, now=self.now)
        return _("The merchant is suspended; its people read why on each of their pages.")


class ReinstateMerchant(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Let the merchant sell again")
    form_class = forms.Confirmation

    def do(self, form):
        suspensions.reinstate(merchant=self.row.merchant, by=self.actor, now=self.now)
        return _("The merchant may sell again.")


@admin.register(Suspension)
class SuspensionAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Suspensions")
    acts = {"new": SuspendMerchant, "row-end": ReinstateMerchant}
    list_display = ["merchant", "reason", "at", "ended_at"]
    list_select_related = ["merchant"]
    list_filter = ["reason"]
    search_fields = ["merchant__slug__exact"]

    def has_act(self, request, act, row):
        return row.ended_at is None
