"""The price file: what its columns are called, and how each is understood."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.forms import MoneyField, NamedField, PlainText
from config.kernel.imports import Column, Kind
from merchants.accounts.permissions import Permission
from merchants.marketplace import selectors as marketplace
from pricing.services import price_files


def columns(*, merchant) -> list[Column]:
    """In the order of `price_files.PriceLine`. Without a merchant they have names only."""
    currency = merchant.currency if merchant else ""
    return [
        Column("sku", PlainText(label=_("SKU"), max_length=60), ("seller sku", "商家编码", "sku编码", "规格编码")),
        Column("channel", NamedField(label=_("Sales channel"), things=lambda: _channels(currency)),
               ("channel", "渠道", "销售渠道")),
        Column("price", MoneyField(label=_("Price"), currency=currency, least=1),
               ("new price", "sale price", "unit price", "售价", "价格", "新价格", "单价")),
    ]  # fmt: skip


def _channels(currency: str):
    return [(channel, channel.code, {channel.name}) for channel in marketplace.channels(currency=currency)]


PRICES = Kind(
    key="pricing.prices", label=__("Prices"), needs=Permission.PRICES_EDIT, columns=columns,
    identity=["sku", "channel"], take=price_files.take, undo=price_files.undo,
)  # fmt: skip
