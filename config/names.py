"""What the platform's desk calls tables and columns where a model gives no name: Django's name, which is the code's.

The names stand here to be found by `makemessages`; `translate` lets them be read in the language of whoever looks.
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

TABLES = [
    _("buyer"), _("category"), _("category name"), _("domain event"), _("import run"), _("listing"), _("membership"),
    _("merchant"), _("order"), _("order group"), _("order line"), _("payment"), _("payment part"), _("postcode area"),
    _("price"), _("product"), _("product review"), _("sales channel"), _("shipment"), _("shop"), _("variant"),
]  # fmt: skip
COLUMNS = [
    _("ID"), _("about"), _("actor"), _("amount"), _("asked on"), _("batch"), _("buyer"),
    _("carrier"), _("channel"), _("city"), _("code"), _("country"), _("created at"), _("currency"), _("deliver by on"),
    _("delivered at"), _("depth"), _("external id"), _("failure"), _("finished at"), _("freight"), _("gap"),
    _("given at"), _("group"), _("handed over at"), _("instalments"), _("is open"), _("items"), _("joined at"),
    _("kind"), _("known since"), _("label"), _("latitude"), _("listed at"), _("longitude"), _("merchant"),
    _("number"), _("numchild"), _("occurred at"), _("opened at"), _("order"), _("paid"), _("paid at"),
    _("path"), _("payload"), _("payment"), _("phone"), _("placed at"), _("position"), _("postcode"), _("prefix"),
    _("product"), _("public id"), _("quantity"), _("recipient"), _("recorded at"), _("region"), _("report"), _("roles"),
    _("samples"), _("score"), _("sequence"), _("ship by at"), _("sku"), _("source"), _("source status"),
    _("started at"), _("started by"), _("starts at"), _("status"), _("street"), _("tax"), _("text"),
    _("title is made up"), _("total"), _("transaction"), _("unit price"), _("units"),
    _("updated at"), _("user"), _("variant"), _("version"), _("waybill"),
]  # fmt: skip


def translate(model: type[models.Model]) -> None:
    """Names that a model gives itself are translated already; migrations keep what the model says."""
    named = [model._meta, *model._meta.concrete_fields]
    for each in named:
        if not isinstance(each.verbose_name, Promise):
            each.verbose_name = gettext_lazy(each.verbose_name.removesuffix(" minor"))  # shown as the money it is
    for name, attribute in vars(model).items():
        if isinstance(attribute, property) and name in COLUMNS:
            attribute.fget.short_description = gettext_lazy(name)
