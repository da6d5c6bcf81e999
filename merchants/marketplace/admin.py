"""What the operator offers: superadmins add to it and rename."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.admin import Act, ReadOnlyAdmin, ReadOnlyInline
from merchants.accounts.permissions import Permission
from merchants.marketplace import forms
from merchants.marketplace.models import Category, CategoryName, PostcodeArea, SalesChannel
from merchants.marketplace.services import categories, channels


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


@admin.register(PostcodeArea)
class PostcodeAreaAdmin(ReadOnlyAdmin):
    needs = Permission.PLATFORM_VIEW
    title = __("Postcode areas")
    list_display = ["country", "prefix", "city", "region", "latitude", "longitude", "samples", "source"]
    list_filter = ["country"]
    search_fields = ["prefix__startswith"]
