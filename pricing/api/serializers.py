"""Prices as the API takes and says them."""

from rest_framework import serializers

from catalog.models import Variant
from config.kernel.api.fields import In, Moment, MoneyField, Named, Out
from merchants.marketplace import selectors as marketplace


class PriceIn(In):
    sku = Named(lambda merchant: Variant.objects.select_related("product"), by="sku", help_text="A variant's SKU.")
    channel = Named(lambda merchant: marketplace.channels(currency=merchant.currency), by="code")
    price = MoneyField(above_zero=True)


class PriceOut(Out):
    sku = serializers.CharField(source="variant.sku")
    variant = serializers.UUIDField(source="variant.public_id")
    channel = serializers.CharField(source="channel.code")
    price = MoneyField(source="amount")
    starts_at = Moment()
