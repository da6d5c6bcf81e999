"""Merchants, their people and their buyers, to look at; the platform's own people, to change."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from config.kernel import scope
from config.kernel.admin import Act, ReadOnlyAdmin
from config.kernel.personal import masked
from config.kernel.sentences import listed
from merchants.accounts import forms
from merchants.accounts.models import Buyer, Membership, Merchant
from merchants.accounts.permissions import Permission
from merchants.accounts.services import memberships


@admin.register(Merchant)
class MerchantAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Merchants")
    list_display = ["slug", "name", "status", "currency", "timezone", "source", "joined_at"]
    list_filter = ["status", "currency"]
    search_fields = ["slug__exact", "external_id__exact", "name__startswith"]


class AddPlatformMember(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Add a person of the platform")
    form_class = forms.NewPlatformMember

    def do(self, form):
        address = self.request.build_absolute_uri("/")
        with scope.acting_for(Merchant.objects.get(slug=Merchant.PLATFORM)):
            memberships.invite(**form.cleaned_data, address=address, by=self.actor, now=self.now)
        return _("The person was added and gets an invitation by e-mail.")


class ChangePlatformRoles(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Change roles")
    form_class = forms.PlatformRoles

    def initial(self):
        return {"roles": self.row.roles}

    def do(self, form):
        with scope.acting_for(self.row.merchant):
            memberships.change_roles(
                membership=self.row, roles=form.cleaned_data["roles"], by=self.actor, now=self.now
            )  # fmt: skip
        return _("The roles were changed; they apply from the next page on.")


class RemovePlatformMember(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Remove from the platform")
    form_class = forms.Confirmation

    def do(self, form):
        with scope.acting_for(self.row.merchant):
            memberships.remove(membership=self.row, by=self.actor, now=self.now)
        return _("The person no longer works for the platform.")


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """People appear by their number; who they are is behind dots on the row's own page."""

    needs = Permission.PLATFORM_VIEW
    title = __("Members")
    acts = {"new": AddPlatformMember, "row-roles": ChangePlatformRoles, "row-removal": RemovePlatformMember}
    list_display = ["number", "merchant", "held", "joined_at"]
    list_select_related = ["merchant"]
    search_fields = ["merchant__slug__exact", "user__email__exact"]
    hidden = ("user", "roles")
    readonly_fields = ("number", "person", "email", "held")

    def has_act(self, request, act, row):
        return row.merchant.slug == Merchant.PLATFORM

    @admin.display(description=__("user"))
    def number(self, member):
        return member.user_id

    @admin.display(description=__("roles"))
    def held(self, member):
        return listed(member.role_labels)

    @admin.display(description=pgettext_lazy("person", "name"))
    def person(self, member):
        return masked(member.user.name)

    @admin.display(description=__("e-mail"))
    def email(self, member):
        return masked(member.user.email)


@admin.register(Buyer)
class BuyerAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Buyers")
    list_display = ["public_id", "merchant", "country", "source", "external_id", "known_since"]
    list_select_related = ["merchant"]
    search_fields = ["external_id__exact", "merchant__slug__exact"]
