"""Products, variants and listings as the API takes and says them."""

from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog.forms import CODE, GTIN, TAKEN_BY_PAGES
from catalog.models import Variant
from catalog.states import ListingStatus, ProductStatus
from config.kernel.api.fields import Country, In, Moment, MoneyField, Named, Out, Text, Whole
from merchants.marketplace import selectors as marketplace

HEAVIEST, LONGEST = 10_000_000, 1_000_000  # g, mm


def category() -> Named:
    return Named(lambda merchant: marketplace.categories(), by="code", lasting=True, help_text="A category's code.")


def channel() -> Named:
    offered = "The code of a channel in the shop's currency."
    rows = {"rows": lambda merchant: marketplace.channels(currency=merchant.currency), "by": "code"}
    return Named(**rows, lasting=True, help_text=offered)


def variant() -> Named:
    return Named(lambda merchant: Variant.objects.all(), by="sku", help_text="A variant's SKU.")


class VariantIn(In):
    """One form of a product; the SKU is unique in the shop and stays as it is."""

    sku = Text(max_length=60, validators=[CODE])
    specification = Text(max_length=120, required=False, allow_blank=True, help_text="What tells variants apart.")
    barcode = Text(max_length=14, required=False, allow_blank=True, validators=[GTIN])
    weight_g = Whole(min_value=1, max_value=HEAVIEST, required=False, allow_null=True)
    length_mm = Whole(min_value=1, max_value=LONGEST, required=False, allow_null=True)
    width_mm = Whole(min_value=1, max_value=LONGEST, required=False, allow_null=True)
    height_mm = Whole(min_value=1, max_value=LONGEST, required=False, allow_null=True)


class ProductDetailsIn(In):
    """The base fields; what is not sent stays as it is."""

    title = Text(max_length=200)
    category = category()
    model_number = Text(max_length=80, required=False, allow_blank=True)
    origin = Country(required=False, allow_blank=True, help_text="ISO 3166.")
    description = Text(max_length=10_000, required=False, allow_blank=True, lines=True)


class ProductIn(ProductDetailsIn):
    """A draft with its first variant and that one's price."""

    code = Text(max_length=40, validators=[CODE], help_text="Unique in the shop; it is part of the page's address.")
    variant = VariantIn()
    channel = channel()
    price = MoneyField(above_zero=True)

    def validate_code(self, code):
        if code.lower() in TAKEN_BY_PAGES:
            told = _("“%(code)s” is the address of a page. Choose another code.") % {"code": code}
            raise serializers.ValidationError(told, code="taken_by_pages")
        return code


class StatusIn(In):
    status = serializers.ChoiceField(ProductStatus.choices)


class ListingIn(In):
    sku = variant()
    channel = channel()


class ListingMoveIn(ListingIn):
    status = serializers.ChoiceField([(each, each.label) for each in (ListingStatus.PAUSED, ListingStatus.DELISTED)])


class VariantOut(Out):
    id = serializers.UUIDField(source="public_id")
    product = serializers.UUIDField(source="product.public_id")
    sku = serializers.CharField()
    specification = serializers.CharField()
    barcode = serializers.CharField()
    weight_g = serializers.IntegerField(allow_null=True)
    length_mm = serializers.IntegerField(allow_null=True)
    width_mm = serializers.IntegerField(allow_null=True)
    height_mm = serializers.IntegerField(allow_null=True)


class ProductOut(Out):
    id = serializers.UUIDField(source="public_id")
    code = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(ProductStatus.choices)
    category = serializers.CharField(source="category.code")
    model_number = serializers.CharField()
    origin = serializers.CharField()
    description = serializers.CharField()
    language = serializers.CharField()
    picture = serializers.CharField(source="picture_url", allow_null=True, help_text="An address on this host.")
    version = serializers.IntegerField(help_text="The ETag; it grows with every change.")
    created_at = Moment()
    updated_at = Moment()
    variants = VariantOut(many=True, source="shown_variants")


class DeletedProductOut(Out):
    id = serializers.UUIDField(source="product_id")
    code = serializers.CharField()
    deleted_at = Moment(source="occurred_at")


class ListingOut(Out):
    sku = serializers.CharField(source="variant.sku")
    variant = serializers.UUIDField(source="variant.public_id")
    channel = serializers.CharField(source="channel.code")
    status = serializers.ChoiceField(ListingStatus.choices)
    listed_at = Moment()
