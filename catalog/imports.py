"""The product file: what its columns are called, and how each is understood."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from catalog.forms import CODE, GTIN, TAKEN_BY_PAGES
from catalog.services import product_files
from catalog.states import ProductStatus
from config.kernel.forms import CountryField, MoneyField, NamedField, PlainText
from config.kernel.imports import Column, Kind
from merchants.accounts.permissions import Permission
from merchants.marketplace import selectors as marketplace


class ProductCodeField(PlainText):
    def clean(self, value):
        code = super().clean(value)
        if code.lower() in TAKEN_BY_PAGES:
            raise ValidationError(_("“%(code)s” is the address of a page. Choose another code."), params={"code": code})
        return code


def columns(*, merchant) -> list[Column]:
    """In the order of `product_files.ProductLine`. Without a merchant they have names only."""
    currency = merchant.currency if merchant else ""
    text = {"required": False}
    return [
        Column("code", ProductCodeField(label=_("Product code"), max_length=40, validators=[CODE], required=False),
               ("code", "product", "parent sku", "spu", "商品编码", "商品编号", "货号", "款号")),
        Column("sku", PlainText(label=_("SKU"), max_length=60, validators=[CODE]),
               ("seller sku", "variant sku", "item number", "商家编码", "sku编码", "规格编码")),
        Column("title", PlainText(label=_("Title"), max_length=200, **text),
               ("name", "product name", "item name", "标题", "商品标题", "商品名称", "品名")),
        Column("category", NamedField(label=_("Category"), things=_categories, **text),
               ("category code", "product category", "product type", "类目", "商品类目", "分类")),
        Column("specification", PlainText(label=_("Specification"), max_length=120, **text),
               ("variant", "option", "options", "size", "规格", "规格型号", "颜色尺码")),
        Column("barcode", PlainText(label=_("Barcode"), max_length=14, validators=[GTIN], **text),
               ("gtin", "ean", "upc", "条码", "条形码", "国际条码")),
        Column("model_number", PlainText(label=_("Model"), max_length=80, **text), ("mpn", "model number", "型号")),
        Column("origin", CountryField(label=_("Country of origin"), **text), ("origin", "made in", "产地", "原产国")),
        Column("description",
               PlainText(label=_("Description"), max_length=10_000, widget=forms.Textarea, **text),
               ("details", "body", "描述", "商品描述", "详情")),
        *(Column(key, _measure(label), also) for key, label, also in _MEASURES),
        Column("price", MoneyField(label=_("Price"), currency=currency, least=1, **text),
               ("sale price", "unit price", "售价", "价格", "单价", "销售价")),
        Column("channel", NamedField(label=_("Sales channel"), things=lambda: _channels(currency), **text),
               ("channel", "渠道", "销售渠道")),
        Column("status", NamedField(label=_("Status"), things=_statuses, **text), ("state", "状态", "商品状态")),
    ]  # fmt: skip


_MEASURES = [
    ("weight_g", __("Weight in g"), ("weight", "grams", "重量", "重量克")),
    ("length_mm", __("Length in mm"), ("length", "长", "长度")),
    ("width_mm", __("Width in mm"), ("width", "宽", "宽度")),
    ("height_mm", __("Height in mm"), ("height", "高", "高度")),
]


def _measure(label) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, validators=[MinValueValidator(1)], max_value=10_000_000)


def _categories():
    for category in marketplace.categories():
        yield category, category.code, {category.name, *(each.name for each in category.names.all())}


def _channels(currency: str):
    return [(channel, channel.code, {channel.name}) for channel in marketplace.channels(currency=currency)]


def _statuses():
    return [(status, status.value, {str(status.label)}) for status in ProductStatus]


PRODUCTS = Kind(
    key="catalog.products", label=__("Products"), needs=Permission.PRODUCTS_EDIT, columns=columns, identity=["sku"],
    take=product_files.take, undo=product_files.undo, group="code",
    shared=["title", "category", "model_number", "origin", "description", "status"],
)  # fmt: skip
