"""Every model has its walls, or a reason to stand outside them; PostgreSQL itself is asked whether they stand."""

import pytest
from django.apps import apps
from django.db import connections, models
from django.test.utils import isolate_apps

from config.kernel.constraints import OwnRowsOnly, SameMerchant
from config.kernel.owned import Owned, OwnedManager
from config.kernel.roles import APP, BATCH, PLATFORM
from config.ownership import GLOBAL, TO_PLATFORM
from merchants.accounts.models import Merchant, MerchantOwned
from tests.architecture.source import APPS

MODELS = apps.get_models(include_auto_created=True)
OUR_LABELS = {app.rpartition(".")[2] for app in APPS}
pytestmark = pytest.mark.django_db(databases=["default", "owner"])

OWN = "(merchant_id = ( SELECT (current_setting('app.merchant'::text))::bigint AS current_setting))"
POLICIES = {
    ("own_rows", APP, "*", OWN, None),
    ("platform_reads", PLATFORM, "r", "true", None),
    ("platform_locks", PLATFORM, "w", "true", "false"),
    ("batch_writes", BATCH, "*", "true", None),
}
FORCED = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass"
STANDING_POLICIES = """
    SELECT polname::text, array_to_string(ARRAY(SELECT rolname FROM pg_roles WHERE oid = ANY(polroles)), ','),
        polcmd::text, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
    FROM pg_policy WHERE polrelid = %s::regclass AND polpermissive
"""
STANDING_WALLS = """
    SELECT conname::text, pg_get_constraintdef(oid), convalidated FROM pg_constraint
    WHERE contype = 'f' AND conrelid = %s::regclass
"""


def ask(sql, *params):
    with connections["owner"].cursor() as cursor:  # whose changes a test can see and take back
        cursor.execute(sql, params)
        return cursor.fetchall()


def unaccounted(known):
    """Models that are neither owned nor have a reason not to be, and reasons that nobody needs."""
    outside = {model._meta.label for model in known if not issubclass(model, Owned) and not model._meta.auto_created}
    return sorted(outside ^ GLOBAL.keys())


def without_policy(known):
    for model in known:
        if not issubclass(model, Owned):
            continue
        table, label = model._meta.db_table, model._meta.label
        if not any(isinstance(constraint, OwnRowsOnly) for constraint in model._meta.constraints):
            yield f"{label} has no OwnRowsOnly"
            continue
        if ask(FORCED, table) != [(True, True)]:
            yield f"{label} does not force row-level security"
        if set(ask(STANDING_POLICIES, table)) != POLICIES:
            yield f"{label} has other policies"


def pointers(model):
    """The keys of an owned row to an owned row, but for those to the platform."""
    for field in model._meta.concrete_fields:
        if field.is_relation and f"{model._meta.label}.{field.name}" not in TO_PLATFORM:
            if issubclass(field.remote_field.model, Owned):
                yield field


def walls(model):
    return {constraint.field for constraint in model._meta.constraints if isinstance(constraint, SameMerchant)}


def without_wall(known):
    for model in known:
        if not issubclass(model, Owned):
            continue
        table, label = model._meta.db_table, model._meta.label
        declared, pointing = walls(model), {field.name: field for field in pointers(model)}
        for name in sorted(pointing.keys() ^ declared):
            yield f"{label}.{name} " + ("has no SameMerchant" if name in pointing else "has a SameMerchant for nothing")
        for name in sorted(pointing.keys() & declared):
            field, parent = pointing[name], pointing[name].remote_field.model._meta.db_table
            standing = {name: (definition, valid) for name, definition, valid in ask(STANDING_WALLS, table)}
            wanted = (
                f"FOREIGN KEY (merchant_id, {field.column}) REFERENCES {parent}(merchant_id, id)"
                " DEFERRABLE INITIALLY DEFERRED"
            )
            wall = f"{label.lower().replace('.', '_')}_{name}_same_merchant"
            if standing.get(wall) != (wanted, True):
                yield f"{label}.{name} has no wall standing"
            if field.db_constraint:
                yield f"{label}.{name} has a plain key beside its wall"


def open_managers(known):
    """A second manager would see everybody's rows (row-level security would still answer)."""
    for model in known:
        if issubclass(model, Owned) and not all(isinstance(each, OwnedManager) for each in model._meta.managers):
            yield model._meta.label


def loose_keys(known):
    """Keys to another app's model that could cascade, or hand its model a way up."""
    for model in known:
        if model._meta.app_label not in OUR_LABELS:
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.remote_field.model._meta.app_label != model._meta.app_label:
                if field.remote_field.on_delete is not models.PROTECT or field.remote_field.related_name != "+":
                    yield f"{model._meta.label}.{field.name}"


def test_every_model_is_owned_or_has_a_reason_not_to_be():
    assert unaccounted(MODELS) == []


def test_every_owned_table_has_its_policies():
    assert list(without_policy(MODELS)) == []


def test_every_pointer_between_owned_rows_has_its_wall():
    assert list(without_wall(MODELS)) == []


def test_every_manager_of_owned_rows_is_scoped():
    assert list(open_managers(MODELS)) == []


def test_keys_to_other_apps_protect_and_point_one_way():
    assert list(loose_keys(MODELS)) == []


def test_keys_to_the_platform_are_keys_to_owned_rows():
    for key in TO_PLATFORM:
        label, _, name = key.rpartition(".")
        assert issubclass(apps.get_model(label)._meta.get_field(name).remote_field.model, Owned)


@isolate_apps("catalog")
def test_unaccounted_bites():
    class Stray(models.Model):
        class Meta:
            app_label = "catalog"

    assert unaccounted([*MODELS, Stray]) == ["catalog.Stray"]
    assert unaccounted([model for model in MODELS if model._meta.label != "accounts.User"]) == ["accounts.User"]


@isolate_apps("catalog")
def test_owned_models_bites():
    class Open(MerchantOwned):
        seen = models.Manager()
        product = models.ForeignKey(apps.get_model("catalog.Product"), models.CASCADE)

        class Meta:
            app_label = "catalog"
            constraints = []

    Open._meta.get_field("merchant").remote_field.model = Merchant  # a name is not found among isolated apps
    assert list(without_policy([Open])) == ["catalog.Open has no OwnRowsOnly"]
    assert list(without_wall([Open])) == ["catalog.Open.product has no SameMerchant"]
    assert list(open_managers([Open])) == ["catalog.Open"]


@isolate_apps("pricing")
def test_loose_keys_bites():
    class Loose(models.Model):
        product = models.ForeignKey(apps.get_model("catalog.Product"), models.CASCADE, related_name="+")
        variant = models.ForeignKey(apps.get_model("catalog.Variant"), models.PROTECT)
        channel = models.ForeignKey(apps.get_model("marketplace.SalesChannel"), models.PROTECT, related_name="+")

        class Meta:
            app_label = "pricing"

    assert list(loose_keys([Loose])) == ["pricing.Loose.product", "pricing.Loose.variant"]


@pytest.mark.parametrize(
    "fault",
    [
        "DROP POLICY platform_locks ON catalog_product",
        "CREATE POLICY hole ON catalog_product TO zhanggui_app USING (true)",
        "ALTER POLICY own_rows ON catalog_product USING (true)",
        "ALTER POLICY own_rows ON catalog_product TO PUBLIC",
        "ALTER POLICY platform_locks ON catalog_product WITH CHECK (true)",
        "ALTER POLICY batch_writes ON catalog_product TO zhanggui_app",
    ],
)
def test_a_changed_policy_is_found(owner, fault):
    owner(fault)
    assert list(without_policy(MODELS)) == ["catalog.Product has other policies"]


@pytest.mark.parametrize("fault", ["NO FORCE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY"])
def test_a_table_without_row_level_security_is_found(owner, fault):
    owner(f"ALTER TABLE catalog_product {fault}")
    assert list(without_policy(MODELS)) == ["catalog.Product does not force row-level security"]


@pytest.mark.parametrize(
    "fault",
    [
        "",
        "ADD CONSTRAINT {} FOREIGN KEY (product_id) REFERENCES catalog_product (id) DEFERRABLE INITIALLY DEFERRED",
        "ADD CONSTRAINT {} FOREIGN KEY (merchant_id, product_id) REFERENCES catalog_product (merchant_id, id)"
        " DEFERRABLE INITIALLY DEFERRED NOT VALID",
    ],
    ids=["gone", "plain", "never checked"],
)
def test_a_fallen_wall_is_found(owner, fault):
    wall = "catalog_variant_product_same_merchant"
    owner(f"ALTER TABLE catalog_variant DROP CONSTRAINT {wall}")
    if fault:
        owner(f"ALTER TABLE catalog_variant {fault.format(wall)}")
    assert list(without_wall(MODELS)) == ["catalog.Variant.product has no wall standing"]
