"""How the facts of the catalog read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from catalog import events
from catalog.models import Product, Variant
from catalog.states import ListingStatus, ProductStatus
from config.kernel.sentences import Payload, Sentence, label, listed


def _changed(fact: Payload) -> str:
    return _("Changed: %(fields)s") % {"fields": _named(Product, fact)}


def _variant_changed(fact: Payload) -> str:
    return _("Variant %(sku)s changed: %(fields)s") % {"sku": fact["sku"], "fields": _named(Variant, fact)}


def _named(model, fact: Payload) -> str:
    names = {field.name: field.verbose_name for field in model._meta.concrete_fields}
    return listed(names.get(name, name) for name in fact["fields"])


def _moved(fact: Payload) -> str:
    names = {side: label(ProductStatus, fact[side]) for side in ("before", "after")}
    return _("Status changed from “%(before)s” to “%(after)s”") % names


def _listing_moved(fact: Payload) -> str:
    known = {"sku": fact["sku"], "channel": fact["channel"], "after": label(ListingStatus, fact["after"])}
    return _("%(sku)s on %(channel)s: %(after)s") % known


SENTENCES = {
    events.ProductCreated: Sentence(__("Product created"), "plus"),
    events.ProductChanged: Sentence(_changed, "pencil"),
    events.ProductMoved: Sentence(_moved, "refresh-cw"),
    events.ProductPictured: Sentence(__("Picture added"), "image"),
    events.VariantAdded: Sentence(__("Variant %(sku)s added"), "layers"),
    events.VariantChanged: Sentence(_variant_changed, "pencil"),
    events.VariantRemoved: Sentence(__("Variant %(sku)s removed: its import was undone"), "trash-2"),
    events.ProductRemoved: Sentence(__("Product %(code)s removed: its import was undone"), "trash-2"),
    events.ListingMoved: Sentence(_listing_moved, "tag"),
}
