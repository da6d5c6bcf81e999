import csv
import io

import pytest
from django.utils import translation

from catalog.models import Product, Variant
from catalog.services import products as product_services
from catalog.states import ProductStatus
from config.kernel import clock, scope
from config.kernel.actors import Actor
from config.kernel.flow import IllegalMove
from merchants.accounts.models import Buyer
from merchants.activity.models import DomainEvent
from merchants.desk import selectors
from merchants.desk.errors import ColumnsWrong, FileGone, NothingToRepair
from merchants.desk.models import ImportEffect, ImportMapping, ImportRun, RejectedLine, WorkItem
from merchants.desk.services import file_imports, running
from merchants.desk.states import ImportPolicy, ImportStatus
from pricing.models import Price
from tests.desk.files import sent
from tests.factories.catalog import make_product
from tests.factories.marketplace import make_category, usual_category, usual_channel

OLIVE = Actor("user:1")
GOODS = """SKU,Title,Category,Price,Channel
A-1,Kettle,{category},12.50,{channel}
A-2,Cup,{category},3.00,{channel}
A-3,Bowl,{category},4.20,{channel}
"""


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def goods(acting):
    return GOODS.format(category=usual_category().code, channel=usual_channel().code)


def work() -> None:
    with scope.acting_for_nobody():
        while running.work("bulk", clock=clock.now):
            pass


def draft(text, acme, *, now, kind="catalog.products", encoding="") -> ImportRun:
    upload = text if hasattr(text, "file") else sent(text)
    received = file_imports.receive(upload, merchant=acme, encoding=encoding)
    return file_imports.open_draft(kind=kind, received=received, by=OLIVE, now=now)


def run_through(run, *, now, dry=False) -> ImportRun:
    file_imports.start(run=run, dry=dry, by=OLIVE, now=now)
    work()
    run = ImportRun.objects.select_related("job", "merchant").get(pk=run.pk)
    assert run.job.failure == ""
    return run


def taken(text, acme, *, now, **more) -> ImportRun:
    return run_through(draft(text, acme, now=now, **more), now=now)


def counts(run: ImportRun) -> dict:
    return {name: number for name, number in run.report.items() if number and name != "read"}


def told(run: ImportRun) -> list[tuple[int, str, str]]:
    return [(each.line, each.field, each.message) for each in selectors.problems(run).order_by("line", "pk")]


def rejected_file(run: ImportRun) -> list[list[str]]:
    return list(selectors.rejected_table(run))


def as_csv(rows) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.mark.django_db
class TestProducts:
    def test_new_products_come_with_variant_price_and_facts(self, acme, goods, now):
        run = taken(goods, acme, now=now)
        assert (run.status, counts(run)) == (ImportStatus.COMPLETED, {"created": 3})
        kettle = Product.objects.get(code="A-1")
        assert (kettle.title, kettle.status, kettle.category) == ("Kettle", ProductStatus.DRAFT, usual_category())
        assert Price.objects.get(variant__sku="A-1").amount_minor == 1250
        names = DomainEvent.objects.filter(about=kettle.about).order_by("pk").values_list("name", flat=True)
        assert list(names) == ["catalog.product.created", "catalog.variant.added", "pricing.price.set"]

    def test_a_check_says_the_same_and_writes_nothing(self, acme, goods, now):
        run = draft(goods, acme, now=now)
        run = run_through(run, now=now, dry=True)
        assert (run.status, counts(run)) == (ImportStatus.CHECKED, {"created": 3})
        assert not Product.objects.exists() and not ImportEffect.objects.exists()
        run = run_through(run, now=now)
        assert (run.status, counts(run)) == (ImportStatus.COMPLETED, {"created": 3})

    def test_the_same_file_again_writes_nothing(self, acme, goods, now):
        taken(goods, acme, now=now)
        facts = DomainEvent.objects.filter(about__startswith="product:").count()
        versions = list(Product.objects.order_by("pk").values_list("pk", "version", "updated_at"))
        run = taken(goods, acme, now=now)
        assert counts(run) == {"unchanged": 3}
        assert list(Product.objects.order_by("pk").values_list("pk", "version", "updated_at")) == versions
        assert DomainEvent.objects.filter(about__startswith="product:").count() == facts
        assert not ImportEffect.objects.filter(run=run).exists()

    def test_an_empty_cell_leaves_things_as_they_are(self, acme, goods, now):
        taken(goods, acme, now=now)
        run = taken("SKU,Title,Model\nA-1,,K-7\nA-2,Mug,\n", acme, now=now)
        assert counts(run) == {"changed": 2}
        rows = Product.objects.order_by("code").values_list("title", "model_number", "version")
        assert list(rows) == [("Kettle", "K-7", 2), ("Mug", "", 2), ("Bowl", "", 1)]

    def test_several_lines_of_one_product_are_its_variants(self, acme, now, acting):
        text = f"Product code,SKU,Title,Category,Specification\nT,T-S,Shirt,{usual_category().code},S\nT,T-M,,,M\n"
        run = taken(text, acme, now=now)
        assert counts(run) == {"created": 2}
        rows = Variant.objects.order_by("position").values_list("product__code", "sku", "specification", "position")
        assert list(rows) == [("T", "T-S", "S", 1), ("T", "T-M", "M", 2)]

    def test_lines_of_one_product_must_agree(self, acme, now, acting):
        category = usual_category().code
        text = f"Product code,SKU,Title,Category\nT,T-S,Shirt,{category}\nT,T-M,Skirt,{category}\n"
        run = taken(text, acme, now=now)
        assert counts(run) == {"created": 1, "rejected": 1}
        assert told(run) == [
            (3, "Title", "Line 2 says something else for the same “T”. Make the two agree.")
        ]  # fmt: skip

    def test_every_fault_of_a_line_is_told_at_once_in_the_words_of_the_page(self, acme, now, acting):
        text = "SKU,Title,Category,Barcode,Weight in g,Price,Status\nA 1,Kettle,nowhere,12,-4,1.999,sold\n"
        run = taken(text, acme, now=now)
        assert counts(run) == {"rejected": 1}
        assert told(run) == [
            (2, "SKU", "Use letters, digits, dots, dashes and underscores only."),
            (2, "Category", "“nowhere” is not known here."),
            (2, "Barcode", "A barcode (GTIN) has 8, 12, 13 or 14 digits."),
            (2, "Weight in g", "Ensure this value is greater than or equal to 1."),
            (2, "Price", "Write a plain number with at most 2 decimals, such as 12.50."),
            (2, "Status", "“sold” is not known here."),
        ]

    def test_blank_and_repeated_keys_have_their_answers(self, acme, now, acting):
        category = usual_category().code
        text = f"SKU,Title,Category\n,Kettle,{category}\nA-1,Cup,{category}\nA-1,Bowl,{category}\n"
        run = taken(text, acme, now=now)
        assert counts(run) == {"created": 1, "rejected": 2}
        assert told(run) == [
            (2, "SKU", "This field is required."),
            (4, "SKU", "“A-1” stands in line 3 already. Keep one of the two."),
        ]

    def test_a_sku_of_another_product_is_refused(self, acme, now, acting):
        product = make_product(sku="A-1")
        run = taken("Product code,SKU\nother,A-1\n", acme, now=now)
        assert told(run) == [(2, "Product code", f"This SKU belongs to the product “{product.code}”.")]

    def test_a_code_goes_before_a_name_and_a_name_of_two_is_none(self, acme, now, acting):
        (
            make_category(code="tea", name="Tea"),
            make_category(code="tea-2", name="Tea"),
            make_category(code="c", name="C2"),
        )
        make_category(code="d", name="C2")
        run = taken("SKU,Title,Category\nA-1,Green,tea\nA-2,Black,c2\n", acme, now=now)
        assert counts(run) == {"created": 1, "rejected": 1}
        assert told(run) == [(3, "Category", "“c2” can mean several: write its code.")]

    def test_a_product_on_sale_keeps_its_status(self, acme, now, acting):
        make_product(sku="A-1")
        run = taken("SKU,Status\nA-1,Archived\n", acme, now=now)
        assert told(run) == [(2, "Status", "Take it off all channels first.")]

    def test_a_title_of_marks_and_turning_signs_is_refused(self, acme, now, acting):
        run = taken(f"SKU,Title,Category\nA-1,Ket\u202etle,{usual_category().code}\n", acme, now=now)
        assert told(run) == [(2, "Title", "Remove the invisible control characters.")]

    def test_another_merchants_sku_is_nobodys(self, acme, rival, goods, now):
        with scope.acting_for(rival):
            make_product(sku="A-1", title="Theirs")
        taken(goods, acme, now=now)
        with scope.acting_for(rival):
            assert Product.objects.get().title == "Theirs"


@pytest.mark.django_db
class TestColumns:
    def test_the_choice_is_remembered_for_the_same_headings(self, acme, now, acting):
        run = draft("Nummer,Was\nA-1,Kettle\n", acme, now=now)
        assert run.mapping == {}
        file_imports.choose_columns(
            run=run, mapping={"sku": 0, "title": 1}, constants={"category": usual_category().code},
            policy=ImportPolicy.REJECT_ROWS, by=OLIVE, now=now,
        )  # fmt: skip
        again = draft("nummer;was\nA-2;Cup\n", acme, now=now)
        assert (again.mapping, again.constants) == ({"sku": 0, "title": 1}, {"category": usual_category().code})
        assert ImportMapping.objects.count() == 1

    def test_chinese_headings_are_known(self, acme, now, acting):
        run = draft("商家编码,商品标题,类目,售价\nA-1,水壶,x,1\n", acme, now=now)
        assert run.mapping == {"sku": 0, "title": 1, "category": 2, "price": 3}

    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    def test_headings_are_known_whatever_language_the_sender_reads(self, acme, now, acting, language):
        with translation.override(language):
            english = draft("SKU,Title,Category,Price,Sales channel\nA-1,Kettle,x,1,y\n", acme, now=now)
            chinese = draft("规格编码,标题,类目,价格,销售渠道\nA-1,水壶,x,1,y\n", acme, now=now)
        expected = {"sku": 0, "title": 1, "category": 2, "price": 3, "channel": 4}
        assert (english.mapping, chinese.mapping) == (expected, expected)

    def test_two_columns_of_one_name_are_left_to_the_person(self, acme, now, acting):
        assert draft("SKU,Title,Title\nA-1,a,b\n", acme, now=now).mapping == {"sku": 0}

    def test_the_identity_must_be_somewhere(self, acme, now, acting):
        run = draft("Nummer,Was\nA-1,Kettle\n", acme, now=now)
        with pytest.raises(ColumnsWrong) as refusal:
            file_imports.choose_columns(
                run=run, mapping={"title": 1}, constants={}, policy=ImportPolicy.REJECT_ROWS, by=OLIVE, now=now
            )
        assert refusal.value.field == "sku"

    def test_a_constant_is_judged_as_a_cell_would_be(self, acme, now, acting):
        run = draft("SKU\nA-1\n", acme, now=now)
        with pytest.raises(ColumnsWrong) as refusal:
            file_imports.choose_columns(
                run=run, mapping={"sku": 0}, constants={"category": "nowhere"}, policy=ImportPolicy.REJECT_ROWS,
                by=OLIVE, now=now,
            )  # fmt: skip
        assert (refusal.value.field, refusal.value.message) == ("category-constant", "“nowhere” is not known here.")

    def test_nobody_changes_columns_while_the_file_is_read(self, acme, goods, now):
        run = draft(goods, acme, now=now)
        file_imports.start(run=run, dry=False, by=OLIVE, now=now)
        with pytest.raises(IllegalMove):
            file_imports.choose_columns(
                run=run, mapping={"sku": 0}, constants={}, policy=ImportPolicy.REJECT_ROWS, by=OLIVE, now=now
            )


@pytest.mark.django_db
class TestRepair:
    def bad(self) -> str:
        category = usual_category().code
        return f"SKU,Title,Category,Price\nA-1,=Kettle,{category},1\nA-2,,{category},2\nA-3,Bowl,nowhere,3\n"

    def test_rejected_lines_come_back_repaired(self, acme, now, acting):
        category = usual_category().code
        text = f"SKU,Title,Category,Note\nA-1,Kettle,{category},=1+1\nA-2,,{category},b\nA-3,Bowl,nowhere,-c\n"
        run = taken(text, acme, now=now)
        assert counts(run) == {"created": 1, "rejected": 2}
        assert WorkItem.objects.get(kind=file_imports.REJECTED).closed_at is None
        rows = rejected_file(run)
        assert rows == [
            ["SKU", "Title", "Category", "Note", selectors.LINE, selectors.WRONG],
            ["A-2", "", category, "b", "3", "Title: A new product needs a title."],
            ["A-3", "Bowl", "nowhere", "-c", "4", "Category: “nowhere” is not known here."],
        ]
        rows[1][1], rows[2][2] = "Cup", category
        received = file_imports.receive(sent(as_csv(rows)), merchant=acme)
        repair = file_imports.open_repair(repairs=run, received=received, by=OLIVE, now=now)
        work()
        repair.refresh_from_db()
        assert counts(repair) == {"created": 2}
        assert not selectors.lines_left(run).exists()
        assert WorkItem.objects.get(kind=file_imports.REJECTED).closed_at is not None
        assert list(Product.objects.order_by("code").values_list("title", flat=True)) == ["Kettle", "Cup", "Bowl"]

    def test_a_line_that_is_wrong_again_stays_with_the_first_file(self, acme, now, acting):
        category = usual_category().code
        run = taken(f"SKU,Title,Category\nA-1,,{category}\nA-2,,{category}\n", acme, now=now)
        rows = rejected_file(run)
        rows[1][1] = "Kettle"
        received = file_imports.receive(sent(as_csv(rows)), merchant=acme)
        repair = file_imports.open_repair(repairs=run, received=received, by=OLIVE, now=now)
        work()
        repair.refresh_from_db()
        assert counts(repair) == {"created": 1, "rejected": 1}
        assert [line.line for line in selectors.lines_left(run)] == [3]
        assert WorkItem.objects.get(kind=file_imports.REJECTED).closed_at is None
        rows = rejected_file(repair)
        assert rows[1][-2] == "3"
        rows[1][1] = "Cup"
        received = file_imports.receive(sent(as_csv(rows)), merchant=acme)
        last = file_imports.open_repair(repairs=repair, received=received, by=OLIVE, now=now)
        work()
        assert (last.repairs, selectors.lines_left(run).exists()) == (run, False)
        assert WorkItem.objects.get(kind=file_imports.REJECTED).closed_at is not None

    def test_a_file_that_was_only_checked_is_not_repaired(self, acme, now, acting):
        run = draft(f"SKU,Title,Category\nA-1,,{usual_category().code}\n", acme, now=now)
        run = run_through(run, now=now, dry=True)
        received = file_imports.receive(sent(as_csv(rejected_file(run))), merchant=acme)
        with pytest.raises(NothingToRepair):
            file_imports.open_repair(repairs=run, received=received, by=OLIVE, now=now)
        assert not Product.objects.exists()

    def test_a_column_that_got_lost_is_named(self, acme, now, acting):
        run = taken(f"SKU,Title,Category\nA-1,,{usual_category().code}\n", acme, now=now)
        received = file_imports.receive(sent("SKU,Title\nA-1,Kettle\n"), merchant=acme)
        with pytest.raises(ColumnsWrong) as refusal:
            file_imports.open_repair(repairs=run, received=received, by=OLIVE, now=now)
        assert "“Category” is missing" in refusal.value.message

    def test_a_file_that_is_taken_whole_or_not_at_all(self, acme, now, acting):
        category = usual_category().code
        run = draft(f"SKU,Title,Category\nA-1,Kettle,{category}\nA-2,,{category}\n", acme, now=now)
        file_imports.choose_columns(
            run=run, mapping=run.mapping, constants={}, policy=ImportPolicy.REJECT_FILE, by=OLIVE, now=now
        )
        run = run_through(run, now=now)
        assert (run.status, counts(run)) == (ImportStatus.REFUSED, {"created": 1, "rejected": 1})
        assert not Product.objects.exists()
        assert [line.line for line in selectors.lines_left(run)] == [3]


@pytest.mark.django_db
class TestUndo:
    def undone(self, run, now) -> ImportRun:
        file_imports.undo(run=run, by=OLIVE, now=now)
        work()
        return ImportRun.objects.get(pk=run.pk)

    def test_what_came_in_is_gone_and_what_changed_is_as_before(self, acme, now, acting):
        known = make_product(sku="A-1", code="A-1", title="Old", listing=None)
        category = usual_category().code
        run = taken(f"SKU,Title,Category\nA-1,New,\nA-2,Cup,{category}\n", acme, now=now)
        assert counts(run) == {"created": 1, "changed": 1}
        run = self.undone(run, now)
        assert (run.status, run.report["undone"], run.report["kept"]) == (ImportStatus.UNDONE, 2, 0)
        assert list(Product.objects.values_list("title", "version")) == [("Old", 3)]
        names = DomainEvent.objects.filter(name="catalog.product.removed").count()
        assert names == 1 and known.pk

    def test_what_others_changed_since_is_kept_and_says_why(self, acme, now, acting):
        make_product(sku="A-1", code="A-1", title="Old", listing=None)
        run = taken("SKU,Title\nA-1,New\n", acme, now=now)
        product = Product.objects.get(code="A-1")
        product_services.change(product=product, changes={"title": "Newest"}, version=2, by=OLIVE, now=now)
        run = self.undone(run, now)
        assert (run.report["undone"], run.report["kept"]) == (0, 1)
        assert ImportEffect.objects.get().kept_because == "It was changed again since."
        assert Product.objects.get().title == "Newest"

    def test_what_has_a_price_stays_archived(self, acme, goods, now):
        run = self.undone(taken(goods, acme, now=now), now)
        assert (run.report["undone"], run.report["kept"]) == (0, 3)
        assert set(Product.objects.values_list("status", flat=True)) == {ProductStatus.ARCHIVED}
        assert Price.objects.count() == 3

    def test_prices_are_as_before(self, acme, now, acting):
        make_product(sku="A-1", price=1000)
        channel = usual_channel().code
        run = taken(f"SKU,Channel,Price\nA-1,{channel},12\n", acme, now=now, kind="pricing.prices")
        assert counts(run) == {"changed": 1}
        run = self.undone(run, now.replace(hour=11))
        assert (run.report["undone"], run.report["kept"]) == (1, 0)
        assert list(Price.objects.order_by("pk").values_list("amount_minor", flat=True)) == [1000, 1200, 1000]


@pytest.mark.django_db
class TestPrices:
    def test_each_line_has_its_answer(self, acme, now, acting):
        make_product(sku="A-1", price=1000)
        make_product(sku="A-2", price=1000)
        channel = usual_channel().code
        text = f"SKU,Channel,Price\nA-1,{channel},10.00\nA-2,{channel},9.99\nA-3,{channel},1\nA-2,web2,1\nA-1,,2\n"
        run = taken(text, acme, now=now, kind="pricing.prices")
        assert counts(run) == {"unchanged": 1, "changed": 1, "rejected": 3}
        assert told(run) == [
            (4, "SKU", "There is no variant with this SKU. Bring the products in first."),
            (5, "Sales channel", "“web2” is not known here."),
            (6, "Sales channel", "This field is required."),
        ]


@pytest.mark.django_db
class TestBuyers:
    TEXT = "客户编号,姓名,手机,地址,城市,国家\n7,李雷,13800138000,长安街1号,北京,CN\n8,韩梅梅,not a phone,路,上海,CN\n"

    def test_buyers_are_kept_and_what_is_wrong_is_told_without_their_data(self, acme, now, acting):
        run = taken(self.TEXT, acme, now=now, kind="accounts.buyers")
        assert counts(run) == {"created": 1, "rejected": 1}
        buyer = Buyer.objects.get()
        assert (buyer.name, buyer.phone, buyer.street, buyer.city) == ("李雷", "13800138000", "长安街1号", "北京")
        (finding,) = selectors.problems(run)
        assert (finding.field, finding.old) == ("Phone", "••••••ne")
        assert "not a phone" in RejectedLine.objects.get().cells

    def test_a_buyer_found_by_number_is_changed_and_changed_back(self, acme, now, acting):
        taken(self.TEXT, acme, now=now, kind="accounts.buyers")
        run = taken("客户编号,手机\n7,13900139000\n", acme, now=now, kind="accounts.buyers")
        assert counts(run) == {"changed": 1}
        assert Buyer.objects.get().phone == "13900139000"
        file_imports.undo(run=run, by=OLIVE, now=now)
        work()
        assert Buyer.objects.get().phone == "13800138000"


@pytest.mark.django_db
def test_a_file_that_is_gone_is_asked_for_again(acme, goods, now):
    run = draft(goods, acme, now=now)
    file_imports.path_of(run.file, merchant=acme).unlink()
    with pytest.raises(FileGone):
        file_imports.start(run=run, dry=False, by=OLIVE, now=now)


@pytest.mark.django_db
def test_what_is_old_is_forgotten(acme, goods, now, django_capture_on_commit_callbacks):
    run = taken(goods, acme, now=now)
    left = draft(goods, acme, now=now)
    path = file_imports.path_of(left.file, merchant=acme)
    with django_capture_on_commit_callbacks(execute=True), scope.acting_for_nobody():
        assert file_imports.forget(now=now + file_imports.DRAFTS_KEPT) == 0
        assert file_imports.forget(now=clock.now() + 2 * file_imports.KEPT) == 2
    assert not path.exists() and not ImportEffect.objects.filter(run=run).exists()
