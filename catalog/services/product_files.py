"""Products from a file: many lines judged at once, each a variant with what it says of its product, then written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import ports
from catalog.events import ProductChanged, ProductCreated, ProductMoved, VariantAdded, VariantChanged
from catalog.models import Listing, Product, Variant
from catalog.ports import NewPrice
from catalog.services import product_files_undone
from catalog.states import PRODUCT_FLOW, ListingStatus, ProductStatus
from config.kernel import bulk, events, ids
from config.kernel.actors import Actor
from config.kernel.imports import Collision, Effect, Outcome, Problem, Verdict
from config.kernel.money import Money
from merchants.marketplace.models import Category, SalesChannel

OF_PRODUCT = ["title", "category_id", "model_number", "origin", "description", "status"]
OF_VARIANT = ["specification", "barcode", "weight_g", "length_mm", "width_mm", "height_mm"]
NEW_PRODUCT = [
    "public_id", "code", "title_is_made_up", "language", "version", "created_at", "updated_at", "source", "external_id",
    *OF_PRODUCT,
]  # fmt: skip
NEW_VARIANT = ["product_id", "public_id", "sku", "position", "source", "external_id", *OF_VARIANT]
EMPTY = {"model_number": "", "origin": "", "description": "", "specification": "", "barcode": ""}
undo = product_files_undone.undo


class ProductLine(NamedTuple):
    """The values of one line, None for what is left as it is; `code` is the SKU where it is left out."""

    code: str | None
    sku: str
    title: str | None
    category: Category | None
    specification: str | None
    barcode: str | None
    model_number: str | None
    origin: str | None
    description: str | None
    weight_g: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    price: Money | None
    channel: SalesChannel | None
    status: ProductStatus | None


@dataclass(slots=True)
class Known:
    """A row as it stands, or one that a line brings (`pk` is None), with what the lines change in it."""

    pk: int | None
    public_id: object
    called: str
    stands: dict
    more: object = None  # a product's version, a variant's product
    changes: dict = field(default_factory=dict)
    was: dict = field(default_factory=dict)

    def change(self, wanted: dict) -> dict:
        """What is new in `wanted`, as it was before."""
        fresh = {name: value for name, value in wanted.items() if value is not None and value != self.stands.get(name)}
        before = {name: self.stands.get(name) for name in fresh}
        self.changes |= fresh
        self.was = before | self.was
        self.stands |= fresh
        return before


@dataclass
class Plan:
    """What a number of lines would do together."""

    products: dict[str, Known]
    variants: dict[str, Known]
    products_by_key: dict[int, Known]
    prices: dict[tuple[int, int], Money | None]
    on_sale: set[int]
    verdicts: list[Verdict] = field(default_factory=list)
    priced: list[tuple[Known, ProductLine]] = field(default_factory=list)


def take(rows: Sequence[tuple], *, dry: bool, by: Actor, now: datetime) -> list[Verdict]:
    """See `config.kernel.imports.Take`."""
    lines = [ProductLine(*row) for row in rows]
    plan = _stands(lines, is_locked=not dry, now=now)
    plan.verdicts = [_judge(plan, line) for line in lines]
    if not dry:
        _write(plan, by=by, now=now)
    return plan.verdicts


# ---------------------------------------------------------------- how things stand
def _stands(lines: list[ProductLine], *, is_locked: bool, now: datetime) -> Plan:
    variants = Variant.objects.filter(sku__in=[line.sku for line in lines])
    found = list(variants.values_list("pk", "public_id", "sku", "product_id", *OF_VARIANT))
    wanted = Q(code__in={line.code or line.sku for line in lines}) | Q(pk__in={row[3] for row in found})
    products = Product.objects.filter(wanted)
    if is_locked:  # products first, as everybody does
        products = products.locked()
    by_key = {
        pk: Known(pk, public_id, code, dict(zip(OF_PRODUCT, rest, strict=True)), version)
        for pk, public_id, code, version, *rest in products.values_list(
            "pk", "public_id", "code", "version", *OF_PRODUCT
        )
    }
    if is_locked:
        found = list(variants.locked().values_list("pk", "public_id", "sku", "product_id", *OF_VARIANT))
        if any(row[3] not in by_key for row in found):
            raise Collision
    by_sku = {
        sku: Known(pk, public_id, sku, dict(zip(OF_VARIANT, rest, strict=True)), by_key[product])
        for pk, public_id, sku, product, *rest in found
    }
    priced = [
        (by_sku[line.sku].pk, line.channel.pk) for line in lines if line.sku in by_sku and line.price and line.channel
    ]
    prices = dict(zip(priced, ports.standing_prices.ask(priced, now=now), strict=True)) if priced else {}
    leaving = [known.pk for known in by_key.values() if known.stands["status"] == ProductStatus.READY]
    is_moving = any(line.status and line.status != ProductStatus.READY for line in lines)
    live = Listing.objects.filter(variant__product__in=leaving, status=ListingStatus.LIVE) if is_moving else None
    on_sale = set(live.values_list("variant__product", flat=True)) if live is not None else set()
    return Plan({known.called: known for known in by_key.values()}, by_sku, by_key, prices, on_sale)


# ---------------------------------------------------------------- judging
def _judge(plan: Plan, line: ProductLine) -> Verdict:
    variant, code = plan.variants.get(line.sku), line.code or line.sku
    product = variant.more if variant else plan.products.get(code)
    if problems := _problems(plan, line, variant, product):
        return Verdict(Outcome.REJECTED, problems)
    is_new_product, is_new = product is None, variant is None
    if is_new_product:
        product = Known(None, ids.fresh(), code, {"status": ProductStatus.DRAFT, **EMPTY})
        plan.products[code] = product
    if is_new:
        variant = Known(None, ids.fresh(), line.sku, dict(EMPTY), product)
        plan.variants[line.sku] = variant
    before_product = product.change(_of_product(line))
    before_variant = variant.change({name: getattr(line, name) for name in OF_VARIANT})
    before_price = _price_before(plan, line, variant)
    if is_new:
        effect = Effect(line.sku, None, {"brought_product": is_new_product})
        return Verdict(Outcome.CREATED, effect=effect)
    if not (before_product or before_variant or before_price):
        return Verdict(Outcome.UNCHANGED)
    before = {"product": before_product, "variant": before_variant, **before_price}
    after = {
        "product": {name: product.stands[name] for name in before_product},
        "variant": {name: variant.stands[name] for name in before_variant},
        "price": line.price.minor if before_price else None,
    }
    return Verdict(Outcome.CHANGED, effect=Effect(line.sku, before, after))


def _of_product(line: ProductLine) -> dict:
    wanted = {name: getattr(line, name) for name in ("title", "model_number", "origin", "description", "status")}
    return wanted | {"category_id": line.category and line.category.pk}


def _problems(plan: Plan, line: ProductLine, variant: Known | None, product: Known | None) -> list[Problem]:
    problems = []
    if variant and line.code and product.called != line.code:
        told = _("This SKU belongs to the product “%(code)s”.") % {"code": product.called}
        problems.append(Problem("code", told))
    if product is None:
        if line.title is None:
            problems.append(Problem("title", _("A new product needs a title.")))
        if line.category is None:
            problems.append(Problem("category", _("A new product needs a category.")))
        if line.status == ProductStatus.ARCHIVED:
            problems.append(Problem("status", _("A new product cannot be archived.")))
    elif line.status and line.status != product.stands["status"]:
        problems += _against_moving(plan, product, line.status)
    if line.price and not line.channel:
        problems.append(Problem("channel", _("Say on which sales channel it has this price.")))
    return problems


def _against_moving(plan: Plan, product: Known, to: ProductStatus) -> list[Problem]:
    if not PRODUCT_FLOW.allows(product.stands["status"], to):
        before = ProductStatus(product.stands["status"]).label
        told = _("It is “%(before)s” and cannot become “%(after)s”.") % {"before": before, "after": to.label}
        return [Problem("status", told)]
    if product.pk in plan.on_sale:
        return [Problem("status", _("Take it off all channels first."))]
    return []


def _price_before(plan: Plan, line: ProductLine, variant: Known) -> dict:
    if not (line.price and line.channel):
        return {}
    stands = plan.prices.get((variant.pk, line.channel.pk))
    if stands == line.price:
        return {}
    plan.priced.append((variant, line))
    return {"price": stands.minor if stands else None, "channel": line.channel.pk}


# ---------------------------------------------------------------- writing
def _write(plan: Plan, *, by: Actor, now: datetime) -> None:
    products = [known for known in plan.products.values() if known.changes]
    variants = [known for known in plan.variants.values() if known.changes or known.pk is None]
    facts = [*_write_products(products, now=now), *_write_variants(variants)]
    if touched := {each.more.pk for each in variants} - {each.pk for each in products}:
        # a product is another version with its variants, to whoever reads along
        Product.objects.filter(pk__in=touched).update(version=F("version") + 1, updated_at=now)
    if facts:
        events.record_many(facts, by=by, now=now)
    if plan.priced:
        asked = [
            NewPrice(variant.pk, line.channel.pk, line.price, str(variant.more.public_id), variant.called)
            for variant, line in plan.priced
        ]
        ports.new_prices.ask(asked, by=by, now=now)


def _write_products(products: list[Known], *, now: datetime) -> Iterable:
    new, changed = [each for each in products if each.pk is None], [each for each in products if each.pk]
    if new:
        language = get_language() or "en"
        fixed = [False, language, 1, now, now, "", ""]
        rows = ([each.public_id, each.called, *fixed, *map(each.stands.get, OF_PRODUCT)] for each in new)
        _keys_of(new, bulk.load_new(Product, NEW_PRODUCT, rows, **_by("code"), returning=["code", "id"]))
    if changed:
        bulk.change(
            Product, ["id", *OF_PRODUCT, "version", "updated_at"],
            ([each.pk, *map(each.stands.get, OF_PRODUCT), each.more + 1, now] for each in changed),
        )  # fmt: skip
    for each in new:
        yield ProductCreated(product_id=str(each.public_id))
    for each in changed:
        fields = sorted(name.removesuffix("_id") for name in each.changes)
        yield ProductChanged(product_id=str(each.public_id), fields=fields)
        if "status" in each.changes:
            after = each.changes["status"]
            yield ProductMoved(product_id=str(each.public_id), before=each.was["status"], after=after)


def _write_variants(variants: list[Known]) -> Iterable:
    new, changed = [each for each in variants if each.pk is None], [each for each in variants if each.pk]
    if new:
        places = _places(new)
        rows = (
            [each.more.pk, each.public_id, each.called, next(places[each.more.pk]), "", "",
             *map(each.stands.get, OF_VARIANT)] for each in new
        )  # fmt: skip
        _keys_of(new, bulk.load_new(Variant, NEW_VARIANT, rows, **_by("sku"), returning=["sku", "id"]))
    if changed:
        bulk.change(
            Variant, ["id", *OF_VARIANT], ([each.pk, *map(each.stands.get, OF_VARIANT)] for each in changed)
        )  # fmt: skip
    for each in new:
        yield VariantAdded(product_id=str(each.more.public_id), sku=each.called)
    for each in changed:
        fields = sorted(each.changes)
        yield VariantChanged(product_id=str(each.more.public_id), sku=each.called, fields=fields)


def _by(name: str) -> dict:
    return {"unique_columns": ["merchant_id", name]}


def _keys_of(new: list[Known], written: list[tuple]) -> None:
    """Raises Collision where somebody else was faster."""
    if len(written) < len(new):
        raise Collision
    keys = dict(written)
    for each in new:
        each.pk = keys[each.called]


def _places(new: list[Known]) -> dict:
    products = {each.more.pk for each in new}
    known = Variant.objects.filter(product__in=products).values_list("product").annotate(Count("pk")).order_by()
    taken = dict(known)
    return {pk: iter(range(taken.get(pk, 0) + 1, 32_767)) for pk in products}
