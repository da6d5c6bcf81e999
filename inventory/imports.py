"""The stock file: what its columns are called, and how each is understood."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.forms import PlainText
from config.kernel.imports import Column, Kind
from inventory.rules import MOST
from inventory.services import stock_files
from merchants.accounts.permissions import Permission


def columns(*, merchant) -> list[Column]:
    """In the order of `stock_files.StockLine`."""
    return [
        Column("sku", PlainText(label=_("SKU"), max_length=60), ("seller sku", "商家编码", "sku编码", "规格编码")),
        Column("counted", forms.IntegerField(label=_("Units on hand"), min_value=0, max_value=MOST),
               ("on hand", "quantity", "qty", "stock", "count", "库存", "库存数量", "在库数量", "盘点数量")),
    ]  # fmt: skip


STOCK = Kind(
    key="inventory.stock", label=__("Counted stock"), needs=Permission.STOCK_EDIT, columns=columns, identity=["sku"],
    take=stock_files.take, undo=stock_files.undo,
)  # fmt: skip
