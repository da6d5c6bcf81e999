"""The books of all merchants, to look at; the platform's finance staff credits, debits, holds and releases."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel import scope
from config.kernel.admin import Act, ReadOnlyAdmin, ReadOnlyInline
from merchants.accounts.permissions import Permission
from merchants.money import forms
from merchants.money.models import Hold, HoldRelease, LedgerLine, LedgerTransaction, PayoutTerms, Statement
from merchants.money.services import adjustments, payouts
from merchants.money.states import AdjustmentReason, HoldReason


class Credit(Act):
    needs = Permission.PLATFORM_MONEY
    title = __("Credit a merchant")
    form_class = forms.Adjustment
    post_it = staticmethod(adjustments.credit)
    told = __("%(amount)s credited to %(merchant)s.")

    def do(self, form):
        given = form.cleaned_data
        merchant, amount = given["merchant"], given["amount"]
        with scope.acting_for(merchant):
            self.post_it(
                amount=amount, reason=AdjustmentReason(given["reason"]), explanation=given["explanation"],
                by=self.actor, now=self.now,
            )  # fmt: skip
        return str(self.told) % {"amount": amount, "merchant": merchant}


class Debit(Credit):
    needs = Permission.PLATFORM_MONEY
    title = __("Debit a merchant")
    post_it = staticmethod(adjustments.debit)
    told = __("%(amount)s debited from %(merchant)s.")


class Lines(ReadOnlyInline):
    needs = Permission.PLATFORM_VIEW
    model = LedgerLine
    verbose_name_plural = __("Lines")
    hidden = ("merchant", "id", "period_on")


@admin.register(LedgerTransaction)
class LedgerTransactionAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Ledger")
    acts = {"credit": Credit, "debit": Debit}
    hidden = ("posted_in",)
    list_display = ["key", "merchant", "kind", "order_number", "currency", "occurred_at", "period_on", "by"]
    list_select_related = ["merchant"]
    list_filter = ["kind"]
    search_fields = ["merchant__slug__exact", "order_number__exact", "key__exact"]
    inlines = [Lines]


class PlaceHold(Act):
    needs = Permission.PLATFORM_MONEY
    title = __("Hold money back")
    form_class = forms.NewHold

    def do(self, form):
        given = form.cleaned_data
        with scope.acting_for(given["merchant"]):
            payouts.hold(
                amount=given["amount"], currency=given["merchant"].currency, reason=HoldReason(given["reason"]),
                explanation=given["explanation"], by=self.actor, now=self.now,
            )  # fmt: skip
        return _("Money of %(merchant)s is held back.") % {"merchant": given["merchant"]}


class ReleaseHold(Act):
    needs = Permission.PLATFORM_MONEY
    title = __("Release")
    form_class = forms.Release

    def do(self, form):
        with scope.acting_for(self.row.merchant):
            payouts.release(hold=self.row, **form.cleaned_data, by=self.actor, now=self.now)
        return _("The hold was released.")


class Releases(ReadOnlyInline):
    needs = Permission.PLATFORM_VIEW
    model = HoldRelease
    verbose_name_plural = __("Release")
    hidden = ("merchant", "id")


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Holds")
    acts = {"new": PlaceHold, "row-release": ReleaseHold}
    list_display = ["merchant", "amount_minor", "currency", "reason", "placed_at", "placed_by", "is_open"]
    list_select_related = ["merchant", "release"]
    list_filter = ["reason"]
    search_fields = ["merchant__slug__exact"]
    inlines = [Releases]

    @admin.display(description=__("open"), boolean=True)
    def is_open(self, hold):
        return hold.is_open

    def has_act(self, request, act, row):
        return row.is_open


class SetMinimum(Act):
    needs = Permission.PLATFORM_MONEY
    title = __("Set the minimum payout")
    form_class = forms.Minimum

    def do(self, form):
        given = form.cleaned_data
        with scope.acting_for(given["merchant"]):
            payouts.set_minimum(least=given["least"], by=self.actor, now=self.now)
        return _("%(merchant)s is paid out from %(amount)s on.") % {
            "merchant": given["merchant"], "amount": given["least"],
        }  # fmt: skip


@admin.register(PayoutTerms)
class PayoutTermsAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Minimum payouts")
    acts = {"new": SetMinimum}
    list_display = ["merchant", "currency", "least_minor"]
    list_select_related = ["merchant"]
    search_fields = ["merchant__slug__exact"]


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Statements")
    list_display = ["number", "merchant", "entries", "opening", "closing", "closed_at"]
    list_select_related = ["merchant"]
    search_fields = ["merchant__slug__exact", "number__exact"]
