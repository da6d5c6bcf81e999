"""What is going on in a sample shop right now: orders of this morning, a file with faulty lines, a job that failed."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from analytics.services.demo import cast
from analytics.services.demo.people import person
from analytics.services.demo.shops import SHOPS, Shop
from catalog.models import Listing
from catalog.states import ListingStatus
from config.kernel import scope
from config.kernel.actors import Actor
from config.kernel.money import Money
from fulfillment.models import DIRECT, Order
from fulfillment.services import placing
from fulfillment.services.drafts import PlacedLine, Placement
from fulfillment.states import PaymentKind
from inventory.models import StockLevel
from merchants.accounts.models import Merchant
from merchants.accounts.services.buyers import GivenBuyer
from merchants.desk.models import ImportRun, Job
from merchants.desk.services import file_imports, jobs, running
from merchants.desk.services.files import path_of
from merchants.desk.states import JobStatus

HOW_LONG_AGO = (400, 340, 275, 190, 120, 65, 25, 12)  # minutes
UNPAID = 2  # of the newest, which wait for their payment
PRODUCTS = "catalog.products"
HEADINGS = "SKU,Title,Category,Price,Sales channel"


def carry_on(merchants: Mapping[str, Merchant], *, now: datetime) -> None:
    """Place the morning's orders and leave two files in each shop that sells, where that was not done before."""
    owners = cast.owners()
    for shop in SHOPS:
        if shop.closed_for:
            continue
        merchant, by = merchants[shop.slug], owners[shop.slug]
        with scope.acting_for(merchant):
            if not Order.objects.filter(source=DIRECT).exists():
                _place(shop, by=by, now=now)
            if not ImportRun.objects.filter(merchant=merchant).exists():
                _send_files(shop, merchant, by=by, now=now)
    while running.work("bulk", clock=lambda: now):
        pass


def _place(shop: Shop, *, by: Actor, now: datetime) -> None:
    """Orders by telephone, with their stock: the newest are not paid yet, and it is set aside for a while only."""
    levels = StockLevel.objects.filter(on_hand__gt=6).order_by("-on_hand", "pk").values("variant")
    live = Listing.objects.filter(status=ListingStatus.LIVE, variant__in=levels, channel__code=shop.channels[0].code)
    found = list(live.select_related("variant", "channel").order_by("pk")[: 3 * len(HOW_LONG_AGO)])
    for place, minutes in enumerate(HOW_LONG_AGO[: len(found)]):
        chosen = found[place * 3 % len(found)]
        is_paid = place < len(HOW_LONG_AGO) - UNPAID
        wanted = Placement(
            channel=chosen.channel, lines=[PlacedLine(chosen.variant.sku, 1 + place % 2)],
            buyer=_buyer(shop, number=700 + place), freight=Money(shop.freight_minor, shop.currency),
            number=f"{shop.mark}{now.astimezone(shop.zone):%y%m%d}-T{place + 1:02}",
            paid_by=PaymentKind.CARD if is_paid else None,
        )  # fmt: skip
        placing.place(wanted, by=by, now=now - timedelta(minutes=minutes))


def _buyer(shop: Shop, *, number: int) -> GivenBuyer:
    known = person(number, country=shop.country)
    return GivenBuyer(
        f"T-{number}", known.name, known.phone, known.street, known.city, known.region, known.postcode, known.country
    )  # fmt: skip


@transaction.atomic
def _send_files(shop: Shop, merchant: Merchant, *, by: Actor, now: datetime) -> None:
    """A price list of which some lines are wrong, and one that was gone before it was read."""
    run = _received(shop, merchant, "autumn-prices.csv", by=by, now=now - timedelta(hours=5))
    file_imports.start(run=run, dry=False, by=by, now=now - timedelta(hours=5))
    lost = _received(shop, merchant, "old-prices.csv", by=by, now=now - timedelta(days=1))
    file_imports.start(run=lost, dry=False, by=by, now=now - timedelta(days=1))
    path_of(lost.file, merchant=merchant).unlink()
    job = Job.objects.filter(arguments__contains={"import": str(lost.public_id)}).locked().get()
    jobs.end(job, to=JobStatus.FAILED, by=cast.BY, now=now - timedelta(days=1), failure=_gone(shop))


def _gone(shop: Shop) -> str:
    """What a worker says of a file that is not there, in the shop's language."""
    with translation.override(shop.language):
        return gettext("The file is not here any more. Send it again.")


def _received(shop: Shop, merchant: Merchant, name: str, *, by: Actor, now: datetime) -> ImportRun:
    sent = SimpleUploadedFile(name, "\n".join([HEADINGS, *_lines(shop)]).encode())
    return file_imports.open_draft(
        kind=PRODUCTS, received=file_imports.receive(sent, merchant=merchant), by=by, now=now
    )  # fmt: skip


def _lines(shop: Shop) -> list[str]:
    """New prices of what is on sale, and three lines that cannot be taken."""
    live = Listing.objects.filter(status=ListingStatus.LIVE, channel__code=shop.channels[1].code)
    found = live.select_related("variant__product__category", "channel").order_by("pk")[:12]
    good = [
        f'{each.variant.sku},"{each.variant.product.title}",{each.variant.product.category.code},,{each.channel.code}'
        for each in found
    ]
    return [
        *good,
        f'{shop.mark}-NEW-1,"{shop.name}",no-such-category,19.90,{shop.channels[1].code}',
        f"{shop.mark}-NEW-2,,{found[0].variant.product.category.code},19.90,{shop.channels[1].code}",
        f'{shop.mark}-NEW-3,"{shop.name}",{found[0].variant.product.category.code},cheap,{shop.channels[1].code}',
    ]
