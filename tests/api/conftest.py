"""What the API's addresses are about: all of it is acme's."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.kernel import scope
from config.kernel.actors import machine
from config.kernel.money import Money
from fulfillment.services import orders, refunds
from fulfillment.states import OrderStatus, RefundReason
from merchants.desk.services import file_imports
from merchants.desk.services.jobs import folder_of
from merchants.desk.states import ImportStatus, JobStatus
from merchants.money.services import statements
from tests.api.routes import API, GOODS, QUERIES
from tests.factories.accounts import THEN
from tests.factories.catalog import make_product
from tests.factories.desk import make_file_import, make_job
from tests.factories.fulfillment import make_order
from tests.factories.inventory import BY, make_stock
from tests.factories.marketplace import usual_category, usual_channel
from tests.factories.money import make_sale, make_schedule
from tests.factories.placing import place_order

LATER = THEN + timedelta(days=40)


@pytest.fixture
def things(acme):
    """The public id of each, of a statement its number; two products have the SKUs LISTED and UNLISTED."""
    with scope.acting_for(acme):
        usual_category(), usual_channel()
        listed, unlisted = make_product(sku="LISTED"), make_product(sku="UNLISTED", listing=None)
        make_stock(variant=listed.variants.select_related("product").get())
        make_schedule()
        sale = make_sale()
        (number,) = statements.close(until=THEN.date().replace(day=1), by=machine("system"), now=LATER)
        folder = Path(settings.MEDIA_ROOT, folder_of(acme))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "export.csv").write_text("a,b\r\n")
        made = {
            "product": listed, "unlisted": unlisted, "variant": listed.variants.get(), "job": make_job(),
            "stopped": make_job(status=JobStatus.STOPPED),
            "import": make_file_import(), "import to undo": make_file_import(),
            "checked": make_file_import(status=ImportStatus.CHECKED, file=received(acme)),
            "done": make_job(status=JobStatus.COMPLETED, file="export.csv"),
            "paid": make_order(status=OrderStatus.PAID), "shipped": make_order(status=OrderStatus.SHIPPED),
            "placed": place_order(("LISTED", 1, 500), paid=False), "sold": place_order(("LISTED", 2, 1_990)),
        }  # fmt: skip
        made["partly sent"] = place_order(("LISTED", 2, 500))
        orders.ship(order=made["partly sent"], carrier="DHL", waybill="P", at=THEN, units={1: 1}, by=BY, now=THEN)
        made["refund"] = refunds.issue(
            order=made["sold"], amount=Money(100, "EUR"), reason=RefundReason.GOODWILL, key="1", by=BY, now=THEN
        )
    found = {name: str(row.public_id) for name, row in made.items()}
    return found | {"entry": str(sale.public_id), "statement": number}


def received(acme) -> str:
    """The name of a file that was sent by page."""
    return file_imports.receive(SimpleUploadedFile("goods.csv", GOODS), merchant=acme).file


def path_of(name: str, things: dict) -> str:
    """The address of a route below `/api/v1/`."""
    about, _ = API[name]
    return reverse(f"api:{name}", args=[things[about]] if about else []).removeprefix("/api/v1/")


@pytest.fixture
def call(things):
    """Ask for a route as somebody's system; each act has a key of its own and the ETag of what was made."""

    def ask(system, name: str, method: str):
        sent, _ = API[name][1][method]
        headers = {"Idempotency_Key": f"{name}:{method}"} if method != "GET" else {}
        if isinstance(sent, bytes):
            headers["Content_Type"] = "text/csv"
        if method == "PATCH":
            headers["If_Match"] = '"1"'
        return system.ask(method, path_of(name, things) + QUERIES.get((name, method), ""), sent, **headers)

    return ask
