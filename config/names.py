"""What the platform's desk calls tables and columns where a model gives no name: Django's name, which is the code's.

The names stand here to be found by `makemessages`; `translate` lets them be read in the language of whoever looks.
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

TABLES = [
    _("buyer"), _("category"), _("category name"), _("domain event"), _("duty"), _("event delivery"), _("import run"),
    _("job"), _("listing"), _("membership"), _("merchant"), _("order"), _("order group"), _("order line"), _("payment"),
    _("payment part"), _("postcode area"), _("price"), _("product"), _("product review"), _("sales channel"), _("seal"),
    _("shipment"), _("shop"), _("stock level"), _("stock movement"), _("variant"), _("work item"),
]  # fmt: skip
COLUMNS = [
    _("ID"), _("about"), _("actor"), _("alert below"), _("amount"), _("arguments"), _("asked on"), _("attempts"),
    _("batch"), _("buyer"), _("cadence seconds"), _("carrier"), _("channel"), _("checkpoint"), _("city"),
    _("closed at"), _("closed why"), _("code"), _("contents"), _("count"), _("country"), _("created at"), _("currency"),
    _("damaged"), _("deliver by on"), _("delivered at"), _("depth"), _("done"), _("done at"), _("due at"),
    _("ended at"), _("error"), _("errors"), _("expires at"), _("external id"), _("facts"), _("failure"), _("failures"),
    _("file"), _("fingerprint"), _("finished at"), _("first id"), _("freight"), _("gap"), _("gave up at"),
    _("given at"), _("group"), _("handed over at"), _("incoming"), _("instalments"), _("is low"), _("is open"),
    _("is paused"), _("items"), _("joined at"), _("key"), _("kind"), _("known since"), _("label"), _("language"),
    _("last finished at"), _("last id"), _("last milliseconds"), _("last outcome"), _("last started at"), _("latitude"),
    _("level"), _("lease"), _("lease until"), _("link"), _("listed at"), _("longitude"), _("made at"), _("merchant"),
    _("name"), _("next due at"), _("note"), _("number"), _("numchild"), _("occurred at"), _("on hand"),
    _("on hand after"), _("opened at"), _("order"), _("owner"), _("paid"), _("paid at"), _("params"), _("path"),
    _("payload"), _("payment"), _("phone"), _("placed at"), _("position"), _("postcode"), _("prefix"), _("previous"),
    _("product"), _("public id"), _("quantity"), _("queue"), _("reason"), _("recipient"), _("recorded at"), _("region"),
    _("report"), _("reserved"), _("result"), _("resumed at"), _("resumed done"), _("roles"), _("samples"), _("score"),
    _("sealed at"), _("sequence"), _("ship by at"), _("since"), _("sku"), _("source"), _("source status"),
    _("started at"), _("started by"), _("starts at"), _("status"), _("street"), _("subscriber"), _("tax"), _("text"),
    _("title is made up"), _("total"), _("transaction"), _("tries"), _("turn at"), _("unit price"), _("units"),
    _("until"), _("updated at"), _("user"), _("variant"), _("version"), _("warehouse"), _("waybill"),
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
