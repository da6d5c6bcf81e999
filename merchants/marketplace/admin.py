"""What the operator offers: superadmins add to it and rename."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import Act, ReadOnlyAdmin, ReadOnlyInline
from merchants.accounts.permissions import Permission
from merchants.marketplace import forms, selectors
from merchants.marketplace.models import (
    Category,
    CategoryName,
    CommissionRule,
    CommissionSchedule,
    PostcodeArea,
    SalesChannel,
)
from merchants.marketplace.services import categories, channels, schedules


class AddCategory(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Add a category")
    form_class = forms.NewCategory

    def do(self, form):
        category = categories.add(**form.cleaned_data, by=self.actor, now=self.now)
        return _("The category “%(name)s” was added.") % {"name": category}


class RenameCategory(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Rename the category")
    form_class = forms.CategoryNames

    def initial(self):
        others = {f"name_{forms.slot(each.language)}": each.name for each in self.row.names.all()}
        return others | {f"name_{forms.slot(self.row.language)}": self.row.name, "is_open": self.row.is_open}

    def do(self, form):
        category = categories.rename(
            category=self.row, names=form.names, is_open=form.cleaned_data["is_open"], by=self.actor, now=self.now
        )  # fmt: skip
        return _("The category is called “%(name)s” now.") % {"name": category}


class CategoryNames(ReadOnlyInline):
    needs = Permission.PLATFORM_VIEW
    model = CategoryName
    verbose_name_plural = __("Names")
    hidden = ("id",)


@admin.register(Category)
class CategoryAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Categories")
    acts = {"new": AddCategory, "row-name": RenameCategory}
    ordering = ("path",)
    list_display = ["code", "name", "language", "depth", "is_open"]
    search_fields = ["code__startswith", "name__startswith"]
    inlines = [CategoryNames]


class AddChannel(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Add a sales channel")
    form_class = forms.NewChannel

    def do(self, form):
        channel = channels.add(**form.cleaned_data, by=self.actor, now=self.now)
        return _("The sales channel “%(name)s” was added.") % {"name": channel}


class RenameChannel(Act):
    needs = Permission.PLATFORM_MANAGE
    title = __("Rename the sales channel")
    form_class = forms.ChannelName

    def initial(self):
        return {"name": self.row.name, "is_open": self.row.is_open}

    def do(self, form):
        channel = channels.rename(channel=self.row, **form.cleaned_data, by=self.actor, now=self.now)
        return _("The sales channel is called “%(name)s” now.") % {"name": channel}


@admin.register(SalesChannel)
class SalesChannelAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Sales channels")
    acts = {"new": AddChannel, "row-name": RenameChannel}
    list_display = ["code", "name", "currency", "is_open"]
    search_fields = ["code__startswith"]


class AnnounceSchedule(Act):
    needs = Permission.PLATFORM_MONEY
    title = __("Announce a commission schedule")
    form_class = forms.NewSchedule

    def initial(self):
        """The rules of the latest version, to be changed."""
        return {"rules": "\n".join(map(forms.rule_line, selectors.latest_rules()))}

    def do(self, form):
        schedule = schedules.announce(**form.cleaned_data, by=self.actor, now=self.now)
        return _("The commission schedule “%(code)s” was announced.") % {"code": schedule}


class CommissionRules(ReadOnlyInline):
    needs = Permission.PLATFORM_VIEW
    model = CommissionRule
    verbose_name_plural = __("Rules")
    hidden = ("id",)


@admin.register(CommissionSchedule)
class CommissionScheduleAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Commission schedules")
    acts = {"new": AnnounceSchedule}
    ordering = ("-starts_at",)
    list_display = ["code", "starts_at", "ends_at", "announced_at"]
    inlines = [CommissionRules]


@admin.register(PostcodeArea)
class PostcodeAreaAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Postcode areas")
    list_display = ["country", "prefix", "city", "region", "latitude", "longitude", "samples", "source"]
    list_filter = ["country"]
    search_fields = ["prefix__startswith"]
