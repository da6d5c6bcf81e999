"""What the platform's desk calls tables and columns where a model gives no name: Django's name, which is the code's.

The names stand here to be found by `makemessages`; `translate` lets them be read in the language of whoever looks.
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

TABLES = [
    _("buyer"), _("category"), _("category name"), _("commission rule"), _("commission schedule"), _("domain event"),
    _("duty"), _("event delivery"), _("hold"), _("hold release"), _("import run"), _("job"), _("ledger line"),
    _("ledger transaction"), _("listing"), _("membership"), _("merchant"), _("order"), _("order group"),
    _("order line"), _("payment"), _("payment part"), _("payout terms"), _("postcode area"), _("price"), _("product"),
    _("product review"), _("sales channel"), _("seal"), _("shipment"), _("shop"), _("statement"), _("stock level"),
    _("stock movement"), _("suspension"), _("variant"), _("work item"),
]  # fmt: skip
COLUMNS = [
    _("about"), _("account"), _("actor"), _("adjustments"), _("alert below"), _("amount"), _("announced at"),
    _("arguments"), _("asked on"), _("at"), _("attempts"), _("base"), _("batch"), _("buyer"), _("by"),
    _("cadence seconds"), _("carrier"), _("category"), _("channel"), _("charges"), _("checkpoint"), _("city"),
    _("closed at"), _("closed why"), _("closing"), _("code"), _("commission"), _("commission tax"), _("constants"),
    _("contents"), _("count"), _("country"), _("created at"), _("currency"), _("damaged"), _("deliver by on"),
    _("delivered at"), _("depth"), _("done"), _("done at"), _("due at"), _("ended at"), _("ended by"), _("ends at"),
    _("entries"), _("error"), _("errors"), _("expires at"), _("explanation"), _("external id"), _("facts"),
    _("failure"), _("failures"), _("file"), _("fingerprint"), _("finished at"), _("first id"), _("freight"), _("gap"),
    _("gave up at"), _("given at"), _("goods"), _("group"), _("handed over at"), _("held"), _("hold"), _("ID"),
    _("incoming"), _("instalments"), _("is low"), _("is open"), _("is paused"), _("item"), _("items"), _("job"),
    _("joined at"), _("key"), _("kind"), _("known since"), _("label"), _("language"), _("last finished at"),
    _("last id"), _("last milliseconds"), _("last outcome"), _("last started at"), _("latitude"), _("lease"),
    _("lease until"), _("least"), _("level"), _("link"), _("listed at"), _("longitude"), _("made at"), _("mapping"),
    _("merchant"), _("most"), _("name"), _("name key"), _("next due at"), _("note"), _("number"), _("numchild"),
    _("occurred at"), _("on hand"), _("on hand after"), _("opened at"), _("opening"), _("order"), _("order id"),
    _("owner"), _("paid"), _("paid at"), _("params"), _("path"), _("payload"), _("payment"), _("period on"),
    _("phone"), _("placed at"), _("placed by"), _("policy"), _("position"), _("postcode"), _("posted at"), _("prefix"),
    _("previous"), _("product"), _("public id"), _("quantity"), _("queue"), _("rate ppm"), _("reading"), _("reason"),
    _("recipient"), _("recorded at"), _("refunded"), _("refunds"), _("region"), _("repairs"), _("report"),
    _("reserved"), _("result"), _("resumed at"), _("resumed done"), _("returned"), _("roles"), _("sales"),
    _("samples"), _("schedule"), _("score"), _("sealed at"), _("sequence"), _("ship by at"), _("shipped"), _("since"),
    _("sku"), _("source"), _("source status"), _("started at"), _("started by"), _("starts at"), _("stated at"),
    _("status"), _("street"), _("subscriber"), _("tax"), _("tax ppm"), _("text"), _("title is made up"), _("total"),
    _("transaction"), _("tries"), _("turn at"), _("unit price"), _("unit price ppm"), _("units"), _("until"),
    _("updated at"), _("user"), _("variant"), _("version"), _("warehouse"), _("waybill"), _("zone"),
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
