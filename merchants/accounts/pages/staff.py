"""Pages about the people of a shop."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from config.kernel.index import Column
from config.kernel.pages import FormPage, IndexPage, Page
from merchants.accounts import forms, selectors
from merchants.accounts.filters import MemberFilter
from merchants.accounts.permissions import Permission, Role
from merchants.accounts.services import invitations, memberships


class MemberIndex(IndexPage):
    needs = Permission.STAFF_VIEW
    template_name = "accounts/member_list.html"
    title = __("Staff")
    filterset_class = MemberFilter
    columns = [
        Column("name", pgettext_lazy("person", "Name"), order="name"),
        Column("roles", __("Roles")),
        Column("joined", __("Member since"), order="joined", is_time=True),
        Column("acts", ""),
    ]
    orders = {
        "name": ("name", "pk"), "-name": ("-name", "-pk"), "joined": ("joined_at", "pk"),
        "-joined": ("-joined_at", "-pk"),
    }  # fmt: skip

    def rows(self):
        return selectors.members()

    def context(self):
        return super().context() | {"may_manage": self.actor.can(Permission.STAFF_MANAGE)}


class StaffAct(FormPage, abstract=True):
    """An act on a shop's people."""

    needs = Permission.STAFF_MANAGE
    template_name = "accounts/member_act.html"
    heading: str
    verb: str

    def context(self):
        return {
            "heading": self.heading, "verb": self.verb, "crumbs": [{"label": _("Staff"), "url": self.index_url}],
            "cancel_url": self.index_url, "roles_url": reverse("accounts:roles", args=[self.merchant.slug]),
        }  # fmt: skip

    @property
    def index_url(self) -> str:
        return reverse("accounts:staff", args=[self.merchant.slug])

    @property
    def address(self) -> str:
        return self.request.build_absolute_uri("/")


class MemberCreation(StaffAct):
    form_class = forms.NewMember
    heading, verb = __("Add a person"), __("Add")

    def act(self, form):
        member = memberships.invite(**form.cleaned_data, address=self.address, by=self.actor, now=self.now)
        # the same words whether the account is new or not: who has one elsewhere is nobody's business
        return self.index_url, _("%(email)s was added and gets an invitation by e-mail.") % {"email": member.user.email}


class MemberAct(StaffAct, abstract=True):
    """An act on one member."""

    def load(self, pk):
        self.member = selectors.member(pk)

    def context(self):
        return super().context() | {"member": self.member}

    def onward(self) -> str:
        """Who changed themselves may not see the staff any more."""
        return self.merchant_url if self.member.user == self.request.user else self.index_url

    @property
    def merchant_url(self) -> str:
        return reverse("shop", args=[self.merchant.slug])


class MemberRoles(MemberAct):
    form_class = forms.Roles
    heading, verb = __("Change roles"), __("Save roles")

    def initial(self):
        return {"roles": self.member.roles}

    def act(self, form):
        memberships.change_roles(
            membership=self.member, roles=form.cleaned_data["roles"], by=self.actor, now=self.now
        )  # fmt: skip
        return self.onward(), _("The roles of %(name)s were changed.") % {"name": self.member.user}


class MemberRemoval(MemberAct):
    form_class = forms.Confirmation
    heading, verb = __("Remove from this shop"), __("Remove")

    def context(self):
        return super().context() | {"is_final": True}

    def act(self, form):
        memberships.remove(membership=self.member, by=self.actor, now=self.now)
        return self.onward(), _("%(name)s no longer works here.") % {"name": self.member.user}

    @property
    def merchant_url(self) -> str:
        return reverse("home")  # for whoever removed themselves


class MemberInvitation(MemberAct):
    form_class = forms.Confirmation
    heading, verb = __("Send the invitation again"), __("Send")

    def load(self, pk):
        super().load(pk)
        if self.member.user.last_login:
            raise Http404  # who has been here needs no letter

    def act(self, form):
        invitations.send(membership=self.member, address=self.address)
        return self.index_url, _("%(name)s gets another invitation.") % {"name": self.member.user}


class RoleMap(Page):
    """The permission map, which is what the doorkeeper asks too."""

    needs = Permission.STAFF_VIEW
    template_name = "accounts/roles.html"

    def context(self):
        return {"roles": list(Role), "rows": selectors.role_map()}
