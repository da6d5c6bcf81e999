"""A file of products taken in, against django-import-export, which most Django projects take."""

from functools import cached_property

import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from import_export import fields, resources, widgets

from config.kernel import clock, scope
from config.kernel.actors import Actor, machine
from config.kernel.jobs import Run
from merchants.accounts.models import Merchant
from merchants.desk.models import ImportRun
from merchants.desk.services import file_imports, taking_in
from merchants.marketplace.models import Category, SalesChannel
from tests.benchmarks.goods import Good, goods

BY = machine("system")
TABLES = [
    "desk_importeffect", "desk_importfinding", "desk_rejectedline", "desk_importrun", "desk_importmapping", "desk_job",
    "desk_workitem", "pricing_price", "catalog_variant", "catalog_product", "activity_domainevent",
    "activity_eventdelivery", "benchmarks_good",
]  # fmt: skip


# ---------------------------------------------------------------- the peer: one flat table, nothing else is written
class GoodResource(resources.ModelResource):
    """As its documentation has it: rows are found by SKU, validated as a whole, skipped where nothing changed."""

    category = fields.Field("category", "category", widgets.ForeignKeyWidget(Category, "code"))
    channel = fields.Field("channel", "channel", widgets.ForeignKeyWidget(SalesChannel, "code"))

    class Meta:
        model = Good
        import_id_fields = ["sku"]
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        exclude = ["id"]


class Imports:
    measures = "imports: 100,000 lines of products with twelve columns, one in fifty of them wrong"
    peer = (
        "django-import-export into one flat table with full_clean and skip_unchanged; ours writes product, variant,"
        " price, three facts and what an undoing needs, behind the walls"
    )
    units, size, peer_size, goal = "lines", 100_000, 1_000, 50

    def prepare(self) -> None:
        if Good._meta.db_table in connections["owner"].introspection.table_names():
            return  # another benchmark of this run has made all of it
        with connections["owner"].schema_editor() as editor:
            editor.create_model(Good)
        with connections["owner"].cursor() as cursor:
            cursor.execute("GRANT ALL ON benchmarks_good TO zhanggui_app")
            cursor.execute("GRANT ALL ON SEQUENCE benchmarks_good_id_seq TO zhanggui_app")
        for number in range(20):
            Category.add_root(code=f"category-{number}", name=f"Category {number}")
        SalesChannel.objects.create(code="web", name="Web", currency="EUR")

    def clear(self, units: int) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY CASCADE")

    @cached_property
    def merchant(self) -> Merchant:
        values = {"name": "Acme", "currency": "EUR", "timezone": "UTC", "joined_at": clock.now()}
        return Merchant.objects.get_or_create(slug="acme", defaults=values)[0]

    def ours(self, units: int) -> None:
        self.take_in(units)

    def take_in(self, units: int) -> None:
        text = "\n".join(",".join(row) for row in goods(units))
        with scope.acting_for(self.merchant):
            sent = SimpleUploadedFile("goods.csv", text.encode())
            received = file_imports.receive(sent, merchant=self.merchant)
            run = file_imports.open_draft(kind="catalog.products", received=received, by=BY, now=clock.now())
            run = file_imports.start(run=run, dry=False, by=BY, now=clock.now())
            take_in(run)

    def theirs(self, units: int) -> None:
        heading, *rows = goods(units)
        result = GoodResource().import_data(tablib.Dataset(*rows, headers=heading), raise_errors=False)
        assert not result.has_errors(), result.base_errors

    def check(self, units: int) -> None:
        good = sum(1 for _row in goods(units)) - 1 - units // 50
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT (SELECT count(*) FROM catalog_variant), (SELECT count(*) FROM benchmarks_good)")
            assert good in cursor.fetchone()


def take_in(run: ImportRun) -> None:
    """The handler of the job, in the transactions of its steps."""
    work = Run(run.job.public_id, "", run.job.arguments, Actor("system"), run.merchant.zone, clock.now())
    steps = taking_in.take_in(work)
    is_over = False
    while not is_over:
        with transaction.atomic():
            is_over = next(steps, steps) is steps


BENCHMARK = Imports()
