"""The buyer file: what its columns are called, and how each is understood."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.forms import CountryField, PlainText
from config.kernel.imports import Column, Kind
from merchants.accounts.permissions import Permission
from merchants.accounts.services import buyer_files

PHONE = RegexValidator(r"^[+]?[0-9 ()./-]{4,30}$", __("Write digits, such as +86 138 0013 8000."))


def columns(*, merchant) -> list[Column]:
    """In the order of `buyer_files.BuyerLine`."""
    return [
        Column("customer_number", PlainText(label=_("Customer number"), max_length=200),
               ("customer id", "customer no", "customer", "buyer id", "客户编号", "会员编号", "买家编号")),
        _personal("name", _("Name"), 120, "full name", "customer name", "姓名", "客户姓名", "收货人"),
        Column("phone", PlainText(label=_("Phone"), max_length=30, validators=[PHONE], required=False),
               ("telephone", "mobile", "phone number", "电话", "手机", "手机号", "联系电话"), is_personal=True),
        _personal("street", _("Street"), 200, "address", "street address", "地址", "详细地址", "街道"),
        _personal("city", _("City"), 120, "town", "城市", "市"),
        _personal("region", _("Region"), 60, "state", "province", "省", "省份", "地区"),
        _personal("postcode", _("Postcode"), 20, "zip", "zip code", "postal code", "邮编", "邮政编码"),
        Column("country", CountryField(label=_("Country"), required=False), ("country code", "国家", "国家代码")),
    ]  # fmt: skip


def _personal(key: str, label: str, most: int, *also: str) -> Column:
    return Column(key, PlainText(label=label, max_length=most, required=False), also, is_personal=True)


BUYERS = Kind(
    key="accounts.buyers", label=__("Buyers"), needs=Permission.BUYERS_EDIT, columns=columns,
    identity=["customer_number"], take=buyer_files.take, undo=buyer_files.undo,
)  # fmt: skip
