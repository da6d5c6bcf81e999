"""The filters of catalog's lists: one FilterSet serves the chips of the page and the API alike."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from catalog import selectors
from catalog.models import Listing, Product, Variant
from catalog.states import ListingStatus, ProductStatus
from merchants.marketplace import selectors as marketplace


class CategoryField(forms.ModelChoiceField):
    """The tree, each name behind as many dashes as it lies deep."""

    def label_from_instance(self, category):
        return f"{'— ' * (category.depth - 1)}{category}"


class CategoryFilter(filters.ModelChoiceFilter):
    field_class = CategoryField


class ProductFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Title, code or SKU"), method="search", max_length=200)
    status = filters.ChoiceFilter(label=_("Status"), choices=ProductStatus.choices)
    category = CategoryFilter(
        label=_("Category"),
        queryset=lambda request: marketplace.named_categories(),
        method="below",
        to_field_name="code",
    )
    on_sale = filters.ChoiceFilter(
        label=_("On sale"), choices=[("yes", _("Yes")), ("no", _("No"))], method="selling"
    )  # fmt: skip
    has_picture = filters.ChoiceFilter(
        label=_("Picture"), choices=[("yes", _("Yes")), ("no", _("No"))], method="pictured"
    )  # fmt: skip

    class Meta:
        model = Product
        fields: list[str] = []

    def search(self, rows, name, value):
        return rows.filter(pk__in=selectors.matching(value))

    def below(self, rows, name, category):
        return rows.filter(category__path__startswith=category.path)

    def selling(self, rows, name, value):
        live = Listing.objects.filter(status=ListingStatus.LIVE).values("variant__product")
        return rows.filter(pk__in=live) if value == "yes" else rows.exclude(pk__in=live)

    def pictured(self, rows, name, value):
        return rows.filter(picture__isnull=value == "no")


class VariantFilter(filters.FilterSet):
    sku = filters.CharFilter(label=_("SKU"), max_length=60)
    product = filters.UUIDFilter(label=_("Product"), field_name="product__public_id")

    class Meta:
        model = Variant
        fields: list[str] = []


class ListingFilter(filters.FilterSet):
    sku = filters.CharFilter(label=_("SKU"), field_name="variant__sku", max_length=60)
    channel = filters.CharFilter(label=_("Sales channel"), field_name="channel__code", max_length=40)
    status = filters.ChoiceFilter(label=_("Status"), choices=ListingStatus.choices)

    class Meta:
        model = Listing
        fields: list[str] = []
